"""Unpacks the Milvus server out of the wheel of the Python package "milvus": unpack_milvus.py WHEEL DIRECTORY."""
import lzma
import os
import shutil
import sys
import zipfile

DATA = "milvus/data/"


def unpack(wheel, directory):
    binaries = os.path.join(directory, "bin")
    os.makedirs(binaries, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(DATA + "bin/") and name.endswith(".lzma"):
                target = os.path.join(binaries, os.path.basename(name)[: -len(".lzma")])
                with archive.open(name) as packed, lzma.open(packed) as source, open(target, "wb") as sink:
                    shutil.copyfileobj(source, sink)
                os.chmod(target, 0o755)
        template = os.path.join(directory, "milvus.yaml.template")
        with archive.open(DATA + "config.yaml.template") as source, open(template, "wb") as sink:
            shutil.copyfileobj(source, sink)


if __name__ == "__main__":
    unpack(sys.argv[1], sys.argv[2])
