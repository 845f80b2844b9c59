# What can only be known on a machine: orders that cannot be, hidden effects, a provider that does not keep its
# law, another run.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cat >circle.policy <<'P'
gopol 1.0
enforce a { after b  file "${user.home}/a" { content = "1" } }
enforce b { after a  file "${user.home}/b" { content = "1" } }
P
run plan circle.policy
cat >whole.policy <<'P'
gopol 1.0
enforce all { file "${user.home}/.profile" { content = "export A=1\n" } }
enforce part { shell.profile "bash" { B = "2" } }
P
run plan whole.policy
cat >disagree.policy <<'P'
gopol 1.0
profile strict { enforce proxy { go.env { GOPROXY = off } } }
enforce proxy { go.env { GOPROXY = direct } }
P
run plan disagree.policy
cat >twice.policy <<'P'
gopol 1.0
enforce flags { go.env { GOFLAGS = ["-v"] } }
override flags { because "1"  when os.family in [linux, macos]  go.env { GOFLAGS = ["-x"] } }
override flags { because "2"  when cpu.arch is present  go.env { GOFLAGS = ["-n"] } }
P
run plan twice.policy
providers="$HOME/.config/gopol/providers.d"
mkdir -p "$providers"
chmod go-w "$HOME/.config/gopol" "$providers"
cat >"$providers/forgets" <<'P'
#!/bin/sh
# Says that it wrote, and did not.
read -r request
case $request in
  *schema*) echo '{"ok":{"protocol":1,"family":"corp.memory","doc":"forgets","attributes":[{"name":"text","type":{"kind":"string"},"doc":"what is forgotten","writable":true,"optional":true}]}}' ;;
  *observe*) echo '{"ok":{"values":[{"attribute":"text","value":{"absent":true}}]}}' ;;
  *) echo '{"ok":{}}' ;;
esac
P
chmod 755 "$providers/forgets"
printf 'gopol 1.0\nenforce memory { corp.memory { text = "a" } }\n' >memory.policy
run apply memory.policy --yes --unsigned
