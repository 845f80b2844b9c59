# Broken policies and files: one clear message each, nothing changed.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1 | cut -c 1-200; }
printf 'gopol 1.0\nenforce a {\n  go.env { GOSUMDB = of' >truncated.policy
run check truncated.policy
{ printf '\177ELF\002\001\001'; head -c 300 /dev/zero; } >binary.policy
run check binary.policy | head -3
{ printf 'gopol 1.0\nenforce a { because "'; head -c 10000000 /dev/zero | tr '\0' x; printf '"\n oops }\n'; } >long.policy
run check long.policy
{ printf 'gopol 1.0\nlet x = '; head -c 10000 /dev/zero | tr '\0' '['; } >deep.policy
run check deep.policy
mkdir folder.policy
run check folder.policy
mkdir -p "$HOME/.config/go"
printf 'gopol 1.0\nenforce a { go.env { GOPROXY = direct } }\n' >ok.policy
printf '\357\273\277GOFLAGS=-v\r\nGOPROXY=https://a.example\r\nexport X=1\njunk\n\nGOPROXY=off\r\n' >"$HOME/.config/go/env"
run plan ok.policy
run apply ok.policy --yes --unsigned
od -c "$HOME/.config/go/env" | head -20
mkdir -p "$HOME/.config/gopol"
printf 'labels = 3\n[downlod]\n' >"$HOME/.config/gopol/gopol.toml"
run plan ok.policy
printf '[' >"$HOME/.config/gopol/gopol.toml"
run plan ok.policy
rm "$HOME/.config/gopol/gopol.toml"
echo '{' >"$HOME/.local/state/gopol/ledger.json"
run plan ok.policy
echo '# options come after the command'
run --machine mac apply
run -y apply ok.policy
run --json=1 plan
rm "$HOME/.local/state/gopol/ledger.json"
echo '# snapshots and saved plans'
rm -f "$HOME/.config/go/env"
brackets() { head -c 200000 /dev/zero | tr '\0' "$1"; }
snapshot() { printf '%s' "$1" >facts.json; run plan ok.policy --facts facts.json; }
snapshot '{'
snapshot '{"schema":"1","facts":[]}'
snapshot '{"schema":1,"facts":[7]}'
snapshot '{"schema":1,"facts":[{"slot":{"family":"go.env","attribute":7},"value":true,"inherited":"x"}]}'
snapshot '{"schema":1,"facts":[{"slot":{"family":"go.env","attribute":"GOPROXY"},"value":true}]}'
snapshot "{\"schema\":1,\"facts\":$(brackets '[')$(brackets ']')}"
printf '{"gopol":"plan","schema":1,"items":%s%s}' "$(brackets '[')" "$(brackets ']')" >deep.plan
run apply deep.plan --yes
