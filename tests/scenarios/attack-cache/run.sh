# What lies in the cache of a repository is changed: what is signed decides, not what lies there; nor does a
# policy that lies in a folder.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann
may_sign ann
team
signed_source
quietly pull
quietly apply --yes

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
