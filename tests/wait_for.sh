# shellcheck shell=sh
# The one place where a test waits: for an event, never for a time to have passed.
wait_for() { # wait_for WHAT COMMAND...: until COMMAND holds. What takes three minutes on no machine has not happened.
  awaited=$1 looks=0
  shift
  until "$@" >/dev/null 2>&1; do
    looks=$((looks + 1))
    [ "$looks" -lt 3600 ] || { echo "waited three minutes for $awaited"; return 1; }
    sleep 0.05
  done
}
