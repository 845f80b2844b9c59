# Text, JSON and exit code count one plan in one way.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
printf 'gopol 1.0\nassert never { that os.family == macos message "x" }\n' >claim.policy
run plan claim.policy --machine "$SOURCE/examples/machines/linux-dev"
run plan claim.policy --machine "$SOURCE/examples/machines/linux-dev" --json | sed -n '/"summary"/,$p'
cat >hand.policy <<'P'
gopol 1.0
enforce brew { because "x" brew.install { arch = arm64 } }
enforce sums { go.env { GOSUMDB = off } }
P
run plan hand.policy --machine "$SOURCE/examples/machines/m1-ventura-clt"
run plan hand.policy --machine "$SOURCE/examples/machines/m1-ventura-clt" --json | sed -n '/"summary"/,$p'
