#!/bin/sh
# Every name that a Mac's programs import has been called by a session: called.sh PROGRAMS SOURCE ARCH CALLED COUNT. CALLED:
# the folder with what each of COUNT tests noted. Those with a third column in imports.tsv need not be: it says why. Ends
# with 77 if not all tests ran.
set -eu
loader=$1/mac_loader source=$2 arch=$3 called=$4 count=$5
[ "$(find "$called" -type f | wc -l)" -ge "$count" ] || { echo "skipped: not all tests ran"; exit 77; }
scratch=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
for name in gopol gopol-net gopol-git; do
  MAC_LOADER_IMPORTED=$scratch/imported "$loader" "$source/build-macos-$arch/$name" version >/dev/null 2>&1 </dev/null || true
done
plain() { sed 's/\$.*//' | sort -u; }
plain <"$scratch/imported" >"$scratch/names"
cat "$called"/* | plain | comm -23 "$scratch/names" - >"$scratch/uncalled"
awk -F '\t' '!/^#/ && NF > 2 { print $1 }' "$source/tests/mac_loader/imports.tsv" | sort -u >"$scratch/may"
missing=$(comm -23 "$scratch/uncalled" "$scratch/may")
echo "$(wc -l <"$scratch/names") names, of which no test called $(wc -l <"$scratch/uncalled")"
[ -z "$missing" ] || { echo "no test called, and imports.tsv does not say why:"; echo "$missing"; exit 1; }
