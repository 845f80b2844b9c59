#!/bin/sh
# Makes a folder with go.dev/dl's layout from Go trees of this machine:
#   make_mirror.sh DIR GOROOT...
# DIR gets an archive for each tree and an index.json; symlinks in a tree become what they lead to.
set -eu
[ $# -ge 2 ] || { echo "usage: $0 DIR GOROOT..." >&2; exit 2; }
mirror=$1
shift
mkdir -p "$mirror"
sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }

# What a program is built for, from its first bytes: `linux amd64`, `darwin arm64`.
platform_of() {
  case $(od -An -tx1 -N20 "$1" | tr -d ' \n') in
    7f454c46????????????????????????????3e00) echo linux amd64 ;;
    7f454c46????????????????????????????b700) echo linux arm64 ;;
    cffaedfe07000001*) echo darwin amd64 ;;
    cffaedfe0c000001*) echo darwin arm64 ;;
    *) echo "$1: neither amd64 nor arm64" >&2; return 1 ;;
  esac
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
separator=
printf '[' >"$work/index.json"
for root in "$@"; do
  version=$(head -n1 "$root/VERSION")
  set -- $(platform_of "$root/bin/go")
  file=$version.$1-$2.tar.gz
  # A folder `go` that stands for the tree, whatever its name is; -h puts files in place of links.
  ln -sfn "$(cd "$root" && pwd -P)" "$work/go"
  tar -C "$work" -chf - go | gzip -1 >"$mirror/$file"
  size=$(wc -c <"$mirror/$file" | tr -d ' ')
  printf '%s\n {"version": "%s", "stable": true, "files": [{"filename": "%s", "os": "%s", "arch": "%s", "version": "%s", "sha256": "%s", "size": %s, "kind": "archive"}]}' \
    "$separator" "$version" "$file" "$1" "$2" "$version" "$(sum "$mirror/$file")" "$size" >>"$work/index.json"
  separator=,
done
printf '\n]\n' >>"$work/index.json"
mv "$work/index.json" "$mirror/index.json"
