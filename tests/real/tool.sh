#!/bin/bash
# Go programs that a policy installs: tool.sh GOPOL GOROOT. A module proxy in a folder offers two versions of one; the
# real go builds them. Ends with 0 only if every expectation held.
set -eu
gopol=$(realpath "$1") goroot=$2
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
finish() {
  chmod -R u+w "$work"
  rm -rf "$work"
}
trap finish EXIT
. "$here/expect.sh"
need python3
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
unset GOROOT GOPATH GOPROXY GOENV GOFLAGS GOBIN GOTOOLCHAIN XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
mkdir -p "$HOME/.config/go"
cd "$work"
printf 'PATH="%s/bin:$PATH"\n' "$goroot" >"$HOME/.profile"
printf 'GOPROXY=file://%s/proxy\nGOSUMDB=off\nGOFLAGS=-mod=mod\n' "$work" >"$HOME/.config/go/env"
python3 - <<'P'
import json, os, zipfile
module = "example.com/hello"
folder = f"proxy/{module}/@v"
os.makedirs(folder)
for version in ["v1.0.0", "v1.1.0"]:
    open(f"{folder}/{version}.mod", "w").write(f"module {module}\n\ngo 1.18\n")
    json.dump({"Version": version, "Time": "2026-01-02T03:04:05Z"}, open(f"{folder}/{version}.info", "w"))
    with zipfile.ZipFile(f"{folder}/{version}.zip", "w") as archive:
        archive.writestr(f"{module}@{version}/go.mod", f"module {module}\n\ngo 1.18\n")
        archive.writestr(f"{module}@{version}/cmd/hello/main.go",
                         f'package main\n\nfunc main() {{ println("hello {version}") }}\n')
open(f"{folder}/list", "w").write("v1.0.0\nv1.1.0\n")
P
policy() { # policy ATTRIBUTES
  printf 'gopol 1.0\nenforce tools { go.tool "hello" { %s } }\n' "$1" >tools.policy
}
apply() { "$gopol" apply --yes --unsigned tools.policy; }
plan() { "$gopol" plan tools.policy; }
says() { # says TEXT: of the installed program
  [ "$("$HOME/go/bin/hello" 2>&1)" = "$1" ] || { "$HOME/go/bin/hello"; return 1; }
}
fact() { # fact NAME ATTRIBUTE VALUE
  "$gopol" facts "go.tool[\"$1\"].$2" | grep -qF "  $3" || { "$gopol" facts "go.tool[\"$1\"].$2"; return 1; }
}

policy 'version = v1.0.0'
expect "what is not installed needs its package" code 3 plan
policy 'package = "-toolexec=/bin/false"  version = v1.0.0'
expect "an option is no package" code 1 plan
policy 'package = "example.com/hello/cmd/other"  version = v1.0.0'
expect "a package of another name is refused before anything is built" code 3 plan
policy 'package = "example.com/hello/cmd/hello"  version = v1.0.0'
expect "a plan has a change pending" code 2 plan
expect "apply installs it" code 0 apply
expect "it is the one" says "hello v1.0.0"
expect "a second plan is empty" code 0 plan
expect "go agrees" grep -qP '\tmod\texample.com/hello\tv1.0.0' <("$goroot/bin/go" version -m "$HOME/go/bin/hello")
policy 'version = v1.1.0'
expect "a newer one is drift of the policy" code 2 plan
expect "and is installed, its package known now" code 0 apply
expect "it is the one" says "hello v1.1.0"
fact_version=$("$goroot/bin/go" env GOVERSION)
expect "the Go that built it is read" fact hello go "${fact_version#go}"
policy 'version = v9.9.9'
expect "a version that there is not fails" code 3 apply
expect "and the old one stays" says "hello v1.1.0"
policy 'version in v1.0.0 ..< v1.1.0'
expect "a choice with an upper end is the policy's to make" code 3 plan
mkdir -p mac && cd mac
printf 'module example.com/mac\n\ngo 1.18\n' >go.mod
printf 'package main\n\nfunc main() {}\n' >main.go
GOOS=darwin GOARCH=arm64 "$goroot/bin/go" build -o "$HOME/go/bin/mac" . 2>/dev/null
cd ..
expect "a program for a Mac is read as well" fact mac module example.com/mac
expect "one of a working tree has no release" fact mac version "unknown: "
expect "before Go 1.24 it has no LC_UUID" fact mac uuid absent
verdict
