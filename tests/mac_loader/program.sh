#!/bin/sh
# What runs is the Mac's program and nothing else: program.sh GOPOL MAC_GOPOL SOURCE.
set -eu
mac=$2 source=$3
loader=$(dirname "$mac")/mac_loader
program=$source/build-macos-x86_64/gopol
scratch=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "$*"; exit 1; }

# A copy whose main ends with 42: at its place in the file, from LC_MAIN, lies `mov $42, %eax; ret`.
entry=$(od -A n -v -t x1 -N 4096 "$program" | tr -d '\n ' | sed -n 's/.*280000801800000\(0\)\(................\).*/\2/p')
entry=$(echo "$entry" | sed 's/\(..\)\(..\)\(..\)\(..\).*/\4\3\2\1/')
[ -n "$entry" ] || fail "no LC_MAIN was found"
cp "$program" "$scratch/changed"
printf '\270\052\000\000\000\303' | dd of="$scratch/changed" bs=1 seek=$((0x$entry)) conv=notrunc status=none
status=0
"$loader" "$scratch/changed" version >/dev/null || status=$?
[ "$status" = 42 ] || fail "the changed text did not run: $status"

# An import that has no shim stops it, with its name.
LC_ALL=C sed 's/_sqlite3_errmsg/_sqlite3_errxyz/g' "$program" >"$scratch/unknown"
status=0
"$loader" "$scratch/unknown" version >"$scratch/said" 2>&1 || status=$?
[ "$status" = 70 ] && grep -q 'no shim: .*_sqlite3_errxyz' "$scratch/said" || fail "an unknown name did not stop it"

# Every name it may import, with the release of macOS that it came with: none after the oldest that we run on.
for name in gopol gopol-net gopol-git; do
  MAC_LOADER_IMPORTED=$scratch/imported "$loader" "$source/build-macos-x86_64/$name" version >/dev/null 2>&1 </dev/null || true
done
sort -u "$scratch/imported" | sed 's/\$.*//' | sort -u >"$scratch/names"
[ "$(wc -l <"$scratch/names")" -gt 300 ] || fail "hardly any import was found"
allowed() { # allowed OLDEST: the names that a system so old has
  awk -F '\t' -v oldest="$1" '!/^#/ { split($2, since, "."); split(oldest, have, ".")
    if (since[1] < have[1] || since[1] == have[1] && since[2] + 0 <= have[2] + 0) print $1 }' \
    "$source/tests/mac_loader/imports.tsv" | sort -u
}
allowed 13.0 >"$scratch/allowed"
newer=$(comm -23 "$scratch/names" "$scratch/allowed")
[ -z "$newer" ] || fail "not on macOS 13, or not in imports.tsv: $newer"
allowed 10.9 >"$scratch/allowed"
comm -23 "$scratch/names" "$scratch/allowed" | grep -qx _utimensat || fail "a name newer than the oldest system was not noticed"

# What the shims say of Darwin is what its headers say.
compiler=$source/out/macos/x86_64/bin/clang++
[ ! -x "$compiler" ] || "$compiler" -std=c++20 -I "$source" -c "$source/tests/mac_loader/darwin/check.cpp" \
  -o "$scratch/check.o"
