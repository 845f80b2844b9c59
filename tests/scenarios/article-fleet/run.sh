# The article on Go and macOS: going back, drift, shares and rings.
. "$SOURCE/tests/scenarios/article.sh"

row "5 fast rollback: the policy as it was, applied again"
on m3-sonoma
env_file="mac/root/Users/dev/Library/Application Support/go/env"
policy <<'P'
enforce proxy { go.env { GOPROXY = "https://goproxy.corp.example,direct" } }
P
cp a.policy good.policy
run apply --yes --unsigned a.policy --machine mac --in-place
cp "$env_file" good
policy <<'P'
enforce proxy { go.env { GOPROXY = "https://goproxy-next.corp.example" } }
P
run apply --yes --unsigned a.policy --machine mac --in-place
run apply --yes --unsigned good.policy --machine mac --in-place
diff good "$env_file"

row "5 self-healing: drift is put right"
on m3-sonoma
cp good.policy a.policy
"$GOPOL" apply --yes --unsigned a.policy --machine mac --in-place >/dev/null 2>&1 </dev/null
sed -i 's/^GOPROXY=.*/GOPROXY=off/' "$env_file"
run plan a.policy --machine mac
run apply --yes --unsigned a.policy --machine mac --in-place
run plan a.policy --machine mac

row "5 compliance share: who is as the policy says"
share=0 all=0
on m3-sonoma
"$GOPOL" apply --yes --unsigned a.policy --machine mac --in-place >/dev/null 2>&1 </dev/null
for folder in mac "$machines"/*; do
  "$GOPOL" plan a.policy --machine "$folder" >/dev/null 2>&1 && share=$((share + 1))
  all=$((all + 1))
done
echo "$share of $all machines"

row "5 canary: rings"
on m3-sonoma
policy <<'P'
enforce canary { when machine.ring < 50   go.env { GOTOOLCHAIN = local } }
enforce rest   { when machine.ring >= 50  go.env { GOTOOLCHAIN = "auto" } }
P
run check a.policy
for mac in m1-ventura-clt m3-sonoma intel-sequoia; do
  on "$mac"
  facts machine.ring
  "$GOPOL" why go.env.GOTOOLCHAIN a.policy --machine mac | grep applies
done
