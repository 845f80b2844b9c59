#!/bin/sh
# Each mistake is noticed by what the other tests compare: mistakes.sh GOPOL MAC_GOPOL SOURCE.
set -eu
compared() { "$(dirname "$0")/compare.sh" "$@" m3-sonoma "change refuse"; }
compared "$1" "$2" "$3"
for mistake in layout flag errno initialiser; do
  if (export MAC_LOADER_MISTAKE="$mistake" && compared "$1" "$2" "$3") >/dev/null 2>&1; then
    echo "nobody noticed the mistake: $mistake"
    exit 1
  fi
done
