# Commits made from a signed one without its key: the same signature, other bytes. None is used.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann
may_sign ann
team 2
signed_source
run pull
good=$(git -C team rev-parse HEAD)
policy old.example 1
message="try the old policy

Reviewers asked for this line, we do not want it:
Gopol-Revert: 1

Signed-off-by: Ann <ann@corp.example>" commit honest ann
attack "a message that speaks of a revert, in another place than its last paragraph"
git -C team cat-file commit HEAD >honest.raw
git -C team cat-file commit HEAD | sed -n '/^gpgsig /,/END SSH SIGNATURE/p' >signature
forged() { # forged NAME: the commit whose bytes come in is the tip
  git -C team reset -q --hard "$(git -C team hash-object -t commit -w --literally --stdin)"
  note "$1" HEAD
}
unsigned() { sed '/^gpgsig /,/END SSH SIGNATURE/d' honest.raw; }
{
  unsigned | sed '/^Gopol-Revert/{n;s/^$/gpgsig/;}' | sed '$d'
  cat signature
  tail -n 1 honest.raw
} | forged in-message
attack "its signature moved into the message, an empty line made a word that is dropped"
{ cat honest.raw && printf '\0' && echo "Gopol-Revert: 1"; } | forged with-nul
attack "more behind a NUL"
sed "/^committer /r signature" honest.raw | forged two-signatures
attack "two signatures"
sed "s/^ -----END SSH SIGNATURE-----/&\nencoding UTF-8/" honest.raw | forged amid
attack "its signature amid the headers"
sed "/^committer /a tree $(git -C team rev-parse "$good^{tree}")" honest.raw | forged two-trees
attack "two trees"
back_to "$good"
run pull
echo "# its signature is spelled otherwise: it says the same, and the one that the team has is not refused for it"
policy two.example 2
commit second ann
git -C team cat-file commit HEAD >honest.raw
sed "s/^ -----END SSH SIGNATURE-----/& /" honest.raw | forged twin
run pull
git -C team reset -q --hard "$(sed -n 's/^s|\([0-9a-f]\{40\}\)|<second>|g$/\1/p' "$names")"
policy three.example 2
commit third ann
run pull
