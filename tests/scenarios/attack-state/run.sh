# What lies on the machine is changed behind gopol's back: it notices.
. "$SOURCE/tests/scenarios/signed_repo.sh"
state=$HOME/.local/state/gopol
key ann
may_sign ann
team
signed_source
run pull
run apply --yes
machine >before
holds() { machine | cmp -s - before && echo "the machine is as it was" || echo "THE MACHINE WAS CHANGED"; }

echo "# the bundle is replaced, the trust floor is not"
cp -R "$state" saved
sed -i 's/one.example/evil.example/' "$state"/policies/*.json
run plan
run apply --yes
run source status
run pull
run plan
cp saved/policies/* "$state/policies/"
echo "# the bundle is gone"
rm "$state"/policies/*
run plan
run pull
echo "# the trust floor is gone, or no such thing"
mv "$state/trust.json" saved.json
run plan
echo '{}' >"$state/trust.json"
run apply --yes
mv saved.json "$state/trust.json"
run plan
holds

echo "# the clock is set back: what was seen is later than now"
cp "$state/trust.json" saved.json
sed -i 's/"latest": "[^"]*"/"latest": "2199-01-01T00:00:00Z"/' "$state/trust.json"
"$GOPOL" plan 2>&1 | sed -E 's/the clock says [^,]*/the clock says NOW/'
"$GOPOL" pull 2>&1 | sed -E 's/the clock says [^,]*/the clock says NOW/'
"$GOPOL" apply --yes >/dev/null 2>&1
echo "exit $?"
cp saved.json "$state/trust.json"
echo "# the server was last heard long ago"
sed -i 's/"checked": "[^"]*"/"checked": "2024-06-01T00:00:00Z"/' "$state/trust.json"
"$GOPOL" plan 2>&1 | sed -E 's/heard [0-9]+ d/heard MANY d/'
mv team team.away
"$GOPOL" pull 2>&1 | sed -E 's/heard [0-9]+ d/heard MANY d/'
mv team.away team
run pull
run plan
holds

echo "# the cache: an object is not what its name says"
policy two.example
commit second ann
run pull
cache=$(echo "$HOME"/.cache/gopol/policies/*)
policy three.example
commit third ann
blob=$(git -C team rev-parse HEAD:dev.policy)
evil=$(sed 's/three/evil/' team/dev.policy | git -C team hash-object -w --stdin)
object() { echo "objects/$(echo "$1" | cut -c1-2)/$(echo "$1" | cut -c3-)"; }
git --git-dir="$cache" fetch -q "$here/team" main 2>/dev/null
git --git-dir="$cache" unpack-objects -q <"$(find "$cache/objects/pack" -name '*.pack' | head -n 1)" 2>/dev/null
rm -rf "$cache/objects/pack"
(cd team/.git && for one in $(git rev-list --objects HEAD | cut -d' ' -f1); do
  mkdir -p "$cache/$(dirname "$(object "$one")")" && cp -f "$(object "$one")" "$cache/$(object "$one")"
done)
rm -rf "$cache/FETCH_HEAD" "$cache/objects/info"
chmod u+w "$cache/$(object "$blob")"
cp -f "team/.git/$(object "$evil")" "$cache/$(object "$blob")"
attack "a blob in the cache was replaced"
run pull
echo "# the cache: a configuration, a hook, other parents for a commit"
policy four.example
commit fourth ann
printf '[url "file:///evil"]\n\tinsteadOf = file://\n[http]\n\tsslVerify = false\n' >>"$cache/config"
attack "a configuration in the cache"
run pull
policy five.example
commit fifth ann
mkdir -p "$cache/info"
echo "$(git -C team rev-parse HEAD)" >"$cache/info/grafts"
attack "grafts in the cache"
run pull
echo "# references of the cache decide nothing"
for ref in $(git --git-dir="$cache" for-each-ref --format='%(refname)'); do
  git --git-dir="$cache" update-ref "$ref" "$(git -C team rev-parse HEAD~2)"
done
run pull

echo "# a policy planted in a repository that was cloned"
mkdir clone && cd clone
printf 'gopol 1.0\nenforce evil { go.env { GOFLAGS = ["-toolexec=/tmp/evil"] } }\n' >evil.policy
printf '[[source]]\nurl = "file:///evil"\ntrust = "none"\n' >gopol.toml
run apply --yes
rm "$config"
run apply --yes
run apply --yes --unsigned
grep -c toolexec "$HOME/.config/go/env"
