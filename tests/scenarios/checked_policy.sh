# shellcheck shell=sh
# A policy with five findings, and one with the first of them: what check prints of them in one form or another.
cat >dev.policy <<'P'
gopol 1.0
let mirror = "https://goproxy.corp.example"
enforce env {
  because "100% of modules, checked"
  when    not (os.family != macos) and os.version in 13 .. 15
  go.env { GOPRIVATE = ["git.corp.example/*"]  GONOPROXY = ["git.corp.example/*"]  GOTOOLCHAIN = auto }
}
enforce go { because "é 😀" go.toolchain "default" { version = 1.22.2 } }
P
sed -n 1,2p dev.policy >one.policy
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
outline() { # of JSON, each part that is short enough on a line of its own
  echo "\$ gopol $*"
  "$GOPOL" "$@" </dev/null >said.json
  echo "exit $?"
  python3 "$SOURCE/tests/scenarios/outline.py" <said.json
}
