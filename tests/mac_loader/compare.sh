#!/bin/sh
# The Mac's program beside that of Linux on one recorded machine: compare.sh GOPOL MAC_GOPOL SOURCE MACHINE. What both
# print, how they end and the files that they leave must be the same to the byte, but for one line: what guards a plan.
set -eu
# shellcheck disable=SC2034,SC2154 # named by eval
linux=$1 mac=$2 source=$3 machine=$4
scratch=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 130' HUP INT TERM

session() { # session GOPOL
  run() {
    echo "\$ gopol $*"
    "$gopol" "$@" </dev/null 2>&1 | sed 's/planned without .*/planned GUARDED/'
  }
  gopol=$1
  cp -R "$source/examples/machines/$machine" recorded
  chmod -R u+w recorded
  cp "$source/examples/mac-go.policy" go.policy
  sed 's/1\.22\.2/1.22.4/g' go.policy >other.policy
  printf '[download]\ngo = "file://%s/examples/mirror"\n' "$source" >gopol.toml
  export GOPOL_CONFIG="$PWD/gopol.toml" HOME="$PWD/home" LANG=C.UTF-8
  mkdir home
  python3 "$source/tests/mac_loader/attributes.py" set recorded
  run version
  run check go.policy
  run check --format json go.policy
  run test go.policy
  run facts --machine recorded
  run facts --machine recorded --json
  run doctor --machine recorded -v
  run why go --machine recorded
  run why go.env.GOTOOLCHAIN go.policy --machine recorded
  run explain go.policy
  run explain P1001
  run diff go.policy other.policy
  run plan go.policy --machine recorded
  run plan go.policy --machine recorded --format json
  run apply --yes --unsigned go.policy --machine recorded --in-place
  run plan go.policy --machine recorded
  python3 "$source/tests/mac_loader/attributes.py" show recorded
  run blame go.policy
  run log --machine recorded | sed 's/20[0-9-]*T[0-9:]*/MOMENT/g'
  run import --machine recorded
  run profile --machine recorded
  cp -R recorded left
  run undo --machine recorded --in-place --yes
  run plan go.policy --machine recorded
  run undo --machine recorded --in-place --yes
  run leave --machine left --in-place --yes
  run plan go.policy --machine left
  run guide
  run nonsense
  run check "$(printf '%0300d' 0).policy" # errors that have another number there
  ln -s loop.policy loop.policy
  run check loop.policy
}

for side in linux mac; do
  mkdir "$scratch/work"
  eval "program=\$$side"
  (cd "$scratch/work" && session "$program") >"$scratch/$side.said" 2>&1
  rm -r "$scratch/work/home" # folders of each system's own
  # Which process it was.
  find "$scratch/work" \( -name journal.jsonl -o -name lock \) -exec \
    sed -i 's/\("\(begin\|run\|end\)":"[0-9]*-\)[0-9]*"/\1N"/g; s/"pid":[0-9]*/"pid":N/' {} +
  (cd "$scratch/work" && find . -printf '%M %p %l\n' | sort) >"$scratch/$side.files"
  mv "$scratch/work" "$scratch/$side"
done
[ "$(wc -l <"$scratch/linux.said")" -gt 200 ] || { echo "$machine: hardly anything was said"; exit 1; }
diff -u "$scratch/linux.said" "$scratch/mac.said"
diff -u "$scratch/linux.files" "$scratch/mac.files"
diff -r --no-dereference "$scratch/linux" "$scratch/mac"
