# What the tools of a recorded Mac share; not a tool itself. Every recorded Mac has the same tools: what differs is
# said by machine.toml, the disk ($GOPOL_ROOT) and the files beside `tools`. A file in `faults` there makes them fail
# as a real Mac fails: `no-network`, `no-password`, `no-rosetta` (Apple's servers are busy), `needed` (brew: another
# formula requires it).
machine=${GOPOL_ROOT%/*}
# shellcheck disable=SC2034 # sudo and dscl read it
groups=$GOPOL_ROOT/private/var/db/dslocal/nodes/Default/groups
fails() { [ -e "$machine/faults/$1" ]; }
die() { # die STATUS LINE...
  status=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$status"
}
is_root() { [ "${RECORDED_USER:-}" = "#0" ]; }
says() { grep -q "^\"$1\" = $2" "$machine/machine.toml"; }
native_arch() { if says hw.optional.arm64 1; then echo arm64; else echo x86_64; fi; }
# What the tool runs as: what arch(1) was told, or what the program that started it is.
process_arch() {
  if [ -n "${RECORDED_ARCH:-}" ]; then
    echo "${RECORDED_ARCH#-}"
  elif says sysctl.proc_translated 1; then
    echo x86_64
  else
    native_arch
  fi
}
has_rosetta() { [ -e "$GOPOL_ROOT/Library/Apple/usr/libexec/oah/libRosettaRuntime" ]; }
macos_major() {
  sed -n '/<key>ProductVersion</{n;s/.*<string>\([0-9]*\).*/\1/p;}' \
    "$GOPOL_ROOT/System/Library/CoreServices/.SystemVersionPlatform.plist"
}
# The program of another tool of this Mac, as the path of a real one names it.
start() {
  program=$machine/tools/${1##*/}
  [ -x "$program" ] || die 127 "$1: No such file or directory"
  export RECORDED_PROGRAM="$1"
  shift
  exec "$program" "$@"
}
