# Lints by their codes; what `--fix` mends, what a comment silences, and data that is broken or not there.
. "$SOURCE/tests/scenarios/linted_policy.sh"
short check --fail-on L601,L999 dev.policy
short check --fail-on L601 dev.policy
short check --fix dev.policy
cat dev.policy
short check dev.policy

# A day past the comment's date, on a recorded machine.
cat >ignored.policy <<'P'
gopol 1.0
# gopol:ignore L410 until 2026-11-22 because "an old build, BUILD-9"
enforce a { go.env { GO111MODULE = off } }
# gopol:ignore L402 until 2026-11-23 because "the lab has no way out, LAB-7"
enforce b { go.env { GOSUMDB = off } }
# gopol:ignore L402
# gopol:ignore L4O2 until 2026-11-23 because "a typo"
# gopol:ignore P2001 until 2026-11-23 because "an error"
P
run check --machine "$SOURCE/examples/machines/m3-sonoma" ignored.policy

# Data that is broken says so; data that is not there says nothing.
cp -R "$SOURCE/share" share
rm share/knowledge/go-releases.tsv
run_with() { echo "\$ GOPOL_SHARE=share gopol $*"; GOPOL_SHARE="$PWD/share" "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }
run_with check dev.policy
printf 'version\tdate\tsecurity\ngo1.22.2\tsoon\tyes\n' >share/knowledge/go-releases.tsv
run_with check dev.policy
