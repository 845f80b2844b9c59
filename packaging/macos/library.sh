# shellcheck shell=sh disable=SC2154 # names of build.sh, which reads this
# How packaging/macos/build.sh builds a library, or finds it as an earlier run built it.

# What the built library depends on: a change in any line builds it, and those that need it, anew. Files of ours that
# an option names count by their content.
recipe() { # recipe PACKAGE NEEDS BUILDER OPTION...
  echo "$1 $(cat "$cache/src/$1/wanted") for $target with zig $zig_version"
  for needed in $2; do cat "$root/$needed.key"; done
  shift 2
  printf '%s\n' "$@" | sed "s|$here|HERE|g; s|$root|ROOT|g"
  cat "$root/bin/clang" "$root/bin/clang++" "$here/toolchain.cmake" "$here/library.sh"
  for file in $(printf '%s\n' "$@" | grep -o "$here/[A-Za-z0-9_./]*"); do
    find "$file" -type f -exec cat {} +
  done
}

library() { # library PACKAGE NEEDS BUILDER OPTION...: static, into $root
  key=$1-$(recipe "$@" | sha256sum | cut -c1-16)
  echo "$key" >"$root/$1.key"
  kept=$cache/$arch/$key
  [ -e "$kept" ] || make_library "$@"
  cp -Rs "$kept/include" "$kept/lib" "$root"
}

make_library() { # as library, for $kept
  package=$1 builder=$3 began=$(date +%s)
  shift 3
  source=$(echo "$cache/src/$package/$(cat "$cache/src/$package/wanted")"/*/)
  work=$out/build/$arch-$package
  stage=$work/stage
  log=$root/$package.log
  rm -rf "$work"
  mkdir -p "$stage$kept/include" "$stage$kept/lib"
  (export ZIG_LOCAL_CACHE_DIR="$work/zig-cache" && "$builder" "$@") >"$log" 2>&1 || # objects of no further use
    { tail -40 "$log" >&2; exit 1; }
  mv "$stage$kept" "$kept"
  rm -rf "$work"
  echo "built $package for $arch in $(($(date +%s) - began)) s"
}

# A library of few files, whose own build could not be crossed, or tries out a compiler for longer than it compiles.
from_files() { # from_files NAME FILE HEADERS
  case $2 in
    *.c) "$root/bin/clang" -O2 -c "$source/$2" -o "$work/$1.o" ;;
    *) "$root/bin/clang++" -std=c++20 -O2 -I "$source/include" -c "$source/$2" -o "$work/$1.o" ;;
  esac &&
    "$root/bin/ar" rcs "$stage$kept/lib/lib$1.a" "$work/$1.o" &&
    cp -Rp "$source/$3" "$stage$kept/include"
}

with_cmake() { # with_cmake OPTION...
  configure_library "$@" &&
    DESTDIR=$stage cmake --build "$work/build" --target install
}

# Its installation wants a shared library too.
archive_with_cmake() { # archive_with_cmake OPTION...
  configure_library "$@" &&
    cmake --build "$work/build" --target archive_static &&
    cp "$work/build/libarchive/libarchive.a" "$stage$kept/lib" &&
    cp "$source/libarchive/archive.h" "$source/libarchive/archive_entry.h" "$stage$kept/include"
}

configure_library() { # configure_library OPTION...
  PKG_CONFIG_LIBDIR=$root/lib/pkgconfig cmake -S "$source" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=MinSizeRel \
    -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DGOPOL_MACOS_ARCH="$arch" -DCMAKE_INSTALL_PREFIX="$kept" \
    -DBUILD_SHARED_LIBS=OFF "$@"
}
