#!/bin/bash
# Whole commands, timed: run.sh GOPOL. Peers are compared on the same eight resources in the same run, in turn.
set -eu
gopol=$(realpath "${1:-build/gopol}")
here=$(dirname "$(realpath "$0")")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
goroot=${GOROOT_FOR_BENCH:-/usr/lib/go-1.19}
"$here/eight.sh" "$dir" "$goroot"
export HOME="$dir/home" LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_STATE_HOME GOENV GOPROXY
cd "$dir"

median() { python3 -c 'import json,sys; r=json.load(open(sys.argv[1]))["results"]; print(*("%.3f" % (1000*x["median"]) for x in r))' "$1"; }

echo "== no-op plan of eight converged resources (ms, medians)"
"$gopol" plan eight.policy >/dev/null || { echo "not converged:"; "$gopol" plan eight.policy; exit 1; }
hyperfine -N --warmup 5 --runs 50 --export-json go.json "$gopol plan eight.policy" "$goroot/bin/go env GOPROXY" >/dev/null 2>&1
read -r ours theirs < <(median go.json)
printf 'gopol plan %s   go env GOPROXY %s   ratio %s\n' "$ours" "$theirs" "$(python3 -c "print('%.2f' % ($ours/$theirs))")"
if command -v cf-agent >/dev/null; then
  [ -e /var/lib/cfengine3/ppkeys/localhost.priv ] || cf-key >/dev/null 2>&1 || true
  hyperfine -N -i --warmup 3 --runs 25 --export-json cf.json "$gopol plan eight.policy" "cf-agent -n -K -f $dir/promises.cf" >/dev/null 2>&1
  read -r ours theirs < <(median cf.json)
  printf 'gopol plan %s   cf-agent -n %s   1/%s\n' "$ours" "$theirs" "$(python3 -c "print('%.1f' % ($theirs/$ours))")"
fi
printf 'peak memory %s KiB\n' "$(/usr/bin/time -f %M "$gopol" plan eight.policy 2>&1 >/dev/null | tail -1)"

echo "== growth with rules (ms, medians)"
for n in 1000 10000; do
  python3 - "$n" >"rules$n.policy" <<'P'
import sys
print("gopol 1.0")
for i in range(int(sys.argv[1])):
    print(f'enforce r{i} {{\n  because "rule {i}"\n  when os.family == {"linux" if i % 5 else "macos"}\n  file "/nowhere/p{i % 97}/f{i}.conf" {{ mode = "0644"  content = "KEY=https://proxy-{i}.example.test,direct" }}\n}}')
P
done
for command in check plan; do
  hyperfine -N -i --warmup 1 --runs 7 --export-json scale.json "$gopol $command rules1000.policy" "$gopol $command rules10000.policy" >/dev/null 2>&1
  read -r small large < <(median scale.json)
  printf '%s: 1,000 rules %s   10,000 rules %s   times %s\n' "$command" "$small" "$large" "$(python3 -c "print('%.1f' % ($large/$small))")"
done
