#!/bin/sh
# What the policies of a repository are checked for before anything merges: one format, no mistakes, tests that pass.
# check.sh [POLICY...]; none: all that git knows here. $GOPOL_FORMAT: how mistakes are printed, `github` for annotations.
set -eu
if [ $# -eq 0 ]; then
  list=$(git ls-files '*.policy')
  [ -n "$list" ] || { echo "check.sh: no policy here" >&2; exit 64; }
  IFS='
'
  set -f
  # shellcheck disable=SC2086 # one a line
  set -- $list
fi
gopol=${GOPOL:-gopol}
code=0
"$gopol" fmt --check -- "$@" || code=$?
"$gopol" check --format "${GOPOL_FORMAT:-text}" -- "$@" || code=$?
"$gopol" test -- "$@" || code=$?
exit "$code"
