#!/bin/sh
# The Mac's program beside that of Linux on one recorded machine: compare.sh GOPOL MAC_GOPOL SOURCE MACHINE [PARTS]. What
# both print, how they end and the files that they leave must be the same to the byte, but for one line: what guards a plan.
# shellcheck disable=SC2034,SC2154 # named by eval
set -eu
linux=$1 mac=$2 source=$3 machine=$4 parts=${5:-look capture mend change refuse}
scratch=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 130' HUP INT TERM

refused() { # refused ARGUMENT...: what it says and how it ends
  echo "\$ gopol $*"
  ended=0
  "$gopol" "$@" </dev/null >../output 2>&1 || ended=$?
  sed 's/planned without .*/planned GUARDED/' ../output
  echo "ended with $ended"
}
run() { # as refused, of arguments that the program understands: the same misunderstanding twice shows nothing
  refused "$@"
  [ "$ended" != 64 ] && [ "$ended" != 70 ] || echo "$*" >>../misunderstood
}

look() { # what only reads
  run version
  run check go.policy
  run check --format json go.policy
  run check --format sarif go.policy
  run fmt --check go.policy
  run test go.policy
  run facts --machine recorded
  run facts --machine recorded --json
  run facts --machine recorded --record fleet/one.json --policy go.policy
  run plan go.policy --facts fleet/one.json
  run doctor --machine recorded -v
  run why go --machine recorded
  run why go.env.GOTOOLCHAIN go.policy --machine recorded
  run explain os
  run explain P1001
  run diff go.policy other.policy
  run diff go.policy other.policy --fleet fleet
  run plan go.policy --machine recorded
  run plan -v go.policy --machine recorded --json
  refused guide 'tcc.grant["com.apple.Terminal"].SystemPolicyAllFiles' --want allowed --machine recorded
  run import --machine recorded
  run profile access.policy --machine recorded
}

capture() { # the machine in a file, which is read and not written
  run capture taken.capture --machine recorded --policy go.policy
  run doctor --machine taken.capture -v
  run facts --machine taken.capture
  run why go --machine taken.capture
  run plan -v go.policy --machine taken.capture
  refused apply go.policy --machine taken.capture --yes --unsigned
}

mend() { # what doctor writes, and what a plan foresees
  run doctor --machine recorded --fix -o mend.policy
  [ ! -e mend.policy ] || run plan mend.policy --machine recorded
  run plan local.policy --machine recorded --json
  run apply local.policy --machine recorded --in-place --yes --unsigned
  run apply local.policy --machine recorded --in-place --break --yes --unsigned
}

change() { # what writes, and takes back
  run plan go.policy --machine recorded --out agreed.plan
  run apply agreed.plan --machine recorded --in-place --yes --unsigned
  run plan go.policy --machine recorded
  python3 "$source/tests/mac_loader/attributes.py" show recorded
  run log --machine recorded
  cp -R recorded left
  run undo --machine recorded --in-place --yes
  run plan go.policy --machine recorded
  run undo go.env.GOTOOLCHAIN --machine recorded --in-place --yes
  run apply go.policy --machine recorded --in-place --end-holds --yes --unsigned
  run plan go.policy --machine recorded
  run leave --machine left --in-place --yes
  run plan go.policy --machine left
}

refuse() { # errors, some of which have another number there
  refused nonsense
  refused guide
  refused check "$(printf '%0300d' 0).policy"
  ln -s loop.policy loop.policy
  refused check loop.policy
}

session() { # session GOPOL
  gopol=$1
  cp -R "$source/examples/machines/$machine" recorded
  chmod -R u+w recorded
  mkdir home fleet
  cp "$source/examples/mac-go.policy" go.policy
  sed 's/1\.22\.2/1.22.4/g' go.policy >other.policy
  echo 'gopol 1.0 enforce local { go.env { GOTOOLCHAIN = local } }' >local.policy
  echo 'gopol 1.0 warn access { tcc.grant "com.apple.Terminal" { SystemPolicyAllFiles = allowed } }' >access.policy
  printf '[download]\ngo = "file://%s/examples/mirror"\n' "$source" >gopol.toml
  export GOPOL_CONFIG="$PWD/gopol.toml" HOME="$PWD/home" LANG=C.UTF-8
  python3 "$source/tests/mac_loader/attributes.py" set recorded
  for part in $parts; do $part; done
}

for side in linux mac; do
  mkdir "$scratch/work"
  eval "program=\$$side"
  (cd "$scratch/work" && session "$program") >"$scratch/$side.said" 2>&1
  rm -r "$scratch/work/home" # folders of each system's own
  # Which process it was, and the attribute that a user here has by another name.
  find "$scratch/work" \( -name journal.jsonl -o -name lock \) -exec \
    sed -i 's/\("\(begin\|run\|end\)":"[0-9]*-\)[0-9]*"/\1N"/g; s/"pid":[0-9]*/"pid":N/; s/\["user\.note"/["note"/g' {} +
  (cd "$scratch/work" && find . -printf '%M %p %l\n' | sort) >"$scratch/$side.files"
  mv "$scratch/work" "$scratch/$side"
done
[ ! -e "$scratch/misunderstood" ] || { echo "$machine: not understood:" && cat "$scratch/misunderstood" && exit 1; }
[ "$(wc -l <"$scratch/linux.said")" -gt 40 ] || { echo "$machine: hardly anything was said"; exit 1; }
diff -u "$scratch/linux.said" "$scratch/mac.said"
diff -u "$scratch/linux.files" "$scratch/mac.files"
diff -r --no-dereference "$scratch/linux" "$scratch/mac"
