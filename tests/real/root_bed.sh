# shellcheck shell=bash
# A person who may use sudo, a team's signed policy, a home: for root.sh and root_undo.sh, in a mount namespace of its own, so
# that this machine's users stay as they are.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
if [ -z "${ROOT_TEST_APART:-}" ]; then
  [ "$(id -u)" = 0 ] || { echo "skipped: not root"; exit 77; }
  unshare -m true 2>/dev/null || { echo "skipped: no mount namespace here"; exit 77; }
  ROOT_TEST_APART=1 exec unshare -m "$0" "$gopol"
fi
work=$(mktemp -d)
user=$((20000 + $$ % 20000)) password='open sesame' # a number of its own: others may try the same beside us
kept=/var/lib/gopol # root's own, on this machine: a mount of ours would be another disk, whose files have no names elsewhere
trap 'rm -rf "$work" "$kept/kept/$user"; rmdir "$kept/kept" "$kept" 2>/dev/null || true' EXIT
. "$here/expect.sh"
need git setpriv ssh-keygen python3 perl pgrep
[ -u /usr/bin/sudo ] || { echo "skipped: no sudo here"; exit 77; }
chmod 755 "$work"
cd "$work"

# A person who may use sudo, here alone.
for file in passwd shadow group; do cp -p "/etc/$file" "$file"; done
hash=$(perl -e 'print crypt($ARGV[0], "\$6\$gopol\$")' "$password")
echo "dev:x:$user:$user::$work/home:/bin/sh" >>passwd
echo "dev:$hash:19000:0:99999:7:::" >>shadow
echo "dev:x:$user:" >>group
echo "crew:x:$((user + 1)):dev" >>group
cat >sudoers <<S
Defaults env_reset, timestamp_timeout=0, passwd_tries=2, lecture=never, !syslog, !mail_badpass, !mail_no_user
Defaults logfile=$work/sudo.log
root ALL=(ALL:ALL) ALL
dev ALL=(ALL:ALL) ALL
S
chmod 440 sudoers
for file in passwd shadow group sudoers; do mount --bind "$file" "/etc/$file"; done

# gopol as a package puts it.
mkdir -p usr/bin usr/share
for program in gopol gopol-net gopol-git; do cp "$(dirname "$gopol")/$program" usr/bin/; done
cp -R "$here/../../share" usr/share/gopol
gopol=$work/usr/bin/gopol
cat >as_dev <<P
#!/bin/sh
cd "$work/home" && exec setpriv --reuid $user --regid $user --init-groups env -i PATH="$PATH" HOME="$work/home" LANG=C.UTF-8 TERM=xterm NO_COLOR=1 "\$@"
P
chmod 755 as_dev
at_terminal() { python3 "$here/terminal.py" --answer '[y/N]' y "$@"; }
with_password() { at_terminal --answer 'password of dev' "$password" "$@"; }

# A team's policy, signed: three items of root's in the middle of the order.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@corp.example
ssh-keygen -q -t ed25519 -N '' -C ann -f key
echo "ann@corp.example $(cut -d' ' -f1,2 key.pub)" >allowed
chmod 644 allowed
git init -q team
team() { # team: the policy on standard input is the team's
  { echo 'gopol 1.0'; cat; } >team/dev.policy
  git -C team add -A
  git -C team -c gpg.format=ssh -c user.signingkey="$work/key" commit -q -S -m policy
  chown -R $user:$user team
}
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
three() {
  cat <<P
enforce first { line "\${user.home}/.profile" { lines includes ["umask 022"] } }
enforce one { after first  file "$work/etc/one" { content = "one\n" mode = "0644" } }
enforce two { after one  directory "$work/etc/two" { mode = "0750" } }
enforce three { after two  file "$work/etc/two/three" { content = "three\n" mode = "0600" } }
enforce behind { after three  file "\${user.home}/behind" { content = "behind\n" } }
enforce free {
  file "\${user.home}/new/deep/free" { content = "free\n" }
  go.env { GOPROXY = ["https://goproxy.corp.example", direct] }
}
P
}
fresh() { # a realistic home, and root's folder; the policy is pulled
  rm -rf home etc sudo.log
  mkdir -p home/.config/gopol home/.config/go home/src etc
  printf '# mine\nexport EDITOR=vi\n' >home/.profile
  echo 'GOFLAGS=-mod=mod' >home/.config/go/env
  ln -s .profile home/.bash_profile
  echo 'one of old' >etc/one
  : >sudo.log
  printf '[[source]]\nurl = "file://%s/team"\ntrust = "%s/allowed"\n' "$work" "$work" >home/.config/gopol/gopol.toml
  chown -R $user:$user home
  chmod 700 home
  ./as_dev "$gopol" pull >pulled 2>&1 || { cat pulled; return 1; }
}
says() { grep -qF -- "$1" heard || { echo "does not say: $1"; cat heard; return 1; }; }
heard() { # heard CODE COMMAND...: its words are in `heard`
  want=$1 got=0
  shift
  "$@" >heard 2>&1 </dev/null || got=$?
  [ "$got" = "$want" ] || { cat heard; echo "ended with $got, not $want"; return 1; }
}
asked() { # asked N: so many passwords, and programs of sudo
  grep -qx "answers to password of dev: $1" heard || { cat heard; echo "not asked $1 times"; return 1; }
}
sudo_ran() { # sudo_ran N: programs
  [ "$(grep -c "COMMAND=$gopol apply-root $user" sudo.log)" = "$1" ] && [ "$(grep -c COMMAND= sudo.log)" = "$1" ] || { cat sudo.log; return 1; }
}
is() { # is OWNER MODE PATH
  [ "$(stat -c '%U %a' "$3")" = "$1 $2" ] || { stat -c '%U %a %n' "$3"; return 1; }
}
home_is_devs() {
  others=$(find home \( ! -user dev -o ! -group dev \) "$@")
  [ -z "$others" ] || { echo "not dev's: $others"; return 1; }
}
no_litter() { # no_litter [PRUNE...]
  left=$(find home etc "$@" -name '.gopol-*' -print)
  [ -z "$left" ] || { echo "left: $left"; return 1; }
}
root_is_untouched() { [ "$(cat etc/one)" = 'one of old' ] && [ ! -e etc/two ] && [ ! -e home/behind ]; }
rest_is_made() { [ "$(cat home/new/deep/free)" = free ] && grep -q goproxy.corp home/.config/go/env && grep -q 'umask 022' home/.profile; }
all_is_made() {
  rest_is_made || return 1
  is root 644 etc/one && is root 750 etc/two && is root 600 etc/two/three && [ "$(cat etc/one)" = one ] && [ "$(cat home/behind)" = behind ] || return 1
  home_is_devs && no_litter && heard 0 ./as_dev "$gopol" plan
}
