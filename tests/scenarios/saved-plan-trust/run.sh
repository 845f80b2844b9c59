# A saved plan is held to what it was made of: the repository, however gopol.toml spells it, that it was signed, and the policy.
# Whatever changed since: the exit code, what is said, and whether the machine is as it was.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann
key eve
may_sign ann
may_sign eve
: >revoked
team
git -C team branch side
cp -R team other
git init -q -b main own
printf 'gopol 1.0\nenforce mine { go.env { GOFLAGS = ["-trimpath"] } }\n' >own/own.policy
git -C own add -A && git -C own commit -qm own
signed() { source_is "trust = \"$here/allowed\"" "revoked = \"$here/revoked\"" "$@"; }
signed
run pull
run plan --out agreed.plan
cp -R "$HOME" kept && cp -R team team.kept
of() { sed -i "s|^url = .*|url = \"$1\"|" "$config"; }
after() { # after WHAT COMMAND...: a laptop that has this plan, and then that
  rm -rf "$HOME" team && cp -R kept "$HOME" && cp -R team.kept team
  : >revoked
  what=$1
  shift
  "$@"
  machine >before
  "$GOPOL" apply "$here/agreed.plan" --yes </dev/null >said 2>&1
  code=$?
  state=changed
  ! machine | cmp -s - before || state="as it was"
  echo "$what: exit $code, the machine is $state"
  grep '^error' said | sed -f "$names" | sed -E 's/refused [0-9]+ s ago/refused N s ago/; s/ [0-9]+ d ago/ MANY d ago/'
}
pulled() { quietly pull || echo "the pull fails"; }
echo "# the same"
after "nothing" true
after "spelled otherwise" of "$here/./team/"
aged() { sed -i "s/\"checked\": \"[^\"]*\"/\"checked\": \"$(date -u -d '40 days ago' +%Y-%m-%dT%H:%M:%SZ)\"/" "$HOME/.local/state/gopol/trust.json"; }
words() { echo "Words." >team/README && commit words eve && pulled; }
after "another commit, the same policy, somebody else who may sign" words
echo "# not the same"
other() { of "$here/other" && pulled; }
after "another repository that has the very commit" other
branch() { signed 'branch = "side"' && pulled; }
after "another branch that has it" branch
second() { printf '[[source]]\nurl = "%s"\ntrust = "none"\n' "$here/own" >>"$config" && pulled; }
after "one more source" second
nobody() { source_is 'trust = "none"' && pulled; }
after "the same commit, and nobody is asked who signed it" nobody
file() { rm "$config" && cp team/dev.policy .; }
after "no source, and the same text in a file here" file
rm dev.policy
moved() { policy two.example && commit second ann && pulled; }
after "another policy" moved
echo "# not trusted now"
revoked() { public ann >revoked; }
after "its key is revoked" revoked
refused() { policy two.example && commit open none && quietly pull; }
after "a later commit was refused" refused
after "the server was not heard for long" aged
gone() { signed_source 'name = "team/go"'; }
after "the policy must have a name" gone
