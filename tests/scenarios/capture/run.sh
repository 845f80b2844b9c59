# A capture answers as the machine that it was taken of: what doctor, plan, facts and why print of both is compared. What
# nobody asked when it was taken is unknown, and nothing is written. Secrets of all kinds are not in it.
policy=$SOURCE/examples/mac-go.policy
same() { # same MACHINE CAPTURE COMMAND...: with the exit code
  machine=$1 capture=$2
  shift 2
  said=0; "$GOPOL" "$@" --machine "$machine" >there.txt 2>&1 || said=$?; echo "exit $said" >>there.txt
  said=0; "$GOPOL" "$@" --machine "$capture" >here.txt 2>&1 || said=$?; echo "exit $said" >>here.txt
  cmp -s there.txt here.txt || { echo "differs: $1 $2"; diff there.txt here.txt | head -n 10; }
}
for machine in "$SOURCE"/examples/machines/*/; do
  name=$(basename "$machine")
  echo "=== $name"
  "$GOPOL" capture "$name.capture" --machine "$machine" --policy "$policy" | sed 's/^[0-9]*/N/; s/[0-9]* KB/N KB/'
  same "$machine" "$name.capture" doctor -v
  same "$machine" "$name.capture" doctor --json
  same "$machine" "$name.capture" facts
  same "$machine" "$name.capture" plan -v "$policy"
  same "$machine" "$name.capture" plan --json "$policy"
  same "$machine" "$name.capture" why go
  for slot in go.env.GOPROXY 'go.toolchain["default"].version' xcode.clt.version; do
    same "$machine" "$name.capture" why "$slot" "$policy"
  done
done

echo "=== not asked, not written"
echo 'gopol 1.0
warn other { file "/etc/other" present }' >other.policy
"$GOPOL" plan other.policy --machine m3-sonoma.capture; echo "exit $?"
"$GOPOL" apply --yes --unsigned "$policy" --machine m3-sonoma.capture; echo "exit $?"
ls -l m3-sonoma.capture | cut -c1-10

echo "=== secrets"
mkdir mac && cp -R "$SOURCE/examples/machines/m3-sonoma/." mac && home=mac/root/Users/dev
mkdir -p "$home/Library/Application Support/go"
cat >"$home/Library/Application Support/go/env" <<'E'
GOPROXY=https://joe:S1pass@proxy.corp.example,https://S2token@two.example,https://p3.example/path?token=S3query
GOFLAGS=-ldflags=-X=main.key=S4flag
GOAUTH=netrc
E
cat >"$home/.gitconfig" <<'E'
[url "https://oauth2:S5insteadof@git.corp.example/"]
	insteadOf = https://git.corp.example/
[http "https://git.corp.example/"]
	extraHeader = Authorization: Bearer S6header
E
echo 'machine proxy.corp.example login joe password S7netrc' >"$home/.netrc"
printf 'export GITHUB_TOKEN=S8profile\nexport API_KEY="S9quoted"\n' >>"$home/.zprofile"
printf 'npm=S10line\n# mine\n' >"$home/.rc"
printf 'old S11file\n' >"$home/f"
sed '/^\[environment\]/a GOPROXY = "https://S12env@proxy.corp.example"\nGOPOL_TOKEN = "S13env"' mac/machine.toml >machine.toml
mv machine.toml mac/
cat >secrets.policy <<'P'
gopol 1.0
enforce env { go.env { GOPROXY = ["https://joe:S14policy@goproxy.corp.example", direct] GOFLAGS includes ["-mod=mod"] } }
enforce git {
  git.config "http.https://git.corp.example/.extraHeader" { value = "Authorization: Bearer S15policy" }
  git.config "url.https://git.corp.example/.insteadOf" { value = "https://g/" }
}
enforce files {
  line "${user.home}/.rc" { lines includes ["# mine"] }
  line "${user.home}/.netrc" { lines includes ["# hi"] }
  file "${user.home}/f" { content = "new\n" }
}
P
"$GOPOL" capture secrets.capture --machine mac --policy secrets.policy | sed 's/^[0-9]*/N/; s/[0-9]* KB/N KB/'
grep -o 'S[0-9]*[a-z][a-z]*' secrets.capture | grep -E '^S(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15)(pass|token|query|flag|insteadof|header|netrc|profile|quoted|line|file|env|policy)'
same mac secrets.capture doctor -v
same mac secrets.capture plan -v secrets.policy
same mac secrets.capture plan --json secrets.policy
for slot in go.env.GOPROXY 'line["/Users/dev/.rc"].lines'; do same mac secrets.capture why "$slot" secrets.policy; done

echo "=== no capture"
echo '{"gopol_capture": 2, "answers": {}}' >later.capture
echo '{' >damaged.capture
echo '{"gopol_capture": 1, "answers": {}}' >empty.capture
for file in later damaged empty none; do "$GOPOL" doctor --machine $file.capture; echo "exit $?"; done
