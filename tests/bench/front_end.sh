#!/bin/bash
# The language's front end on 100,000 rules, beside two that parse and evaluate the same in theirs: front_end.sh GOPOL.
set -eu
gopol=$(realpath "$1")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export HOME="$dir" LC_ALL=C.UTF-8
python3 - <<'P'
count = 100000
keys = ["GOPROXY", "GOPRIVATE", "GOSUMDB", "GOFLAGS", "GOTOOLCHAIN", "HTTPS_PROXY", "NO_PROXY", "EDITOR"]
rules = [(f"r{i}", f"team{i % 97}/p{i}.conf", keys[i % 8], f"https://proxy-{i * 7919 % 100003}.example.test,direct",
          "macos" if i % 5 == 0 else "linux") for i in range(count)]
with open("rules.policy", "w") as out:
    out.write("gopol 1.0\n")
    for name, path, key, value, family in rules:
        out.write(f'enforce {name} {{ when os.family == {family}  file "/opt/dev/{path}" {{ content = "{key}={value}" }} }}\n')
with open("rules.lua", "w") as out:
    out.write("local base, os, out = '/opt/dev/', 'linux', {}\n")
    out.write("function rule(id, path, key, value, active) out[#out + 1] = {id, path, key, value, active} end\n")
    for i in range(0, count, 1000):
        out.write("(function()\n")
        for name, path, key, value, family in rules[i:i + 1000]:
            out.write(f"rule('{name}', base .. '{path}', '{key}', '{value}', os == '{family}')\n")
        out.write("end)();\n")
with open("rules.nix", "w") as out:
    out.write('let base = "/opt/dev"; os = "linux"; rule = id: path: key: value: active: { inherit id path key value active; };\nin [\n')
    for name, path, key, value, family in rules:
        out.write(f'  (rule "{name}" "${{base}}/{path}" "{key}" "{value}" (os == "{family}"))\n')
    out.write("]\n")
P
bytes=$(stat -c %s rules.policy)
measure() { # measure NAME COMMAND...
  name=$1
  shift
  command -v "$1" >/dev/null || { echo "skipped: $1"; return 0; }
  hyperfine -N -i --warmup 1 --runs 5 --export-json one.json "$*" >/dev/null 2>&1
  printf '%-34s %s ms   peak %s KiB\n' "$name" \
    "$(python3 -c 'import json; print("%.0f" % (1000 * json.load(open("one.json"))["results"][0]["median"]))')" \
    "$(/usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -1)"
}
echo "== 100,000 rules, $bytes bytes"
measure "gopol check" "$gopol" check rules.policy
printf '{"schema":1,"facts":[{"slot":{"family":"os","attribute":"family"},"value":"linux"}]}' >facts.json
measure "gopol plan --facts" "$gopol" plan --facts facts.json rules.policy
measure "luac -p" luac5.4 -p rules.lua
measure "nix-instantiate --eval --strict" nix-instantiate --eval --strict rules.nix
