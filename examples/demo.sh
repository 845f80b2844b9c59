#!/bin/sh
# gopol's main job on a recorded Mac: plan, apply, and a second plan that is empty.
# Everything happens in a scratch folder; neither this machine nor the recording is changed.
set -eu
gopol=$(realpath "${1:-build/gopol}")
examples=$(dirname "$(realpath "$0")")
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
cp -R "$examples/machines/m3-sonoma" "$scratch/mac"
printf '[download]\ngo = "file://%s/mirror"\n' "$examples" >"$scratch/gopol.toml"
export GOPOL_CONFIG="$scratch/gopol.toml"
cd "$examples"

say() { printf '\n$ %s\n' "$*"; }

say gopol facts --machine m3-sonoma os cpu
"$gopol" facts --machine "$scratch/mac" os cpu

say gopol plan mac-go.policy --machine m3-sonoma
"$gopol" plan mac-go.policy --machine "$scratch/mac" || [ $? = 2 ]

say gopol apply --yes --unsigned mac-go.policy --machine m3-sonoma --in-place
"$gopol" apply --yes --unsigned mac-go.policy --machine "$scratch/mac" --in-place

say gopol plan mac-go.policy --machine m3-sonoma
"$gopol" plan mac-go.policy --machine "$scratch/mac"

say "echo GOPROXY=off >>'~/Library/Application Support/go/env'   # somebody changes it by hand"
echo GOPROXY=off >>"$scratch/mac/root/Users/dev/Library/Application Support/go/env"

say gopol plan mac-go.policy --machine m3-sonoma
"$gopol" plan mac-go.policy --machine "$scratch/mac" || [ $? = 2 ]
