#!/bin/sh
# A program of a few lines, built for a Mac, gives the answers that a Mac's user expects, and each mistake changes them:
# small.sh SOURCE ARCH LOADER.
set -eu
source=$1 arch=$2 loader=$3
here=$source/tests/mac_loader
tools=$(realpath "$source/out/macos/$arch/bin")
scratch=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
export ZIG_GLOBAL_CACHE_DIR="$tools/../../zig-cache" ZIG_LOCAL_CACHE_DIR="$scratch/cache"
cd "$scratch"
fail() { echo "$arch: $*"; exit 1; }
called=${MAC_LOADER_CALLED:-/dev/null} # by what gives the right answers, no mistake
unset MAC_LOADER_CALLED

build() { # build MISTAKE: program.MISTAKE
  "$tools/clang++" -std=c++20 -Wall -Wextra -Wno-unused -Werror -DMISTAKE_"$1" "$here/small/program.cpp" -o "program.$1" \
    >"built.$1" 2>&1
}
run() { # run MISTAKE: what it says is in `said`
  rm -f made
  "$loader" "$scratch/program.$1" >said 2>&1
}
is_right() { run "$1" && cmp -s "$here/small/expected.txt" said; }

build NONE || { cat built.NONE; fail "did not compile"; }
(export MAC_LOADER_CALLED="$called" && is_right NONE) || { diff "$here/small/expected.txt" said; fail "other answers than a Mac's"; }

# Calls that gopol's sessions do not reach, and those of libraries in it. That such a program ends as it says, too.
"$tools/clang++" -std=c++20 -Wall -Wextra -Werror "$here/small/calls.cpp" -o calls
stubs=$source/packaging/macos
"$tools/clang++" -std=c++20 -fno-builtin -Wall -Wextra -Wno-deprecated-declarations -Werror "$here/small/library_calls.cpp" \
  "$stubs/libz.tbd" "$stubs/libexpat.tbd" "$stubs/libsqlite3.tbd" -o library_calls
for calls in calls library_calls; do
  mkdir "$calls.folder"
  (cd "$calls.folder" && TZ=UTC MAC_LOADER_CALLED=$called "$loader" "$scratch/$calls" >../said 2>&1) || true
  diff "$here/small/$calls.txt" said || fail "other answers than a Mac's"
done
for end in exit:7 at_once:8 abort:6; do
  status=0
  MAC_LOADER_CALLED=$called "$loader" "$scratch/library_calls" "${end%:*}" >said 2>&1 || status=$?
  [ "$status" = "${end#*:}" ] && [ ! -s said ] || { cat said; fail "${end%:*} ended with $status"; }
done

# Mistakes of a program. On Intel's processors arguments of a list are where others are.
mistakes="LAYOUT FLAG ERRNO INITIALISER"
[ "$arch" != arm64 ] || mistakes="$mistakes VARIADIC"
for mistake in $mistakes; do
  build "$mistake" || { cat "built.$mistake"; fail "did not compile: $mistake"; }
  if is_right "$mistake"; then fail "nobody noticed the program's mistake: $mistake"; fi
done

# Mistakes of the loader: answers of Linux.
for mistake in layout flag errno variadic initialiser; do
  if (export MAC_LOADER_MISTAKE="$mistake" && is_right NONE); then fail "nobody noticed the loader's mistake: $mistake"; fi
done

# A name that came after the oldest macOS: the compiler sees it in the header, the table where there is none.
if build NEWER; then fail "a name newer than macOS 13 was compiled"; fi
grep -q 'os_unfair_lock_lock_with_flags. is only available on macOS 15' built.NEWER || fail "$(cat built.NEWER)"
build NEWER_BY_HAND || { cat built.NEWER_BY_HAND; fail "did not compile"; }
imports() { # imports MISTAKE TABLE: what is refused
  rm -f names
  (export MAC_LOADER_IMPORTED="$scratch/names" && run "$1") || true
  "$here/imports.sh" names "$2" 13.0
}
cp "$here/imports.tsv" table
imports NONE table >refused || fail "$(cat refused)"
if imports NEWER_BY_HAND table >refused; then fail "a name that is not in the table was let in"; fi
grep -qx '_os_unfair_lock_lock_with_flags: not in the table' refused || fail "$(cat refused)"
printf '_os_unfair_lock_lock_with_flags\t15.0\n' >>table
if imports NEWER_BY_HAND table >refused; then fail "a name newer than macOS 13 was let in"; fi
grep -qx '_os_unfair_lock_lock_with_flags: came with macOS 15.0' refused || fail "$(cat refused)"

# What the shims say of Darwin is what its headers say; a layout, a flag or a number of Linux' is refused.
check() { # check CHANGE: of darwin/
  rm -rf tests
  mkdir -p tests/mac_loader
  cp -R "$here/darwin" tests/mac_loader
  sed -i "$1" tests/mac_loader/darwin/*.h
  "$tools/clang++" -std=c++20 -I . -c tests/mac_loader/darwin/check.cpp -o check.o >checked 2>&1
}
check '' || { cat checked; fail "the shims say what Darwin's headers do not"; }
for mistake in 's/std::uint16_t mode, nlink/std::uint32_t mode, nlink/' 's/o_creat = 0x200/o_creat = 0x40/' \
  's/eagain = 35/eagain = 11/'; do
  if check "$mistake"; then fail "the headers did not refuse: $mistake"; fi
  grep -q "static assertion failed" checked || { cat checked; fail "refused for another reason: $mistake"; }
done
