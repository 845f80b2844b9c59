#!/bin/sh
# Runs every fuzzer of a fuzz build for some seconds: run.sh BUILD SECONDS. Stops at the first finding.
set -eu
build=$1 seconds=$2
here=$(dirname "$0")
for fuzzer in "$build"/fuzzers/*_fuzz; do
  subject=$(basename "$fuzzer" _fuzz)
  work="$build/fuzz-$subject"
  mkdir -p "$work"
  corpus="$here/corpus/parse"
  [ -d "$here/corpus/$subject" ] && corpus="$here/corpus/$subject"
  echo "== $subject, $seconds s"
  "$fuzzer" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$work/" "$work" "$corpus" 2>"$work.log" || { tail -40 "$work.log"; exit 1; }
  grep -E 'number_of_executed_units|average_exec_per_sec' "$work.log"
done
