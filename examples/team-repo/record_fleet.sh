#!/bin/sh
# Records what a policy's facts are on some machines: record_fleet.sh FOLDER MACHINE... Here the machines are recorded
# ones, folders that `--machine` takes. At home each machine runs that one command by itself, without `--machine`, and
# hands its file in; names and free text are hashes then, since anybody who may read this repository may read them.
# $GOPOL_FLEET_KEY: the file with the fleet's key, so that the same name has the same hash on every machine.
set -eu
policy=$(dirname "$0")/mac-go.policy
out=$1
shift
mkdir -p "$out"
for machine in "$@"; do
  "${GOPOL:-gopol}" facts --machine "$machine" --policy "$policy" --record "$out/$(basename "$machine").json" --redact \
    ${GOPOL_FLEET_KEY:+--key "$GOPOL_FLEET_KEY"}
done
