#!/bin/sh
# The programs for a Mac are those of today's sources: current.sh SOURCE ARCH.
set -eu
folder=$1/build-macos-$2
case $(ninja -C "$folder" -n | tail -n 1) in
  *"no work to do"*) ;;
  *) echo "$folder is older than its sources: ./dev macos $2"; exit 1 ;;
esac
