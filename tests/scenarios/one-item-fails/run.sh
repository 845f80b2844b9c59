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
  echo "enforce f$n { because \"healthy\" file \"\${user.home}/f$n\" { content = \"$n\" } }"
  echo "enforce g$n { because \"healthy\" git.config \"advice.g$n\" { value = \"$n\" } }"
done >>ten.policy
echo "# planned: each says why; the errors themselves once"
run plan ten.policy --machine mac 2>errors
grep '^error' errors
"$GOPOL" plan ten.policy --machine mac --json 2>/dev/null | sed -n '/"summary"/,$p'
echo "# a saved plan has the same words"
"$GOPOL" plan ten.policy --machine mac --out ten.plan >/dev/null 2>&1
grep -o '"state": "[a-z]*"' ten.plan | sort | uniq -c
echo "# applied: ten are made, nothing else is touched"
run apply --yes --unsigned ten.policy --machine mac --in-place 2>/dev/null | grep -E '^ ok|^ failed|^ skipped|^exit|^converged'
cat "$home"/f1 "$home"/f5; echo; "$GOPOL" facts 'git.config["advice.g5"].value' --machine mac
for name in both there round trip later .bash_profile; do [ -e "$home/$name" ] && echo "$name was made"; done
echo "# a second plan has only those that cannot be made"
run plan ten.policy --machine mac 2>/dev/null | grep -E '^ten|^ [x~]|^exit|change'
run apply --yes --unsigned ten.policy --machine mac --in-place 2>/dev/null | tail -2
run why 'file["/Users/dev/both"].content' ten.policy --machine mac 2>&1 | grep 'left alone'
run why 'file["/Users/dev/later"].content' ten.policy --machine mac 2>&1 | grep 'left alone'
echo "# the errors of check and test stay errors"
printf 'gopol 1.0\nenforce a { go.env { GOSUMDB = off } }\nenforce b { when os.family == macos go.env { GOSUMDB = "sum.golang.org" } }\ntest "t" { given { os.family = macos }  expect no changes }\n' >two.policy
run test two.policy
run plan two.policy --machine mac 2>/dev/null
