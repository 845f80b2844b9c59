#!/bin/sh
# Runs every fuzzer of a build for some seconds, two at a time: run.sh BUILD SECONDS. Fails if one has a finding.
# GOPOL_FUZZ_SEED=N tries the same inputs again; without it each run tries others.
set -eu
build=$1 seconds=$2
here=$(dirname "$0")

run_fuzzer() { # run_fuzzer PROGRAM
  subject=$(basename "$1" _fuzz)
  work="$build/fuzz-$subject"
  mkdir -p "$work"
  corpus="$here/corpus/parse"
  [ -d "$here/corpus/$subject" ] && corpus="$here/corpus/$subject"
  if "$1" -seed="${GOPOL_FUZZ_SEED:-0}" -max_total_time="$seconds" -max_len=4096 -timeout=100 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$work/" "$work" "$corpus" 2>"$work.log"; then
    echo "== $subject, $seconds s: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work.log") inputs"
  else
    echo "== $subject: a finding, its input is in $work"
    tail -40 "$work.log"
    return 1
  fi
}

if [ -n "${3:-}" ]; then # of itself, for one
  run_fuzzer "$3"
else
  printf '%s\n' "$build"/fuzzers/*_fuzz | xargs -P 2 -I '{}' "$0" "$build" "$seconds" '{}'
fi
