# shellcheck shell=sh disable=SC2034
# A policy and a recorded Mac, for plans that are saved.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
envfile="root/Users/dev/Library/Application Support/go/env"
fresh() { rm -rf mac && cp -R "$SOURCE/examples/machines/m3-sonoma" mac; }
state() { (cd mac && find . -type f -exec cksum {} + | sort | cksum); }
fresh
mkdir lib
cat >dev.policy <<'P'
gopol 1.0
import "lib/flags.policy" as flags
profile mine extends flags.all {}
enforce proxy { because "PLAT-7"  go.env { GOPROXY = ["https://goproxy.corp.example", direct] } }
enforce sums  { because "SEC-3"   go.env { GOSUMDB = "sum.golang.org" } }
enforce where { because "PLAT-9"  go.env { GOBIN = "${user.home}/bin" } }
enforce motd  { after sums  because "PLAT-8"  file "${user.home}/motd" { content = "welcome\n"  mode = "0644" } }
P
printf 'gopol 1.0\nprofile all { enforce flags { go.env { GOFLAGS includes ["-trimpath"] } } }\n' >lib/flags.policy
