#!/usr/bin/env python3
"""Every header stands alone: headers.py SOURCE [--count]. Prints chains of headers of the project, one line a
file, headers parted by blanks; tests/headers.cmake compiles each such line as one unit.

What a header includes is visible to it anyway. So one unit holds a chain of headers, each of which is included, itself
or by way of others, by the next: nothing is visible to a header that it did not ask for, as if each were compiled
alone, and a chain costs what its last header costs."""
import pathlib
import re
import sys

FOLDERS = ("dsl", "engine", "providers", "cli", "tests")
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def headers_of(source):
    """The headers below FOLDERS: name to the names they include themselves."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((source / folder).rglob("*.h")):
            found[path.relative_to(source).as_posix()] = INCLUDE.findall(path.read_text(encoding="utf-8"))
    return {name: [one for one in included if one in found] for name, included in found.items()}


def closures_of(headers):
    """Each header's name to all that are visible with it, itself among them."""
    done = {}

    def closure(name, on_the_way):
        if name not in done:
            if name in on_the_way:
                sys.exit(f"{name} includes itself by way of {' '.join(on_the_way)}")
            done[name] = {name}.union(*(closure(one, on_the_way + [name]) for one in headers[name]))
        return done[name]

    for name in headers:
        closure(name, [])
    return done


def chains_of(closures):
    """Lists of headers, from the ground up: each is visible to the next, and no header is in two."""
    ends = []
    for name in sorted(closures, key=lambda one: (len(closures[one]), one)):
        below = [chain for chain in ends if chain[-1] in closures[name]]
        if below:
            max(below, key=lambda chain: len(closures[chain[-1]])).append(name)
        else:
            ends.append([name])
    return ends


def main():
    chains = chains_of(closures_of(headers_of(pathlib.Path(sys.argv[1]))))
    for chain in chains:
        print(" ".join(chain))
    if sys.argv[2:] == ["--count"]:
        print(len(chains), "units of", sum(map(len, chains)), "headers", file=sys.stderr)


main()
