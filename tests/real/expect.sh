# shellcheck shell=bash disable=SC2154
# What the scripts of a real machine share; they set `work`, a scratch folder, before they read this.
. "$(dirname "${BASH_SOURCE[0]}")/../wait_for.sh"
failures=0
expect() { # expect WHAT COMMAND...
  what=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    echo "ok   $what"
  else
    failures=$((failures + 1))
    echo "FAIL $what"
    cat "$work/said"
  fi
}
code() { # code N COMMAND...: the command ends with N
  want=$1
  shift
  got=0
  "$@" || got=$?
  [ "$got" = "$want" ] || { echo "ended with $got, not $want"; return 1; }
}
need() { # need PROGRAM...: what this machine lacks is a skipped test, not a failed one
  for program in "$@"; do
    command -v "$program" >/dev/null || { echo "skipped: no $program here"; exit 77; }
  done
}
verdict() { [ "$failures" = 0 ] && echo "all held" || { echo "$failures failed"; exit 1; }; }
