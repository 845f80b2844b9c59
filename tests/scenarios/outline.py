"""Prints the JSON of standard input, all of it, in fewer lines: what holds no list of objects is one line, and
so is what stands in a list in a list."""
import json
import sys


def has_objects(value):
    if isinstance(value, dict):
        return any(has_objects(one) for one in value.values())
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def outline(value, name="", indent=0, lists=0):
    start = " " * indent + (json.dumps(name) + ": " if name else "")
    if lists == 2 or not has_objects(value):
        print(start + json.dumps(value, ensure_ascii=False))
        return
    is_list = isinstance(value, list)
    print(start + "{["[is_list])
    for key, one in [("", one) for one in value] if is_list else value.items():
        outline(one, key, indent + 2, lists + is_list)
    print(" " * indent + "}]"[is_list])


outline(json.load(sys.stdin))
