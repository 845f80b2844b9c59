#!/bin/bash
# The tests of Go's tables with rows that nobody has seen, made from the Gos of this machine: go_truth.sh GOPOL_TESTS
# [OPTION...] GOROOT... (see go_truth.py). Nothing is asked of the network.
set -eu
tests=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")
. "$here/expect.sh"
need python3
[ -d "${*: -1}/src/internal/gover" ] || { echo "skipped: no source of Go"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PYTHONDONTWRITEBYTECODE=1 "$here/go_truth.py" "$work" "$@"
GOPOL_TRUTH=$work "$tests" "[go-table]"
