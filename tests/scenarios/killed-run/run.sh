# A run that was killed is finished, or taken back with all that it did, by choice.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
env_of_go='mac/root/Users/dev/Library/Application Support/go/env'
cat >dev.policy <<'P'
gopol 1.0
enforce motd { because "r"  file "${user.home}/work/motd" { content = "welcome" } }
enforce env  { because "r"  after motd  go.env { GOPROXY = off } }
P
killed() { # as after a kill between the write and the line that tells of it
  rm -rf mac && cp -R "$SOURCE/examples/machines/m3-sonoma" mac && chmod -R u+w mac
  "$GOPOL" apply --yes --unsigned dev.policy --machine mac --in-place >/dev/null
  journal=$(find mac -name journal.jsonl)
  sed -i -e '$d' "$journal" && sed -i -e '$d' "$journal"
  tail -1 "$journal" | grep -o '"step":"[a-z]*","family":"[a-z.]*"'
}
echo "# nobody there to ask: it is finished"
killed
run apply --yes --unsigned dev.policy --machine mac --in-place
echo "# said beforehand"
killed
run apply --yes --unsigned dev.policy --machine mac --in-place --killed finish
killed
run apply --yes --unsigned dev.policy --machine mac --in-place --killed take-back
cat "$env_of_go"
find mac/root/Users/dev -name motd
run plan dev.policy --machine mac
run apply --yes --unsigned dev.policy --machine mac --killed never
