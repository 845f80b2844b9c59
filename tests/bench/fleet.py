#!/usr/bin/env python3
"""fleet.py N DIR: N recorded machines of 4 KB, one a line, and a policy of 30 rules in two versions, seeded; and the
first version as rules.json and policy.jq, for others that do the same: how many rules are not met where they apply."""
import json
import os
import random
import sys

count, folder = int(sys.argv[1]), sys.argv[2]
os.makedirs(folder + "/fleet", exist_ok=True)
rng = random.Random(7)
WANTED = {"GOPROXY": "https://proxy.example.test,direct", "GOPRIVATE": "*.corp.example.test", "GOSUMDB": "sum.golang.org",
          "GOTOOLCHAIN": "local", "GO111MODULE": "on", "GONOSUMDB": "*.corp.example.test", "GOOS": "linux",
          "GOARCH": "amd64", "CGO_ENABLED": "1"}
OTHER = {"GOPROXY": "off", "GOPRIVATE": "", "GOSUMDB": "off", "GOTOOLCHAIN": "auto", "GO111MODULE": "auto",
         "GONOSUMDB": "", "GOOS": "darwin", "GOARCH": "arm64", "CGO_ENABLED": "0"}
TOOLS = {name: f"0.{minor}.1" for name, minor in
         [("gopls", 11), ("dlv", 21), ("staticcheck", 4), ("golangci-lint", 52), ("gofumpt", 5), ("govulncheck", 1), ("stringer", 8)]}
FILES = {"/home/dev/.config/go/env": "0644", "/home/dev/.netrc": "0600", "/home/dev/.ssh/config": "0600", "/home/dev/.gitconfig": "0644"}
FILES |= {f"/home/dev/.config/x{i}": "0644" for i in range(10)}


def bad():
    return rng.random() < 0.1


def fact(family, attribute, value, key=None):
    slot = {"family": family, "attribute": attribute}
    if key is not None:
        slot["key"] = key
    return {"slot": slot, "value": value}


def chain(text):
    return {"chain": [[part, ","] for part in text.split(",")]}


def machine(number):
    facts = [fact("os", "family", "macos" if bad() else "linux"), fact("cpu", "arch", "arm64" if bad() else "x86_64"),
             fact("user", "home", {"path": "/root" if bad() else "/home/dev"}), fact("user", "shell", {"path": "/bin/bash"})]
    for name, value in WANTED.items():
        text = OTHER[name] if bad() else value
        facts.append(fact("go.env", name, chain(text) if name == "GOPROXY" else {"list": text.split(",")} if name in ("GOPRIVATE", "GONOSUMDB") else text))
    for name, version in TOOLS.items():
        facts.append(fact("go.tool", "version", {"version": "0.1.0" if bad() else version, "scheme": "semver"}, name))
    for path, mode in FILES.items():
        facts.append(fact("file", "mode", "0666" if bad() else mode, path))
        if not path.startswith("/home/dev/.config/x"):
            facts.append(fact("file", "content", f"# {number}", path))
    for name in ("GOPATH", "GOBIN", "GOCACHE", "GOMODCACHE", "GOTMPDIR", "CC", "CXX", "GOVCS"):
        facts.append(fact("go.env", name, f"/home/dev/{rng.randrange(10**6)}"))
    return json.dumps({"schema": 1, "machine": f"m{number:06d}", "recorded": "2026-11-20T10:00:00Z", "facts": facts}, separators=(",", ":"))


with open(folder + "/fleet/machines.ndjson", "w") as out:
    for number in range(count):
        out.write(machine(number) + "\n")


LISTS = ("GOPRIVATE", "GONOSUMDB")
GUARDS = ["os.family == linux", "cpu.arch == x86_64 and os.family == linux", "os.family in [linux, macos]"]


def wanted(changed):
    """Of each rule the slot, the operator and the value, as the snapshot spells it."""
    out = []
    for name, value in WANTED.items():
        spelled = chain(value) if name == "GOPROXY" else {"list": value.split(",")} if name in LISTS else value
        out.append((fact("go.env", name, None)["slot"], "=", spelled))
    for name, version in TOOLS.items():
        least = "0.9.9" if changed and name == "dlv" else version
        out.append((fact("go.tool", "version", None, name)["slot"], ">=", {"version": least, "scheme": "semver"}))
    for path, mode in FILES.items():
        out.append((fact("file", "mode", None, path)["slot"], "=", "0640" if changed and path.endswith("env") else mode))
    return out[:30]


def written(value):
    if isinstance(value, dict) and "list" in value:
        return json.dumps(value["list"])
    if isinstance(value, dict) and "chain" in value:
        return json.dumps(",".join(link[0] for link in value["chain"]))
    return value["version"] if isinstance(value, dict) else json.dumps(value)


def policy(changed):
    lines = ["gopol 1.0"]
    for number, (slot, operator, value) in enumerate(wanted(changed)):
        guard = "os.family == macos" if changed and number % 10 == 3 else GUARDS[number % 3]
        key = f' {json.dumps(slot["key"])}' if "key" in slot else ""
        lines.append(f"{'warn' if number % 4 == 0 else 'enforce'} r{number} {{ when {guard}  "
                     f"{slot['family']}{key} {{ {slot['attribute']} {operator} {written(value)} }} }}")
    return "\n".join(lines) + "\n"


def name(slot):
    return "|".join([slot["family"], slot.get("key", ""), slot["attribute"]])


def jq():
    guards = ['$f["os||family"]=="linux"', '($f["cpu||arch"]=="x86_64" and $f["os||family"]=="linux")',
              '($f["os||family"]=="linux" or $f["os||family"]=="macos")']
    rules = []
    for number, (slot, operator, value) in enumerate(wanted(False)):
        at = f"$f[{json.dumps(name(slot))}]"
        broken = f"{at}!={json.dumps(value)}" if operator == "=" else f"({at}.version|ver)<({json.dumps(value['version'])}|ver)"
        rules.append(f"({guards[number % 3]} and {broken})")
    return ('def ver: split(".")|map(tonumber);\nreduce inputs as $m (0; . + (($m.facts|map({key:(.slot.family+"|"+(.slot.key//"")+"|"+'
            '.slot.attribute),value})|from_entries) as $f|[\n' + ",\n".join(rules) + "]|map(select(.))|length))\n")


open(folder + "/old.policy", "w").write(policy(False))
open(folder + "/new.policy", "w").write(policy(True))
open(folder + "/policy.jq", "w").write(jq())
with open(folder + "/rules.json", "w") as out:
    json.dump([{"guard": number % 3, "slot": name(slot), "op": operator, "value": value}
               for number, (slot, operator, value) in enumerate(wanted(False))], out)
