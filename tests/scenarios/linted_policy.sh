# shellcheck shell=sh
# A policy with something for several lints.
cat >dev.policy <<'P'
gopol 1.0
let unused = 1  # kept
let also = 2
enforce env {
  when os.family == macos and cpu.arch == arm64 and os.family == macos
  go.env { GOSUMDB = "sum.golang.org" }
}
warn named { when not (os.name != "Sonoma") or os.version in 14 .. 16 or os.build matches "23F79" shell.profile "zsh" { EDITOR = "vi" } }
# gopol:ignore L409 until 2099-12-31 because "the release builds use it, PLAT-311"
enforce go { go.toolchain "default" { version = 1.22.2 } }
enforce old { go.toolchain "default" { arch = arm64 } }  # gopol:ignore L409 until 2099-12-31 because "x"
P
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }
short() { run "$@" | grep -E '^(\$|exit|[a-z]+\[|[0-9])'; }
