# Secrets and characters that deceive, planted on a machine and in a policy: no command prints one, in any format.
mkdir -p "$HOME/.config/go"
printf 'GOPROXY=https://joe:S01pass@a.example,https://S02token@b.example/p?token=S03query\nGOFLAGS=-ldflags=-X=main.key=S04flag\nGOPRIVATE=x\033[31m.example\n' >"$HOME/.config/go/env"
printf '[http "https://a.example/"]\n\textraHeader = Authorization: Bearer S05header\n[url "https://joe:S06key@a.example/"]\n\tinsteadOf = https://a.example/\n' >"$HOME/.gitconfig"
printf 'machine a.example login joe password S07netrc\n' >"$HOME/.netrc"
printf 'npm=S08line\n' >"$HOME/.rc"
printf 'old S09file\n' >"$HOME/f"
printf 'export API=S10old\n' >"$HOME/.profile"
cat >dev.policy <<'P'
gopol 1.0
enforce env {
  because "as \u{202E} said \u{9b}2J by \u{1b}[31mus"
  go.env { GOPROXY = ["https://joe:S11policy@c.example", direct]  GOFLAGS includes ["-mod=mod"]  GOPRIVATE includes ["y"] }
}
enforce git {
  git.config "http.https://a.example/.extraHeader" { value = "Authorization: Bearer S12policy" }
  git.config "url.https://joe:S06key@a.example/.insteadOf" { value = "https://a.example/" }
}
enforce files {
  line "${user.home}/.rc" { lines includes ["a"] }
  line "${user.home}/.netrc" { lines includes ["# hi"] }
  line "${user.home}/.npmrc" { lines includes ["# hi"] }
  file "${user.home}/f" { content = "new\n" }
  file "${user.home}/g" { content = "https://joe:S13new@a.example\n" }
  shell.profile "bash" { API = "S14policy"  EDITOR = "vim" }
}
P
found() { # of the bytes that were planted; those that only a file's owner reads are its business
  for secret in S01pass S02token S03query S04flag S05header S06key S07netrc S08line S09file S10old S11policy S12policy S13new S14policy; do
    grep -aq "$secret" "$1" && printf ' %s' "$secret"
  done
  LC_ALL=C grep -aq "$(printf '\033')" "$1" && printf ' ESC'
  LC_ALL=C grep -aq "$(printf '\302\233')" "$1" && printf ' C1'
  LC_ALL=C grep -aq "$(printf '\342\200\256')" "$1" && printf ' bidi'
  echo
}
modes() { for file; do echo "$(ls -l "$file" | cut -c1-10) $(basename "$file")"; done; }
said() {
  status=0
  "$GOPOL" "$@" </dev/null >said.txt 2>&1 || status=$?
  printf '%s: exit %s:%s\n' "$*" "$status" "$(found said.txt)"
}
echo "# what is printed"
said plan dev.policy
said plan -v dev.policy
said plan --strict --keep dev.policy
said plan --json dev.policy
python3 -c 'import json; json.load(open("said.txt"))' || echo "not JSON"
said facts
said facts --json
said facts go.env git.config line file shell.profile
for slot in go.env.GOPROXY go.env.GOFLAGS 'shell.profile["bash"].API' 'git.config["http.https://a.example/.extraHeader"].value'; do
  said why "$slot" dev.policy
done
said why go
said why go --json
said why module a.example/m
said why module --json a.example/m
grant='tcc.grant["com.apple.Terminal"].SystemPolicyAllFiles'
{ cat dev.policy; echo 'warn t { tcc.grant "com.apple.Terminal" { SystemPolicyAllFiles = allowed } }'; } >grants.policy
said guide "$grant" grants.policy --machine "$SOURCE/examples/machines/m3-sonoma"
said profile grants.policy --machine "$SOURCE/examples/machines/m3-sonoma"
said test dev.policy -v
said test dev.policy --mutate
said test dev.policy --format junit
said explain go.env
said import
said doctor
said doctor --json
for format in text json sarif github; do said check --format "$format" dev.policy; done
sed 's/S11policy/S13new/; s/S14policy/S12policy/' dev.policy >other.policy
for format in text json markdown sarif junit github; do said diff dev.policy other.policy --format "$format"; done
echo "# a snapshot, and one to hand on"
said facts --record plain.json --policy dev.policy
said facts --record redacted.json --policy dev.policy --redact
echo "redacted:$(found redacted.json)"
said plan dev.policy --facts redacted.json
said plan dev.policy --out saved.plan
modes plain.json saved.plan "$HOME/.local/state/gopol/redaction.key"
echo "# apply, and what it leaves"
said apply --yes --unsigned dev.policy
said log
said log --json
said log "file[\"$HOME/f\"].content"
modes "$HOME/g" "$HOME/.npmrc"
echo "# the plan that was saved: nothing is as it was"
said apply saved.plan --yes --unsigned
said apply --yes --unsigned other.policy
sed -i 's/S14policy/S10old/' "$HOME/.profile"
said plan other.policy
said undo files --yes
said undo go.env.GOPROXY --yes
said undo --yes
said log
said apply --yes --unsigned --end-holds dev.policy
printf 'gopol 1.0\n' >none.policy
cp dev.policy named.policy && cp none.policy dev.policy
echo "# what was there before comes back: no rule asks for it any more"
said plan dev.policy
said plan -v dev.policy
said plan --json dev.policy
said plan dev.policy --out back.plan
for slot in "file[\"$HOME/f\"].content" "line[\"$HOME/.rc\"].lines" 'shell.profile["bash"].API'; do said why "$slot" dev.policy; done
sed -i 's/new/newer/' "$HOME/f"
said apply back.plan --yes --unsigned
said apply --yes --unsigned dev.policy
said log
said log --json
cp named.policy dev.policy
said apply --yes --unsigned --end-holds dev.policy
echo "# errors"
mkdir -p "$HOME/.config/gopol"
printf '[[source]]\nurl = "https://joe:S01pass@127.0.0.1:9/x"\ntrust = "none"\n' >"$HOME/.config/gopol/gopol.toml"
said pull
said source status
said plan
rm "$HOME/.config/gopol/gopol.toml"
printf 'gopol 1.0\n# \342\200\256\nenforce a { go.env { GOPROXY = "https://joe:S01pass@a.example" GOFLAGS = "\033[31m" x\302\233 } }\n' >bad.policy
for format in text json sarif github; do said check --format "$format" bad.policy; done
said plan bad.policy
said fmt --check bad.policy
"$GOPOL" why "$(printf 'x\033[31m\342\200\256')" >said.txt 2>&1
echo "why of such a name: exit $?:$(found said.txt)"
echo "# all of it taken back"
said leave --yes
said plan dev.policy
