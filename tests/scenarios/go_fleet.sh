# shellcheck shell=sh
# A policy of a team, and the facts of its fleet.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }
cat >base.policy <<'E'
gopol 1.0
let proxy = "https://goproxy.corp.example"
profile go_machines {
  when  os.family in [linux, macos]
  owner "platform"
  enforce go_version {
    because "one release for all, PLAT-12"
    go.toolchain "default" { version = 1.22.1 }
  }
  enforce go_proxy {
    because "module paths stay inside, PLAT-7"
    go.env { GOPROXY = [proxy, direct] }
  }
  enforce go_sums { because "SEC-3"  go.env { GOSUMDB = "sum.golang.org" } }
  enforce clt     { when os.family == macos  because "cgo"  xcode.clt { version >= 14.3 } }
}
enforce payments_pin {
  when    os.version < 14 and os.family == macos
  because "the build farm's release, PAY-9"
  owner   "payments"
  go.toolchain "default" { version in 1.22.x }
}
E
mkdir fleet
for machine in "$SOURCE"/examples/machines/*/; do
  name=$(basename "$machine")
  "$GOPOL" facts --machine "$machine" --policy base.policy --record "fleet/$name.json" >/dev/null || exit 1
done
sed -i 's/"recorded": "[^"]*"/"recorded": "2026-11-20T08:00:00Z"/' fleet/*.json

