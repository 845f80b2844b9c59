# A source is the same however it is spelled: the server has an older commit again, and gopol.toml was edited meanwhile. And a
# policy with a name is not taken for another one that the same key signed.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann
may_sign ann
spelled() { # spelled URL [LINE...]: gopol.toml with this spelling
  url=$1
  shift
  { printf '[[source]]\nurl = "%s"\n' "$url"; for line in "$@"; do echo "$line"; done; } >"$config"
}
named() { # named NAME PROXY: a policy that says who it is
  printf 'gopol 1.0 name "%s"\nenforce env { go.env { GOPROXY = ["https://%s", direct] } }\n' "$1" "$2" >"$here/team/dev.policy"
}
lines="trust = \"$here/allowed\""
ln -s team linked
ln -s . above
team
first=$(git -C team rev-parse HEAD)
policy two.example
commit second ann
signed_source
run pull
quietly apply --yes
echo "# plan and pull know it in every spelling"
for url in "file://$here/team/" "$here/team" "$here/linked" "$here/above/team/.git"; do
  spelled "$url" "$lines"
  "$GOPOL" plan >/dev/null 2>&1 || [ $? = 2 ] || echo "plan of $url: $?"
  "$GOPOL" pull 2>&1 | sed -f "$names" | sed 's/^[^ ]*//'
done
spelled "$here/team" "$lines" 'path = "dev.policy"'
run pull
echo "# the server goes back, and gopol.toml was edited"
back_to "$first"
for url in "file://$here/team/" "$here/team" "$here/linked" "$here/above/team/.git"; do
  spelled "$url" "$lines"
  attack "as $(echo "$url" | sed "s|$here||")"
done
spelled "$here/team" "$lines" 'path = "dev.policy"'
attack "with a path"
cp team/dev.policy kept.policy
spelled "$here/team" "$lines" 'path = "./dev.policy"'
attack "with a path that is spelled otherwise"
git -C team worktree add -q --detach "$here/further" "$first"
mkdir pointer
echo "gitdir: ../team/.git" >pointer/.git
for name in further pointer; do
  spelled "$here/$name" "$lines"
  attack "by a folder that is $name to it"
done
git -C team worktree remove further
echo "# another policy of an old commit, which was never asked for"
back_to "$(sed -n 's/^s|\([0-9a-f]\{40\}\)|<second>|g$/\1/p' "$names")"
cp kept.policy team/mac.policy
commit third ann
policy four.example
commit fourth ann
spelled "$here/team" "$lines" 'path = "dev.policy"'
run pull
back_to HEAD~1
spelled "$here/team" "$lines" 'path = "mac.policy"'
run pull
git -C team reset -q --hard "$(sed -n 's/^s|\([0-9a-f]\{40\}\)|<fourth>|g$/\1/p' "$names")"
run pull

echo "# a policy with a name"
rm -rf team "$HOME/.local/state" "$HOME/.cache"
git init -q -b main team
named team/go one.example
commit named ann
signed_source 'name = "team/go"'
run pull
quietly apply --yes
run source status
named team/mac evil.example
commit another ann
attack "another policy that the same key signed"
run plan
back_to HEAD~1
run pull
policy evil.example
commit nameless ann
attack "one without a name"
back_to HEAD~1
quietly pull
signed_source
named team/mac evil.example
commit renamed ann
attack "gopol.toml names none: the name is the one that was used"
run source trust --yes
run pull
signed_source 'name = "team/go"'
echo "# what is kept is not what gopol.toml now asks for"
run plan
mv team team.away
run pull
mv team.away team
rm -rf "$HOME/.local/state"
run pull
