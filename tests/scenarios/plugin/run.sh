# A program as a provider; and programs that crash, hang, talk garbage, flood, or may be written by others.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
providers="$HOME/.config/gopol/providers.d"
mkdir -p "$providers"
chmod go-w "$HOME/.config/gopol" "$providers"
install -m 755 "$SOURCE/examples/providers.d/corp-motd" "$providers/corp-motd"
printf 'gopol 1.0\nenforce m { corp.motd { text = "say \\"hi\\"" } }\n' >m.policy
run plan m.policy
run apply m.policy --yes --unsigned
cat "$HOME/.motd"
run plan m.policy
echo "# what it did is taken back, by itself"
run undo --yes
[ -e "$HOME/.motd" ] || echo "as it was: no file"
run apply m.policy --yes --unsigned --end-holds
echo "# a plugin that forgets what was there, and one that takes nothing back"
mkdir -m 755 others
sed 's/rm -f "$file"/: >"$file"/' "$SOURCE/examples/providers.d/corp-motd" >others/forgets
sed 's/"undo":true,//' "$SOURCE/examples/providers.d/corp-motd" >others/stays
chmod 755 others/forgets others/stays
run provider test others
run provider test "$providers"
printf 'gopol 1.0\nenforce m { corp.motd { txt = "hello" } }\n' >typo.policy
run check typo.policy
plugin() { printf '#!/bin/sh\n%s\n' "$2" >"$providers/$1"; chmod 755 "$providers/$1"; }
deadline() { printf '[providers]\ndeadline = "%s"\n' "$1" >"$HOME/.config/gopol/gopol.toml"; }
deadline 10m
plugin crash 'echo "it broke" >&2; exit 3'
plugin dies 'kill -9 $$'
plugin garbage 'echo hello'
plugin floods 'yes'
plugin liar 'echo "{\"ok\":{\"protocol\":7,\"family\":\"x\"}}"'
plugin twice 'echo "{\"ok\":{\"protocol\":1,\"family\":\"os\",\"attributes\":[]}}"'
plugin open 'echo "{}"'
chmod 777 "$providers/open"
run plan m.policy
echo "# one that never ends, alone: the others may take their time"
rm "$providers"/*
plugin hangs 'sleep 3600'
deadline 1s
printf 'gopol 1.0\nenforce m { file "${user.home}/.motd" { mode = "0644" } }\n' >m.policy
run plan m.policy
echo "# whoever asks is told of what did not load, once; for doctor it is a finding"
rm "$providers"/*
plugin open 'echo "{}"'
chmod 777 "$providers/open"
for command in "facts os.name" "why os.name" "check m.policy" doctor; do
  echo "$command: $("$GOPOL" $command 2>&1 | grep -c 'open. may be written by others')"
done
"$GOPOL" doctor --json >/dev/null 2>&1
echo "exit $?"
