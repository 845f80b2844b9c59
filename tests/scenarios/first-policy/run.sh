# The shortest way: a policy, a plan, an apply, an empty plan.
cat >dev.policy <<'P'
gopol 1.0
enforce env {
  because "modules come from our proxy"
  go.env { GOPROXY = ["https://goproxy.corp.example", direct]   GOPRIVATE includes ["git.corp.example/*"] }
}
P
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
run check
run plan
run apply --yes
run apply --yes --unsigned
run plan
cat "$HOME/.config/go/env"
echo 'GOPROXY=off' >>"$HOME/.config/go/env"
run plan
run apply --yes --unsigned
cat "$HOME/.config/go/env"
GOPROXY=direct "$GOPOL" plan
