#!/bin/sh
# What runs is the Mac's program and nothing else: program.sh PROGRAMS SOURCE ARCH. PROGRAMS: where mac_loader is.
set -eu
loader=$1/mac_loader source=$2 arch=$3
program=$source/build-macos-$arch/gopol
scratch=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "$*"; exit 1; }

# A copy whose main ends with 42: at its place in the file, from LC_MAIN, lies `mov $42, %eax; ret`.
entry=$(od -A n -v -t x1 -N 4096 "$program" | tr -d '\n ' | sed -n 's/.*280000801800000\(0\)\(................\).*/\2/p')
entry=$(echo "$entry" | sed 's/\(..\)\(..\)\(..\)\(..\).*/\4\3\2\1/')
[ -n "$entry" ] || fail "no LC_MAIN was found"
cp "$program" "$scratch/changed"
case $arch in
  x86_64) printf '\270\052\000\000\000\303' ;;
  arm64) printf '\100\005\200\122\300\003\137\326' ;; # mov w0, #42; ret
esac | dd of="$scratch/changed" bs=1 seek=$((0x$entry)) conv=notrunc status=none
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
  MAC_LOADER_IMPORTED=$scratch/imported "$loader" "$source/build-macos-$arch/$name" version >/dev/null 2>&1 </dev/null || true
done
[ "$(sort -u "$scratch/imported" | wc -l)" -gt 300 ] || fail "hardly any import was found"
imports() { "$source/tests/mac_loader/imports.sh" "$scratch/imported" "$source/tests/mac_loader/imports.tsv" "$1"; }
imports 13.0 >"$scratch/refused" || fail "$(cat "$scratch/refused")"
if imports 10.9 >"$scratch/refused"; then fail "names newer than macOS 10.9 were not noticed"; fi
grep -qx '_utimensat: came with macOS 10.13' "$scratch/refused" || fail "$(cat "$scratch/refused")"

# The compiler was asked to refuse such names in every file of ours.
asked=$(grep -c '"command":.*-Werror=unguarded-availability-new' "$source/build-macos-$arch/compile_commands.json")
[ "$asked" = "$(grep -c '"command":' "$source/build-macos-$arch/compile_commands.json")" ] ||
  fail "files of ours may use names newer than macOS 13"

# What only a Mac's files ask: sysctl of numbers and texts, the directory service, the name of the machine.
export MAC_LOADER_MACHINE="$source/examples/machines/m3-sonoma" HOME="$scratch"
"$1/gopol" facts >"$scratch/facts" 2>&1 || true
for fact in 'cpu.arch arm64' 'cpu.brand Apple M3 Max' 'cpu.cores 16' 'cpu.translated false' 'os.family macos' \
  "machine.name $(uname -n)" "user.name $(id -un)"; do
  grep -qxE "${fact%% *} +${fact#* }" "$scratch/facts" || fail "not among the facts: $fact"
done
