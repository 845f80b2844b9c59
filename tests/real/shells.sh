#!/bin/bash
# What real zsh, bash and fish make of profile files, and what gopol says of them: shells.sh GOPOL [FOLDER|FILE...].
# Each file NAME.session is a home: a first line `SHELL mac|linux`, then files behind `--- PATH` (programs behind
# `+++ PATH`, folders behind `/// PATH`). The shells run in a root of their own with those files, as login shells and
# as a terminal's. Where gopol gives a value, it must be theirs; what it calls unknown must be so from where it says.
# Ends with 0 only if nothing was wrong, with 77 if a program is missing or nobody may mount here.
set -eu
gopol=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")
[ "$#" -gt 0 ] || set -- "$here/../data/sessions"
[ -z "${GOPOL_TRUTH:-}" ] || [ ! -d "$GOPOL_TRUTH/sessions" ] || set -- "$GOPOL_TRUTH/sessions"
for program in zsh bash fish python3 unshare chroot; do
  command -v "$program" >/dev/null || { echo "skipped: no $program here"; exit 77; }
done
unshare -m true 2>/dev/null || { echo "skipped: nobody may mount here"; exit 77; }
scratch=$(mktemp -d)
trap 'rmdir "$scratch"' EXIT
unshare --mount --pid --fork --kill-child python3 "$here/shells.py" "$gopol" "$scratch" "$@"
