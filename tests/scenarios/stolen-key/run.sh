# A signing key is stolen. The team takes it back: what that is to a laptop that is online, to one that is away for 20 days,
# and to one whose clock is wrong.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann; key lost; key ended
may_sign ann; may_sign lost; may_sign ended 'valid-before="20250101"'
: >revoked-keys
on() { # on LAPTOP: whose home and configuration are meant from here on
  HOME=$here/$1
  export HOME
  config=$HOME/.config/gopol/gopol.toml
  mkdir -p "$HOME/.config/gopol"
  source_is 'trust = "allowed"' 'revoked = "revoked-keys"'
}
rolled_out() { cp "$here/allowed" "$here/revoked-keys" "$HOME/.config/gopol/"; } # by whoever manages the laptops
team
for laptop in online away clock; do
  on $laptop
  rolled_out
  quietly pull
  quietly apply --yes
done

echo "# the thief signs, and nobody knows it yet"
policy evil.example
commit evil lost
on online
run pull
run plan
echo "# the team revokes the key: what was pulled is used no more"
public lost >revoked-keys
rolled_out
machine >before
run plan
run apply --yes
run pull
run plan
run apply --yes
run source status
mv team team.away
run pull
mv team.away team
machine | cmp -s - before || echo "THE MACHINE WAS CHANGED"
echo "# it puts a good commit on top"
policy good.example
commit good ann
run pull
run plan

echo "# away for 20 days, without a server and without the news"
on away
sed -i "s/\"checked\": \"[^\"]*\"/\"checked\": \"$(date -u -d '20 days ago' +%Y-%m-%dT%H:%M:%SZ)\"/" "$HOME/.local/state/gopol/trust.json"
mv team team.away
run plan
echo "# the news comes before the server: what is there was signed by another key, and is verified anew"
rolled_out
machine >before
run plan
run pull
run plan
mv team.away team
echo "# the server is back, and the stolen key lies on the way"
run pull
run plan
machine | cmp -s - before || echo "THE MACHINE WAS CHANGED"
echo "# as the message says"
git -C team switch -q -d "$(git -C team rev-list --max-parents=0 main)"
dated "$(today)" git_as ann merge -q -S --no-ff -m mended main
git -C team switch -q -C main
note mended HEAD
run pull
on online
run pull

echo "# a clock that was set back"
on clock
rolled_out
sed -i 's/"latest": "[^"]*"/"latest": "2199-01-01T00:00:00Z"/' "$HOME/.local/state/gopol/trust.json"
"$GOPOL" pull 2>&1 | sed -E 's/the clock says [^,]*/the clock says NOW/'
"$GOPOL" plan 2>&1 | sed -E 's/the clock says [^,]*/the clock says NOW/'
sed -i 's/"latest": "[^"]*"/"latest": "2024-06-01T00:00:00Z"/' "$HOME/.local/state/gopol/trust.json"
echo "# a key that has ended signs nothing new, whatever date it writes"
policy late.example
commit late ended
run pull
run plan
