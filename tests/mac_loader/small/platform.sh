#!/bin/sh
# What is compiled for a Mac alone, engine/real/*_macos.cpp, called from a program of few lines: platform.sh SOURCE ARCH
# LOADER. Each line runs: of the blocks of code that the compiler counts, those that do not are other ends of lines that
# do, such as a second failure. Ends with 77 for who is not root, who alone can become another user.
set -eu
source=$1 arch=$2 loader=$3
[ "$(id -u)" = 0 ] || { echo "skipped: not root"; exit 77; }
root=$(realpath "$source/out/macos/$arch")
scratch=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
ZIG_GLOBAL_CACHE_DIR=$(realpath "$root/bin")/../../zig-cache
export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR="$scratch/cache"
cd "$scratch"
chmod 755 . # for whom it becomes
build() { "$root/bin/clang++" -std=c++20 -Wall -Wextra -Werror -I "$source" -isystem "$root/include" "$@"; }

printf 'src:*\nfun:_ZN5gopol6engine8platform*\nfun:_ZN5gopol6engine*confine*\n' >counted
for file in calls confine system xattrs; do
  build -Xclang -O0 -fno-exceptions -fsanitize-coverage=bb,no-prune,trace-pc-guard -fsanitize-coverage-allowlist=counted \
    -c "$source/engine/real/${file}_macos.cpp" -o "$file.o"
done
[ "$(find "$source/engine/real" -name '*_macos.cpp' | wc -l)" = 4 ] || { echo "a file for a Mac alone is not called"; exit 1; }
build "$source/tests/mac_loader/small/platform.cpp" calls.o confine.o system.o xattrs.o "$root/lib/libfmt.a" -o platform
: >called && chmod 666 called # by whoever it has become
MAC_LOADER_CALLED=$scratch/called MAC_LOADER_MACHINE=$source/examples/machines/m3-sonoma "$loader" "$scratch/platform" \
  >said 2>&1 || true
diff "$source/tests/mac_loader/small/platform.txt" said
cat called >>"${MAC_LOADER_CALLED:-/dev/null}"
