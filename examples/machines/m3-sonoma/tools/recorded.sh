# What the tools of this recorded Mac share; not a tool itself. $GOPOL_ROOT is the machine's disk.
# A file in `faults` beside `tools` makes them fail as a real Mac fails: `no-network`, `no-password`, `no-rosetta`
# (Apple's servers are busy), `needed` (brew: another formula requires it).
machine=${GOPOL_ROOT%/*}
fails() { [ -e "$machine/faults/$1" ]; }
die() { # die STATUS LINE...
  status=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$status"
}
is_root() { [ "${RECORDED_USER:-}" = "#0" ]; }
# The program of another tool of this Mac, as the path of a real one names it.
start() {
  program=$machine/tools/${1##*/}
  [ -x "$program" ] || die 127 "$1: No such file or directory"
  shift
  exec "$program" "$@"
}
