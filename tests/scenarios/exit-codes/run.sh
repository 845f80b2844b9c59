# Findings, pending, unknown left; and their precedence.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
run plan missing.policy
printf 'gopol 1.0\nenforce a { go.env { GOSUMDB = off } }\n' >a.policy
printf 'gopol 1.0\nwarn a { go.env { GOSUMDB = off } }\n' >b.policy
run plan
run plan a.policy
run plan b.policy
printf 'gopol 1.0\nenforce a { go.env { GOSUMDB = off } }\nwarn b { go.env { GOVCS = "public:git" } }\n' >both.policy
run plan both.policy
printf 'gopol 1.0\nenforce a { when machine.managed  go.env { GOSUMDB = off } }\n' >unknown.policy
cp -R "$SOURCE/examples/machines/m3-sonoma" mac && rm mac/tools/profiles
run plan unknown.policy --machine mac
run plan unknown.policy --machine mac --strict
printf 'gopol 1.0\nenforce a { on unknown fail when machine.managed  go.env { GOSUMDB = off } }\n' >fails.policy
run plan fails.policy --machine mac --strict
run plan a.policy --machine nowhere
run explain P9999
"$GOPOL" explain l305 | head -3
run why go.env.GOPROXXY a.policy
run apply a.policy --in-place
