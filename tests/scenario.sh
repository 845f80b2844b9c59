#!/bin/sh
# One scenario, a shell session in a scratch folder: scenario.sh GOPOL SOURCE NAME. What SOURCE/tests/scenarios/NAME/run.sh
# prints is compared with expected.txt beside it; GOPOL_ACCEPT=1 rewrites that. Ends with 0 if they are the same, with 1
# and the difference if not, with 77 if run.sh ended so: this machine lacks a program that it needs.
set -eu
[ $# = 3 ] || { echo "usage: $0 GOPOL SOURCE NAME" >&2; exit 64; }
absolute() { (cd "$(dirname "$1")" && printf '%s/%s\n' "$(pwd)" "$(basename "$1")"); }
gopol=$(absolute "$1")
source=$(cd "$2" && pwd)
script=$source/tests/scenarios/$3/run.sh
expected=$source/tests/scenarios/$3/expected.txt
[ -e "$script" ] || { echo "$0: there is no $script" >&2; exit 64; }

base=/tmp
case ${TMPDIR:-} in /*) base=${TMPDIR%/} ;; esac
scratch=$(mktemp -d "$base/gopol-XXXXXX") # as long as the name of gopol's own scratch folders: it is in what is aligned
finish() {
  chmod -R u+w "$scratch" 2>/dev/null || true
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM
mkdir "$scratch/home" "$scratch/work"
# A program for a Mac, run on Linux (tests/mac_loader) as on the machine that GOPOL_OF_A_MAC names, has its folders
# elsewhere: they are those of Linux by other names, in every home that the session has.
if [ -n "${GOPOL_OF_A_MAC:-}" ]; then
  sed -e "s|SCRATCH|$scratch|g; s|PROGRAM|$gopol|g" "$source/tests/mac_loader/at_home.sh" >"$scratch/gopol"
  chmod +x "$scratch/gopol"
  gopol=$scratch/gopol
  HOME=$scratch/home "$gopol" version >/dev/null
fi

literally() { printf '%s\n' "$1" | sed 's/[][\.*^$|]/\\&/g'; } # of a path, in a pattern of sed
# Paths have names; what guards a plan differs from kernel to kernel, and tests/engine tries what it says.
normalised() {
  LC_ALL=C sed -e "s|$(literally "$scratch")|SCRATCH|g" -e "s|$(literally "$source")|SOURCE|g" \
    -e 's/ [0-9][0-9]* s ago/ N s ago/g' -e 's/planned without the right to write.*/planned GUARDED/' -e 's/planned without a guard.*/planned GUARDED/' |
    if [ -z "${GOPOL_OF_A_MAC:-}" ]; then cat; else as_on_linux; fi
}
as_on_linux() {
  home='\(SCRATCH/home\|SCRATCH/work/[a-z]*\)'
  LC_ALL=C sed -e "s,$home/Library/Application Support/gopol/state,\\1/.local/state/gopol,g" \
    -e "s,$home/Library/Application Support/go,\\1/.config/go,g" -e "s,$home/Library/Caches/gopol,\\1/.cache/gopol,g"
}
# A quiet environment: no configuration, state or language of whoever runs the tests.
{
  status=0
  (cd "$scratch/work" && exec env -i PATH="$PATH" HOME="$scratch/home" LANG=C.UTF-8 GOPOL="$gopol" SOURCE="$source" \
    ${GOPOL_OF_A_MAC:+MAC_LOADER_MACHINE="$GOPOL_OF_A_MAC"} ${MAC_LOADER_CALLED:+MAC_LOADER_CALLED="$MAC_LOADER_CALLED"} \
    sh "$script" </dev/null 2>&1) || status=$?
  echo "$status" >"$scratch/status"
} | normalised >"$scratch/said"

if [ "$(cat "$scratch/status")" = 77 ]; then
  tail -n 1 "$scratch/said"
  exit 77
fi
before=$expected
[ -e "$expected" ] || before=/dev/null
cmp -s "$before" "$scratch/said" && exit 0
if [ -z "${GOPOL_ACCEPT+set}" ]; then
  diff -u "$before" "$scratch/said" || true
  exit 1
fi
rm -f "$expected"
[ ! -s "$scratch/said" ] || cp "$scratch/said" "$expected"
