# Commits that nobody who may sign has signed: none is used.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann; key eve; key old; key scoped; key revoked
may_sign ann 'namespaces="git"'
may_sign old 'valid-after="20230101",valid-before="20240101"'
may_sign scoped 'namespaces="file"'
may_sign revoked
public revoked >revoked-keys
team
good=$(git -C team rev-parse HEAD)
signed_source "revoked = \"$here/revoked-keys\""
run pull
run apply --yes
policy evil.example
commit stripped ann
git -C team cat-file commit HEAD | sed '/^gpgsig /,/END SSH SIGNATURE/d' >raw
git -C team reset -q --hard "$(git -C team hash-object -t commit -w --stdin <raw)"
note stripped HEAD
attack "a stripped signature"
back_to "$good"
policy evil.example
commit other ann
git -C team cat-file commit HEAD | sed 's/^author Ann/author Eve/' >raw
git -C team reset -q --hard "$(git -C team hash-object -t commit -w --stdin <raw)"
note changed HEAD
attack "a commit changed after it was signed"
for who in eve old scoped revoked; do
  back_to "$good"
  policy "$who.example"
  commit "by-$who" "$who"
  attack "signed by $who"
done
back_to "$good"
git -C team switch -q -c feature
policy evil.example
commit feature ann
git -C team switch -q main
commit main ann
dated "$(today)" git_as ann merge -q --no-gpg-sign --no-ff -m merge feature
note merge HEAD
attack "an unsigned merge of signed commits"
commit above ann
attack "an unsigned merge below a signed commit"
tip=$(git -C team rev-parse HEAD)
back_to "$good"
dated 2024-06-01T10:00:00Z git_as ann merge -q -S --no-ff -m mended "$tip"
note mended HEAD
echo "# mended as the message says"
run pull
back_to HEAD~1
policy none.example
day=10
commit unsigned none
echo "# the first pull of a machine: the tip must be signed"
rm -rf "$HOME/.local/state"
run pull
run plan
