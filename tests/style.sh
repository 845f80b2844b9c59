#!/bin/sh
# The form of the code: clang-format, and ten checks of clang-tidy over each room of a configured build:
# style.sh SOURCE BUILD. Prints what is not as it should be; exit 1 if anything.
cd "$1" || exit 2
build=$2
jobs=$(getconf _NPROCESSORS_ONLN)
broken=$(
  # The grammar has columns of its own.
  git ls-files '*.h' '*.cpp' | grep -v '^dsl/syntax/grammar.h$' |
    xargs clang-format --dry-run 2>&1 | grep -E 'warning:|error:'
  find "$build" -path '*/Unity/*.cxx' ! -path '*tests*' -print0 |
    xargs -0 -P "$jobs" -n 1 clang-tidy --quiet -p "$build" --extra-arg=-Wno-shadow 2>/dev/null | grep -E '(warning|error):'
)
[ -z "$broken" ] && exit 0
printf '%s\n' "$broken"
exit 1
