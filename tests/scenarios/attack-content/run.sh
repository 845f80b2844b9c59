# Signed, and yet no policy: trees that lead out of themselves, and files beyond all measure.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann
may_sign ann
team
good=$(git -C team rev-parse HEAD)
signed_source
run pull
run apply --yes
ln -sf /etc/passwd team/dev.policy
commit symlink ann
attack "the policy is a symlink"
back_to "$good"
mkdir team/files
ln -s /etc team/files/etc
printf 'gopol 1.0\nenforce m { file "${user.home}/stolen" { from = "files/etc/passwd" } }\n' >team/dev.policy
commit folder ann
attack "a folder on the way is a symlink"
back_to "$good"
printf 'gopol 1.0\nimport "../../../etc/passwd" as x\n' >team/dev.policy
commit import ann
attack "an import that leaves the repository: a mistake of the policy"
blob=$(git -C team rev-parse "$good:dev.policy")
raw_tree() { # raw_tree MODE NAME OBJECT: as git would never make it
  printf '%s %s\0' "$1" "$2" && env printf "$(echo "$3" | sed 's/../\\x&/g')"
}
tree_of() { git -C team hash-object -t tree -w --stdin --literally; }
commit_tree() { # commit_tree NAME TREE: signed, on top of the good one
  made=$(dated "$(today)" git_as ann commit-tree -S -p "$good" -m "$1" "$2")
  git -C team update-ref refs/heads/main "$made"
  note "$1" "$made"
}
good_entry() { raw_tree 100644 dev.policy "$blob"; }
above=$({ raw_tree 40000 .. "$(git -C team rev-parse "$good^{tree}")"; good_entry; } | tree_of)
commit_tree dots "$above"
attack "a folder named .."
slash=$({ raw_tree 100644 ../../.config/go/env "$blob"; good_entry; } | tree_of)
commit_tree slash "$slash"
attack "a file named ../../.config/go/env"
dotgit=$(printf '[core]\n\tfsmonitor = touch %s/pwned\n' "$here" | git -C team hash-object -w --stdin)
inner=$(raw_tree 100644 config "$dotgit" | tree_of)
git_tree=$({ raw_tree 40000 .git "$inner"; good_entry; } | tree_of)
commit_tree git-folder "$git_tree"
attack "a .git/config in the commit"
git -C team update-ref refs/heads/main "$good"
back_to "$good"
head -c 70000000 /dev/zero >team/dev.policy
commit huge ann
attack "a huge file"
back_to "$good"
git -C team rm -q --cached dev.policy
rm team/dev.policy
git -C team update-index --add --cacheinfo "160000,$good,dev.policy"
printf '[submodule "x"]\n\tpath = dev.policy\n\turl = --upload-pack=touch %s/pwned\n' "$here" >team/.gitmodules
git -C team add .gitmodules
dated "$(today)" git_as ann commit -q -S -m submodule
note submodule HEAD
attack "a submodule in the policy's place"
git -C team update-ref refs/heads/main "$good"
git -C team read-tree --reset "$good"
git -C team checkout-index -f dev.policy
rm team/.gitmodules
echo "# a server whose own configuration is malicious: none of it is run"
for name in core.fsmonitor core.sshCommand core.askPass uploadpack.packObjectsHook diff.external core.pager; do
  git -C team config "$name" "touch $here/pwned"
done
mkdir -p team/.git/hooks
printf '#!/bin/sh\ntouch %s/pwned\n' "$here" | tee team/.git/hooks/post-checkout team/.git/hooks/reference-transaction >/dev/null
policy two.example
git -C team -c core.fsmonitor=false add -A
dated 2024-07-01T10:00:00Z git_as ann -c core.fsmonitor=false -c core.hooksPath=/dev/null commit -q -S -m next
note next HEAD
rm -f pwned
chmod +x team/.git/hooks/*
run pull
[ ! -e pwned ] || echo "SOMETHING WAS RUN"
