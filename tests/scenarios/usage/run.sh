# No command, one that there is not, options and arguments that are wrong, and help.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
run
run nonsense
run pln
run plan --machien x
run plan --machine
run plan one two
run check --format yaml
run --nonsense
run help
run help fmt
run help pln
