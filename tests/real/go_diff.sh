#!/bin/bash
# What gopol says of Go against the Gos of this machine, in made-up situations: go_diff.sh GOPOL [OPTION...] GOROOT...
# (see go_diff/__main__.py). Without arguments behind GOPOL it takes those in /usr/lib. Only the loopback is asked.
set -eu
gopol=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")
. "$here/expect.sh"
need python3
[ $# != 0 ] || set -- /usr/lib/go-1.*
[ -x "${*: -1}/bin/go" ] || { echo "skipped: there is no Go" >&2; exit 77; }
cd "$here"
PYTHONDONTWRITEBYTECODE=1 exec python3 -m go_diff "$gopol" "$@"
