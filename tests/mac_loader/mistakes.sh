#!/bin/sh
# Each mistake is noticed by what the other tests compare: mistakes.sh GOPOL MAC_GOPOL SOURCE.
set -eu
here=$(dirname "$0")
"$here/compare.sh" "$1" "$2" "$3" m3-sonoma
for mistake in layout flag errno initialiser; do
  if MAC_LOADER_MISTAKE=$mistake "$here/compare.sh" "$1" "$2" "$3" m3-sonoma >/dev/null 2>&1; then
    echo "nobody noticed the mistake: $mistake"
    exit 1
  fi
done
