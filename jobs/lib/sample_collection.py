"""The quickstart's sample collection in a running Milvus.

sample_collection.py --port PORT create NAME          create it, insert rows, delete some
sample_collection.py --port PORT save NAME FILE       write what it contains to a file
sample_collection.py --port PORT drop NAME
sample_collection.py --port PORT compare NAME FILE    exit 1 unless it contains what the file says
"""
import argparse
import json
import random
import sys

from pymilvus import Collection, CollectionSchema, DataType, FieldSchema, connections, utility

ROWS = 2000
DELETED = list(range(0, ROWS, 20))
DIMENSION = 16


def create(name):
    fields = [
        FieldSchema("id", DataType.INT64, is_primary=True),
        FieldSchema("title", DataType.VARCHAR, max_length=128),
        FieldSchema("price", DataType.DOUBLE),
        FieldSchema("details", DataType.JSON),
        FieldSchema("embedding", DataType.FLOAT_VECTOR, dim=DIMENSION),
    ]
    schema = CollectionSchema(fields, description="a sample", enable_dynamic_field=True)
    collection = Collection(name, schema, num_shards=2)
    collection.create_index("embedding", {"index_type": "HNSW", "metric_type": "L2",
                                          "params": {"M": 8, "efConstruction": 64}})
    numbers = random.Random(1)
    half = ROWS // 2
    for start in (0, half):
        collection.insert([row(number, numbers) for number in range(start, start + half)])
        collection.flush()
    collection.delete("id in %s" % DELETED)
    collection.flush()
    print("  inserted %d rows into '%s', deleted %d of them" % (ROWS, name, len(DELETED)))


def row(number, numbers):
    return {
        "id": number,
        "title": "article %d" % number,
        "price": number / 4,
        "details": {"stock": number % 7, "tags": ["t%d" % (number % 3)]},
        "embedding": [numbers.random() for _ in range(DIMENSION)],
        "color": "red" if number % 2 else "blue",
    }


def content(name):
    collection = Collection(name)
    collection.load()
    count = collection.query("", output_fields=["count(*)"], consistency_level="Strong")[0]["count(*)"]
    rows = collection.query("id >= 0", consistency_level="Strong",
                            output_fields=["id", "title", "price", "details", "color", "embedding"])
    collection.release()
    by_id = {str(entity["id"]): {field: plain(value) for field, value in entity.items()} for entity in rows}
    return {"count": count, "rows": by_id}


def plain(value):
    if isinstance(value, (list, tuple)) or type(value).__name__ == "RepeatedScalarContainer":
        return [float(element) for element in value]
    return value


def save(name, path):
    found = content(name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(found, file)
    print("  count(*) of '%s' is %d" % (name, found["count"]))


def compare(name, path):
    with open(path, encoding="utf-8") as file:
        expected = json.load(file)
    # the same way through JSON, so that equal values look equal
    found = json.loads(json.dumps(content(name)))
    differing = [key for key in expected["rows"].keys() | found["rows"].keys()
                 if expected["rows"].get(key) != found["rows"].get(key)]
    print("  count(*) of '%s': %d before, %d now; rows with a different value: %d of %d"
          % (name, expected["count"], found["count"], len(differing), len(expected["rows"])))
    for key in sorted(differing)[:3]:
        print("    row %s: %s before, %s now" % (key, expected["rows"].get(key), found["rows"].get(key)))
    if differing or expected["count"] != found["count"] or expected["count"] != ROWS - len(DELETED):
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", required=True)
    parser.add_argument("verb", choices=["create", "save", "drop", "compare"])
    parser.add_argument("name")
    parser.add_argument("file", nargs="?")
    arguments = parser.parse_args()
    connections.connect("default", host="127.0.0.1", port=arguments.port)
    if arguments.verb == "create":
        create(arguments.name)
    elif arguments.verb == "drop":
        utility.drop_collection(arguments.name)
        print("  dropped '%s'" % arguments.name)
    elif arguments.verb == "save":
        save(arguments.name, arguments.file)
    else:
        compare(arguments.name, arguments.file)


if __name__ == "__main__":
    main()
