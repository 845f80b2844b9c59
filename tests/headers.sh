#!/bin/sh
# Every header stands alone: each is compiled as the only one, so that a unit of many files hides no missing
# include. headers.sh SOURCE [COMPILER]. Prints the first error of each that does not; exit 1 if any.
cd "$1" || exit 2
compiler=${2:-c++}
jobs=$(getconf _NPROCESSORS_ONLN)
alone() { # what the build defines may be anything here
  printf '%s\n' '#define GOPOL_VERSION ""' '#define GOPOL_SOURCE_DIR ""' "#include \"$1\"" |
    "$compiler" -std=c++20 -fsyntax-only -I. -x c++ - 2>&1 | grep -m1 'error:' | sed "s|^|$1: |"
}
if [ -n "${3:-}" ]; then
  alone "$3"
  exit 0
fi
broken=$(git ls-files 'dsl/*.h' 'engine/*.h' 'providers/*.h' 'cli/*.h' 'tests/*.h' |
  xargs -P "$jobs" -n 1 "$0" . "$compiler")
[ -z "$broken" ] && exit 0
printf '%s\n' "$broken"
exit 1
