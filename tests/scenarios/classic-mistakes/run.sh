# Two mistakes that other tools let pass, seen only on a machine: who wins, and what has ended.
# The others are in tests/golden/mistakes.
mac="$SOURCE/examples/machines/m3-sonoma"
run() { echo "\$ gopol $*" | sed "s|$SOURCE|SOURCE|"; "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }

# Ansible: the later, or more special, of two values wins, by twenty-two rules.
cat >precedence.policy <<'P'
gopol 1.0
enforce everybody { go.env { GOSUMDB = "sum.golang.org" } }
enforce macs { when os.family == macos go.env { GOSUMDB = "sum.golang.google.cn" } }
P
run plan precedence.policy --machine "$mac"

# An exception that nobody takes back.
cat >ended.policy <<'P'
gopol 1.0
enforce env { go.env { GOSUMDB = "sum.golang.org" } }
waive env until 2026-11-01 { because "the lab has no way out, LAB-7" owner "lab" }
P
run check ended.policy --machine "$mac"
