#!/bin/sh
# Cross-builds gopol for a Mac on Debian 12, linked: build.sh arm64|x86_64 [libraries]: these alone, or
# the programs too, which end in build-macos-ARCH/.
# The tool chain, sources of libraries and these, built, are kept for every clone in ~/.cache/gopol-build/macos, or
# in the folder that GOPOL_MACOS_CACHE names; `rm -r` it to start afresh. Built for size: that compiles a fifth
# faster, which the gate feels.
# shellcheck disable=SC1091,SC2034,SC2046,SC2086 # lists of options; names that the parts read
set -eu
arch=$1
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../out
mkdir -p "$out"
out=$(cd "$out" && pwd)
root=$out/macos/$arch # what toolchain.cmake and libraries.cmake look at: links into the cache
cache=${GOPOL_MACOS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/gopol-build/macos}
zig_version=0.14.0-dev.2456
oldest=13.0 # macOS
certificates=/etc/ssl/cert.pem
zlib="-DZLIB_LIBRARY=$here/libz.tbd -DZLIB_INCLUDE_DIR=$root/include"

case $arch in
  arm64) target=aarch64-macos.$oldest ;;
  x86_64) target=x86_64-macos.$oldest ;;
  *) echo "usage: build.sh arm64|x86_64 [libraries]" >&2; exit 64 ;;
esac

# shellcheck source=packaging/macos/fetch.sh
. "$here/fetch.sh"
# shellcheck source=packaging/macos/library.sh
. "$here/library.sh"

build_cryptography() {
  library mbedtls '' with_cmake -DCMAKE_BUILD_TYPE=Release -DENABLE_PROGRAMS=OFF -DENABLE_TESTING=OFF \
    -DUSE_STATIC_MBEDTLS_LIBRARY=ON
}

build_git() {
  library http-parser '' from_files http_parser http_parser.c http_parser.h
  library libssh2 mbedtls with_cmake -DCRYPTO_BACKEND=mbedTLS -DENABLE_ZLIB_COMPRESSION=OFF -DBUILD_EXAMPLES=OFF \
    -DBUILD_TESTING=OFF
  # CERT_LOCATION has to exist here; the flag comes after it and wins.
  library libgit2 'http-parser libssh2 mbedtls' with_cmake -DUSE_HTTPS=mbedTLS -DUSE_SSH=ON -DCERT_LOCATION=/ \
    -DUSE_HTTP_PARSER=system -DREGEX_BACKEND=regcomp -DUSE_NTLMCLIENT=OFF -DUSE_ICONV=OFF -DBUILD_TESTS=OFF \
    -DCMAKE_C_FLAGS="-Wno-macro-redefined -DGIT_DEFAULT_CERT_LOCATION='\"$certificates\"'" -DBUILD_CLI=OFF $zlib
}

build_net() {
  # The framework: only its name is wanted, for programs, of which none is built.
  library curl mbedtls with_cmake -DCURL_USE_MBEDTLS=ON -DCURL_USE_OPENSSL=OFF -DCURL_USE_LIBSSH2=OFF -DCURL_ZLIB=OFF \
    -DUSE_LIBIDN2=OFF -DCURL_CA_BUNDLE="$certificates" -DCURL_CA_PATH=none -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF \
    -DENABLE_MANUAL=OFF -DSYSTEMCONFIGURATION_FRAMEWORK=none -DCOREFOUNDATION_FRAMEWORK=none \
    -DCMAKE_C_FLAGS="-isystem $here/include" $(printf -- '-DCURL_DISABLE_%s=ON ' DICT FTP GOPHER IMAP LDAP LDAPS MQTT \
      NTLM POP3 RTSP SMB SMTP TELNET TFTP)
  # The flag is the guard of a header whose absence keeps libarchive from headers that not every SDK has.
  library libarchive '' archive_with_cmake $zlib -DENABLE_WERROR=OFF -DCMAKE_C_FLAGS=-D__AVAILABILITYMACROS__ \
    $(printf -- '-DENABLE_%s=OFF ' ACL BZip2 CAT CNG CPIO EXPAT ICONV LIBB2 LIBXML2 LZ4 LZMA LZO MBEDTLS NETTLE OPENSSL \
      PCREPOSIX TAR TEST XATTR ZSTD)
}

build_text() {
  library utf8proc '' from_files utf8proc utf8proc.c utf8proc.h
  library fmtlib '' from_files fmt src/format.cc include/fmt
}

# One run at a time changes the cache. Chains beside each other: what configures runs on one core.
build_libraries() {
  fetch_sources fmtlib mbedtls http-parser libssh2 libgit2 curl libarchive utf8proc
  (build_text; build_run_time) &
  first=$!
  build_cryptography
  build_git &
  second=$!
  build_net
  wait "$first"
  wait "$second"
}

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
install_tool_chain
copy_headers
build_libraries
flock -u 9
[ "${2:-}" != libraries ] || exit 0
cd "$here/../.."
cmake --preset "macos-$arch" ${GOPOL_WERROR:+"-DGOPOL_WERROR=$GOPOL_WERROR"} >/dev/null
cmake --build "build-macos-$arch" -- -j "$(nproc)" --quiet
echo "built: build-macos-$arch/gopol, gopol-net and gopol-git beside it"
