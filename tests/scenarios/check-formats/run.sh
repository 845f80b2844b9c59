# What `gopol check` prints for people, programs, code scanning and pull requests.
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
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
run check dev.policy
run check --format json dev.policy
run check --format github --fail-on warning -v dev.policy
run check --format sarif --fail-on L404,L405 dev.policy
printf 'gopol 1.0\nenforce a {\n  when os.verison == 14\n}\n' >'50%, twice: b.policy'
run check --format github '50%, twice: b.policy'
run check --format xml dev.policy
run check --fail-on warnings dev.policy
