# One item of each kind that cannot be made, beside ten that can: the ten are made, the others say why.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
home=mac/root/Users/dev
printf '[url "https://a.example/"]\n\tinsteadOf = https://one.example/\n\tinsteadOf = https://two.example/\n' >>"$home/.gitconfig"
mkdir -p mac/root/Library/Apple/usr/libexec/oah "$home/go-damaged/bin" "$home/taken"
echo rosetta >mac/root/Library/Apple/usr/libexec/oah/libRosettaRuntime
echo 'not a Go' >"$home/go-damaged/VERSION"
cat >ten.policy <<'P'
gopol 1.0
enforce values   { because "two insteadOf"  git.config "url.https://a.example/.insteadOf" { value = "https://three.example/" } }
enforce tree     { because "damaged"        go.toolchain "default" { version = 1.22.2  directory = "${user.home}/go-damaged" } }
enforce rosetta  { because "no translation" os.rosetta absent }
enforce left     { because "one says so"    file "${user.home}/both" { content = "left\n" } }
enforce right    { because "other says so"  file "${user.home}/both" { content = "right\n" } }
enforce gone     { because "not here"       file "${user.home}/there" absent }
enforce there    { because "here"           file "${user.home}/there" { mode = "0644" } }
enforce open     { because "any"            git.config "core.editor" { value matches "v*" } }
enforce round    { because "first" after trip   file "${user.home}/round" { content = "1" } }
enforce trip     { because "first" after round  file "${user.home}/trip" { content = "1" } }
enforce whole    { because "all of it"      file "${user.home}/.bash_profile" { content = "export A=1\n" } }
enforce part     { because "a part of it"   shell.profile "bash" { B = "2" } }
enforce waits    { because "later" after values  file "${user.home}/later" { content = "1" } }
warn    hidden   { because "look"           file "${user.home}/hidden/x" { content = "1" } }
P
for n in 1 2 3 4 5; do
  echo "enforce f$n { because \"healthy\" file \"\${user.home}/f$n\" { content = \"$n\\n\" } }"
  echo "enforce g$n { because \"healthy\" git.config \"corp.g$n\" { value = \"$n\" } }"
done >>ten.policy
run check ten.policy
run plan ten.policy --machine mac
run plan ten.policy --machine mac --json >plan.json; tail -14 plan.json
grep -c '"state": "change"' plan.json
run apply ten.policy --machine mac --in-place
cat "$home"/f1 "$home"/f5; "$GOPOL" facts 'git.config["corp.g5"].value' --machine mac
ls "$home/both" "$home/there" "$home/round" "$home/later" 2>&1 | sed 's/^ls: //'
run plan ten.policy --machine mac
run why 'file["/Users/dev/both"].content' ten.policy --machine mac
run why 'file["/Users/dev/later"].content' ten.policy --machine mac
