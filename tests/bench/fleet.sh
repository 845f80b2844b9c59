#!/bin/bash
# A change of policy replayed on 10,000 recorded machines, beside others that do half of it: fleet.sh GOPOL.
# gopol answers for both versions of the policy and groups the machines; the others count for one version.
set -eu
gopol=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export HOME="$dir" LC_ALL=C.UTF-8
count=${MACHINES:-10000}
python3 "$here/fleet.py" "$count" "$dir"
machines="$dir/fleet/machines.ndjson"
measure() { # measure NAME COMMAND...
  name=$1
  shift
  command -v "$1" >/dev/null || { echo "skipped: $1"; return 0; }
  hyperfine -N -i --warmup 1 --runs 7 --export-json "$dir/one.json" "$*" >/dev/null 2>&1
  printf '%-34s %s ms   peak %s KiB\n' "$name" \
    "$(python3 -c 'import json, sys; print("%.0f" % (1000 * json.load(open(sys.argv[1]))["results"][0]["median"]))' "$dir/one.json")" \
    "$(/usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -1)"
}
echo "== $count recorded machines, $(stat -c %s "$machines") bytes, 30 rules"
measure "gopol diff --fleet, both versions" "$gopol" diff "$dir/old.policy" "$dir/new.policy" --fleet "$dir/fleet"
if g++ -std=c++20 -O2 "$here/fleet_floor.cpp" -o "$dir/floor" -lsimdjson 2>/dev/null; then
  printf '%-34s %s ms (simdjson, in its process; the goal is three times that for each version)\n' "floor, one version" \
    "$("$dir/floor" "$machines")"
else
  echo "skipped: simdjson"
fi
measure "node, one version" node "$here/fleet.js" "$dir"
measure "jq, one version" jq -n -f "$dir/policy.jq" "$machines"
