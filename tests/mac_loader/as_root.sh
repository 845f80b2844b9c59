#!/bin/bash
# What root does with a Mac's program as with that of Linux: as_root.sh GOPOL LOADER MAC_GOPOL SOURCE. `apply --as` makes what is
# a user's as that user, and what is root's in a part that stays root. What both print, how they end and whose the files are
# must be the same to the byte. Its user is in a mount namespace of its own. Ends with 77 for who is not root.
set -eu
# shellcheck disable=SC1091,SC2034 # read by name
if [ -z "${AS_ROOT_APART:-}" ]; then
  [ "$(id -u)" = 0 ] || { echo "skipped: not root"; exit 77; }
  unshare -m true 2>/dev/null || { echo "skipped: no mount namespace here"; exit 77; }
  AS_ROOT_APART=1 exec unshare -m "$0" "$@"
fi
gopol=$(realpath "$1") loader=$(realpath "$2") mac_gopol=$(realpath "$3") source=$(realpath "$4")
work=$(mktemp -d /tmp/gopol-XXXXXX)
trap 'rm -rf "$work"' EXIT
. "$source/tests/real/expect.sh"
need setpriv git ssh-keygen
chmod 755 "$work"
cd "$work"
user=12345
for file in passwd group; do
  cp -p "/etc/$file" "$file"
done
echo "dev:x:$user:$user::$work/home:/bin/sh" >>passwd
printf 'dev:x:%s:\ncrew:x:12346:dev\n' $user >>group
for file in passwd group; do mount --bind "$file" "/etc/$file"; done

# As packages put them; a Mac's is started with the loader.
for side in linux mac; do
  mkdir -p "$side/bin" "$side/share"
  cp -R "$source/share" "$side/share/gopol"
done
for program in gopol gopol-net gopol-git; do
  cp "$(dirname "$gopol")/$program" linux/bin/
  cp "$(dirname "$mac_gopol")/$program" mac/bin/
done
called=${MAC_LOADER_CALLED:-}
if [ -n "$called" ]; then
  : >called && chmod 666 called # by whoever the program has become
  export MAC_LOADER_CALLED=$work/called
fi
# shellcheck disable=SC2034 # read by name
linux=("$work/linux/bin/gopol") mac=("$loader" "$work/mac/bin/gopol")

# A team's policy, signed: what is root's in the middle of the order.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@corp.example
ssh-keygen -q -t ed25519 -N '' -C ann -f key
echo "ann@corp.example $(cut -d' ' -f1,2 key.pub)" >allowed
git init -q -b main team
cat >team/dev.policy <<P
gopol 1.0
enforce mine { line "\${user.home}/.profile" { lines includes ["umask 022"] } }
enforce one { after mine  file "$work/etc/one" { content = "one\n" mode = "0644" } }
enforce two { after one  directory "$work/etc/two" { mode = "0750" } }
enforce three { after two  file "$work/etc/two/three" { content = "three\n" mode = "0600" } }
enforce rooted { after three
  file "\${user.home}/rooted/deep/file" { content = "x\n" mode = "0640" }
  directory "\${user.home}/rooted/folder" { mode = "0750" }
  symlink "\${user.home}/rooted/link" { target = "file" }
}
enforce behind { after three  file "\${user.home}/new/behind" { content = "behind\n" } }
P
git -C team add -A
git -C team -c gpg.format=ssh -c user.signingkey="$work/key" commit -q -S -m policy
chown -R "$user:$user" team
printf '[[source]]\nurl = "file://%s/team"\ntrust = "%s/allowed"\n' "$work" "$work" >gopol.toml
session() { # session PROGRAM...
  run() {
    echo "\$ gopol $*"
    status=0
    env -i PATH="$PATH" HOME=/root LANG=C.UTF-8 NO_COLOR=1 SECRET_OF_ROOT=x GOPOL_CONFIG="$work/gopol.toml" \
      ${MAC_LOADER_CALLED:+MAC_LOADER_CALLED="$MAC_LOADER_CALLED"} "${program[@]}" "$@" </dev/null >output 2>&1 || status=$?
    sed -e 's/planned without .*/planned GUARDED/' output
    echo "ended with $status"
  }
  as_dev=(setpriv --reuid "$user" --regid "$user" --init-groups env HOME="$work/home" "$@") as_root=("$@")
  program=("${as_dev[@]}")
  run pull
  run plan
  program=("${as_root[@]}")
  run apply --as dev
  run apply --as dev --yes
  run apply --as dev --yes
  run apply --as nosuch --yes
  run apply --as root --yes
  run apply-root "$user"
  program=("${as_dev[@]}")
  run plan
  run apply --as dev --yes
  run undo behind --yes
  # Who it has become holds for what it makes, and what it may not write.
  mkdir etc/closed && chmod 700 etc/closed
  printf 'gopol 1.0\nenforce a { file "%s/etc/closed/a" { content = "a\\n" } }\n' "$work" >closed.policy
  run apply closed.policy --yes --unsigned --no-sudo
  printf 'gopol 1.0\nenforce a { directory "%s/home/shut" { mode = "0755" } }\n' "$work" >shut.policy
  run apply shut.policy --yes --unsigned
}
for side in linux mac; do
  rm -rf home etc
  mkdir -p home/shut etc
  printf '# mine\nexport EDITOR=vi\n' >home/.profile
  echo 'one of old' >etc/one
  chown -R $user:$user home
  chmod 700 home && chmod 0 home/shut # which its owner can enter no more
  mkdir home/rooted # of root's, in a home, as an earlier sudo left it
  declare -n program_of=$side
  session "${program_of[@]}" >"$side.said"
  # Folders of each system's own stay apart; all of them are the user's.
  find home \( ! -uid $user -o ! -gid $user \) ! -path home/rooted >"$side.strangers"
  find home etc \( -name Library -o -name .local -o -name .cache -o -name .config \) -prune -o -printf '%U %G %M %p\n' | sort >"$side.files"
  find home etc \( -name Library -o -name .local -o -name .cache -o -name .config \) -prune -o -type f -exec sha256sum {} + | sort >>"$side.files"
done
cat linux.said >&2
[ -z "$called" ] || cat "$work/called" >>"$called"
for line in 'ok file' 'no user' 'ended with 0' 'ended with 64' 'converged'; do
  grep -q -- "$line" linux.said || { echo "nothing was said of: $line"; exit 1; }
done
cat linux.strangers mac.strangers >strangers
[ ! -s strangers ] || { echo "not the user's:"; cat strangers; exit 1; }
diff -u linux.said mac.said
diff -u linux.files mac.files
