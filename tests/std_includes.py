#!/usr/bin/env python3
"""Every header includes what it names of the standard library, itself or by headers of this project: std_includes.py
SOURCE. `gopol_headers` compiles each alone with the library's headers compiled beforehand, which would hide that."""
import pathlib
import re
import sys

NAMES = {
    "algorithm": "sort stable_sort find find_if any_of all_of none_of lower_bound upper_bound equal_range min max clamp "
                 "transform unique remove_if copy_if count_if binary_search",
    "array": "array to_array",
    "atomic": "atomic atomic_flag",
    "charconv": "from_chars to_chars from_chars_result",
    "chrono": "chrono",
    "compare": "strong_ordering weak_ordering partial_ordering compare_three_way",
    "concepts": "same_as convertible_to derived_from integral invocable",
    "condition_variable": "condition_variable",
    "cstdint": "uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t uintptr_t intptr_t",
    "deque": "deque",
    "functional": "function less greater reference_wrapper ref cref plus",
    "future": "future promise async",
    "initializer_list": "initializer_list",
    "iterator": "back_inserter inserter istreambuf_iterator ostream_iterator",
    "limits": "numeric_limits",
    "list": "list",
    "map": "map multimap",
    "memory": "unique_ptr make_unique shared_ptr make_shared weak_ptr addressof",
    "mutex": "mutex lock_guard unique_lock scoped_lock once_flag call_once",
    "numeric": "accumulate iota",
    "optional": "optional nullopt nullopt_t make_optional",
    "ostream": "ostream",
    "set": "set multiset",
    "span": "span dynamic_extent",
    "string": "string to_string getline",
    "string_view": "string_view",
    "system_error": "errc error_code",
    "thread": "thread jthread",
    "tuple": "tuple tie make_tuple",
    "type_traits": "is_same_v enable_if_t decay_t remove_cvref_t is_base_of_v true_type false_type conditional_t",
    "unordered_map": "unordered_map unordered_multimap",
    "unordered_set": "unordered_set",
    "utility": "pair move forward swap exchange declval in_place index_sequence make_index_sequence",
    "variant": "variant visit monostate get_if holds_alternative variant_alternative_t",
    "vector": "vector",
}
# These headers are said to bring the names too, by the standard.
ALSO = {
    "ostream": {"iostream", "iosfwd", "sstream", "fstream"},
    "compare": {"string", "string_view", "vector", "optional", "variant", "utility", "map", "set"},
    "initializer_list": {"string", "vector", "map", "set", "utility"},
    "iterator": {"string", "vector", "map", "set", "array", "string_view", "span"},
    "utility": {"map", "tuple"},  # std::pair is what a map holds
}
HEADER_OF = {name: header for header, names in NAMES.items() for name in names.split()}


def code_of(text):
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r'"(?:\\.|[^"\\\n])*"', '""', re.sub(r"^#include.*$", "", text, flags=re.M))


def main():
    source = pathlib.Path(sys.argv[1])
    headers = sorted(p for top in ("dsl", "engine", "providers", "cli", "tests") for p in (source / top).rglob("*.h"))
    texts = {str(p.relative_to(source)): p.read_text() for p in headers}
    closures = {}

    def closure(name):
        """The standard headers that `name` brings."""
        if name not in closures:
            closures[name] = set()
            text = texts.get(name, "")
            closures[name] |= set(re.findall(r"^#include <([^>]+)>", text, re.M))
            for other in re.findall(r'^#include "([^"]+)"', text, re.M):
                closures[name] |= closure(other)
        return closures[name]

    misses = 0
    for name, text in texts.items():
        for used in sorted(set(re.findall(r"\bstd::(\w+)", code_of(text)))):
            header = HEADER_OF.get(used)
            if header and not ({header} | ALSO.get(header, set())) & closure(name):
                print(f"{name}: std::{used} without <{header}>")
                misses += 1
    if not texts:
        print(f"{source}: no headers")
    sys.exit(bool(misses or not texts))


main()
