#!/bin/sh
# The libraries of this system that stand for a Mac's own, for arm64: libraries.sh FOLDER. From the package archive that
# this machine uses, through lists of our own: what is configured stays as it is. Once.
set -eu
[ ! -e "$1/done" ] || exit 0
mkdir -p "$1"
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/parts" "$work/lists/partial" "$work/cache/archives/partial"
cp /etc/apt/sources.list.d/*.sources "$work/parts"
apt() {
  apt-get -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root \
    -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/parts" -o Dir::State::lists="$work/lists" \
    -o Dir::Cache="$work/cache" -o Dir::State::status=/dev/null -qq "$@"
}
cd "$work"
apt update
apt download libsqlite3-0 libexpat1 zlib1g
for package in ./*.deb; do dpkg-deb -x "$package" all; done
cp -R all/lib/aarch64-linux-gnu/. all/usr/lib/aarch64-linux-gnu/. "$folder"
touch "$folder/done"
