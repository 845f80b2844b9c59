#!/bin/bash
# A real Linux machine with real Go: linux.sh GOPOL GOROOT... A loopback server offers archives made from the
# GOROOTs; a policy pins one. Ends with 0 only if every expectation held.
set -eu
gopol=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  chmod -R u+w "$work"
  rm -rf "$work"
}
trap finish EXIT

mkdir -p "$work/mirror" "$work/home"
"$here/../make_mirror.sh" "$work/mirror" "$@" >/dev/null
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
unset GOROOT GOPATH GOPROXY GOENV GOFLAGS GOTOOLCHAIN XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
cd "$work"
current="$HOME/.local/share/gopol/go/current"

. "$here/expect.sh"

serve() { # serve [CUT]
  rm -f "$work/port"
  python3 "$here/serve.py" "$work/mirror" "$work/port" "$@" &
  server=$!
  wait_for "the mirror" test -e "$work/port"
  printf '[download]\ngo = "http://127.0.0.1:%s"\ntrust_index = true\n' "$(cat "$work/port")" >"$GOPOL_CONFIG"
}
policy() { # policy VERSION [ATTRIBUTE]
  cat >dev.policy <<P
gopol 1.0
enforce go {
  go.toolchain "default" { version = $1  ${2:-} }
}
enforce env {
  after go
  go.env {
    GOPROXY     = ["https://goproxy.corp.example", direct]
    GOPRIVATE   includes ["git.corp.example/*"]
    GOFLAGS     = ["-mod=readonly", "-trimpath"]
    GOPATH      = "\${user.home}/work"
    unset GOROOT
  }
}
P
}
apply() { "$gopol" apply --yes --unsigned dev.policy; }
plan() { "$gopol" plan dev.policy; }
go_env() { [ "$("$current/bin/go" env "$1")" = "$2" ] || { "$current/bin/go" env "$1"; return 1; }; }
tree_of() { (cd "$HOME" && find . -not -path './.cache/go-build*' -not -path './.config/go/telemetry*' | sort); }

versions=$(for root in "$@"; do read -r name <"$root/VERSION" || true; echo "${name#go}"; done) # 1.19's has no newline
first=$(echo "$versions" | head -n 1)
policy "$first"

# A server that dies in mid-download: nothing is changed or left behind.
serve 3000000
tree_of >before
expect "a killed server is a failure" code 3 apply
tree_of | grep -v '/\.local/state' >after || true
expect "and nothing is left behind" test -z "$(comm -13 <(sort before) <(sort after) | grep -E 'go1|staging|current' || true)"
wait "$server" 2>/dev/null || true

serve
expect "a plan has changes pending" code 2 plan
expect "apply converges" code 0 apply
expect "go version agrees" grep -q "go$first " <("$current/bin/go" version)
expect "go env GOPROXY agrees" go_env GOPROXY "https://goproxy.corp.example,direct"
expect "go env GOPRIVATE agrees" go_env GOPRIVATE "git.corp.example/*"
expect "go env GOFLAGS agrees" go_env GOFLAGS "-mod=readonly -trimpath"
expect "go env GOPATH agrees" go_env GOPATH "$HOME/work"
expect "a login shell finds this go" test "$(bash -lc 'command -v go')" = "$current/bin/go"
expect "a program builds and runs with it" bash -c "mkdir -p p && cd p && printf 'package main\nfunc main() { println(\"hi\") }\n' >m.go && printf 'module m\n' >go.mod && GOFLAGS= '$current/bin/go' run . "
expect "a second plan is empty" code 0 plan
find "$HOME" -newer dev.policy -type f -not -path '*/.cache/*' | sort | xargs -r stat -c '%n %Y %i' >stamp1
expect "a second apply succeeds" code 0 apply
find "$HOME" -newer dev.policy -type f -not -path '*/.cache/*' | sort | xargs -r stat -c '%n %Y %i' >stamp2
expect "and writes nothing" cmp stamp1 stamp2

# Break one slot at a time: exactly that line is drift, and is repaired.
drifts() { # drifts SLOT
  code 2 "$gopol" plan dev.policy >said.plan || { cat said.plan; return 1; }
  [ "$(grep -c '^ ~' said.plan)" = 1 ] && grep -qF " ~ $1 " said.plan && grep -q 'drift' said.plan || { cat said.plan; return 1; }
}
breaks() { # breaks SLOT COMMAND
  slot=$1
  bash -c "$2"
  expect "broken by hand: $slot is the one drift" drifts "$slot"
  expect "and is repaired" code 0 apply
  expect "and a plan is empty again" code 0 plan
}
envfile="$HOME/.config/go/env"
breaks go.env.GOPROXY "sed -i 's/^GOPROXY=.*/GOPROXY=off/' '$envfile'"
breaks go.env.GOPRIVATE "sed -i '/^GOPRIVATE=/d' '$envfile'"
breaks go.env.GOFLAGS "'$current/bin/go' env -w GOFLAGS=-v"
breaks go.env.GOROOT "echo GOROOT=/nowhere >>'$envfile'"
breaks 'go.toolchain["default"].on_path' "sed -i '/gopol\/go\/current/d' '$HOME/.profile'"
breaks 'go.toolchain["default"].version' "rm '$current'"

for version in $(echo "$versions" | tail -n +2); do
  # A distribution's Go is not the archive that gopol knows the hash of, if it knows one.
  policy "$version" "sha256 = \"$(sha256sum "mirror/go$version".*.tar.gz | cut -d ' ' -f 1)\""
  expect "a pin of $version switches" code 0 apply
  expect "go version agrees" grep -q "go$version " <("$current/bin/go" version)
  expect "go env GOFLAGS agrees" go_env GOFLAGS "-mod=readonly -trimpath"
  expect "a second plan is empty" code 0 plan
  policy "$first"
  kill "$server"
  expect "back to $first needs no server: the tree is there" code 0 apply
  expect "go version agrees" grep -q "go$first " <("$current/bin/go" version)
  serve
done
[ "$(echo "$versions" | wc -l)" -gt 1 ] || echo "note: only one real toolchain here; switching between two was not tried"

# A wrong hash in the policy: nothing is changed.
rm -rf "$HOME/.local/share/gopol"
sed -i "s/version = $first/version = $first  sha256 = \"$(printf '0%.0s' $(seq 64))\"/" dev.policy
expect "a wrong hash is a failure" code 3 apply
expect "and leaves no toolchain" test ! -e "$current"

verdict
