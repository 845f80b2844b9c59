#!/bin/bash
# What needs root, behind a real sudo: root.sh GOPOL. Its user, password and sudoers file are in a mount namespace of its
# own, so that this machine's stay as they are. Needs root, who alone can make one. Ends with 0 only if every expectation
# held, with 77 if something is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
if [ -z "${ROOT_TEST_APART:-}" ]; then
  [ "$(id -u)" = 0 ] || { echo "skipped: not root"; exit 77; }
  unshare -m true 2>/dev/null || { echo "skipped: no mount namespace here"; exit 77; }
  ROOT_TEST_APART=1 exec unshare -m "$0" "$gopol"
fi
work=$(mktemp -d)
user=12345 password='open sesame'
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
echo "crew:x:12346:dev" >>group
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

one_password() {
  fresh || return 1
  heard 0 with_password ./as_dev "$gopol" apply || { cat sudo.log; return 1; }
  asked 1 && sudo_ran 1 || return 1
  says 'as root, last, after one question of sudo:' && says "   file \"$work/etc/one\"" || return 1
  grep '^ ok' heard | sed 's/.* ok //' >order
  # What needs no root first, then in the order of the rules.
  tail -n 4 order >last
  printf '%s\n' "file \"$work/etc/one\"" "directory \"$work/etc/two\"" "file \"$work/etc/two/three\"" "file \"$work/home/behind\"" | cmp - last || { cat order; return 1; }
  [ "$(wc -l <order)" = 7 ] || return 1
  grep -rq 'one of old' home/.local/state/gopol/old || { echo "its bytes of before are not kept"; return 1; }
  all_is_made
}
three | team
expect "three items of root's: one password, everything in order, every owner right" one_password

refused() {
  fresh || return 1
  heard 2 at_terminal --answer 'password of dev' wrong ./as_dev "$gopol" apply || return 1
  asked 2 && says "file \"$work/etc/one\": waits for an administrator, sudo refused" || return 1
  says "file \"$work/home/behind\": waits for an administrator, it comes after" || return 1
  root_is_untouched && rest_is_made && home_is_devs || return 1
  heard 0 with_password ./as_dev "$gopol" apply && asked 1 && all_is_made
}
expect "a wrong password: what needs root waits, the rest is made; later it is made too" refused

left() { # left WHY CODE COMMAND...: sudo is not even started
  why=$1
  shift
  fresh || return 1
  heard "$@" || return 1
  says "waits for an administrator, $why" || return 1
  [ ! -s sudo.log ] && root_is_untouched && rest_is_made && home_is_devs
}
expect "--no-sudo: what needs root waits" left '`--no-sudo` was given' 2 at_terminal ./as_dev "$gopol" apply --no-sudo
expect "no terminal: what needs root waits" left 'there is no terminal to ask for a password at' 2 ./as_dev "$gopol" apply --yes
no_sudo() {
  touch nothing
  mount --bind nothing /usr/bin/sudo
  held=0
  left 'there is no sudo here' 2 at_terminal ./as_dev "$gopol" apply || held=1
  umount /usr/bin/sudo
  return $held
}
expect "no sudo on the machine: what needs root waits" no_sudo

as_user() {
  fresh || return 1
  heard 0 env HOME=/root XDG_STATE_HOME="$work/elsewhere" "$gopol" apply --as dev --yes || return 1
  [ ! -s sudo.log ] && [ ! -e elsewhere ] && [ -e home/.local/state/gopol/ledger.json ] && all_is_made || return 1
  heard 0 ./as_dev "$gopol" log && says "$work/etc/two/three"
}
expect "--as: root applies for a user, whose are home, state and journal" as_user
became() { # who it is when it asks
  fresh || return 1
  heard 0 at_terminal --when '[y/N]' 1 "grep -E '^(Uid|Gid|Groups):' /proc/\$CHILD/status | xargs >'$work/is'" "$gopol" apply --as dev || return 1
  [ "$(cat is)" = "Uid: $user $user $user $user Gid: $user $user $user $user Groups: $user 12346" ] || { cat is; return 1; }
}
expect "--as: it is that user, with the groups of that user" became
expect "--as is root's" heard 64 ./as_dev "$gopol" apply --as dev --yes
expect "--as: nobody of that name" heard 64 "$gopol" apply --as nosuch --yes
expect "the part that is root is started by gopol alone" heard 64 "$gopol" apply-root $user

moved() { # an item that is not what was agreed to when root's turn comes
  fresh || return 1
  heard 3 with_password --when 'password of dev' 1 "echo meddled >'$work/etc/one'" ./as_dev "$gopol" apply || return 1
  says "error[R4006]: \`file[\"$work/etc/one\"].content\` was" && says 'when it was agreed to, is' || return 1
  [ "$(cat etc/one)" = meddled ] && [ ! -e etc/two ] && rest_is_made && home_is_devs
}
expect "an item that is not what was agreed to is refused, with its reason" moved

team <<P
enforce one { file "$work/etc/one" { content = "one\n" } }
enforce two { after one  directory "$work/etc/two" { mode = "0755" } }
enforce three { after two  file "$work/etc/two/three" { content = "three\n" mode = "0644" } }
enforce behind { after three  file "\${user.home}/behind" { content = "behind\n" } }
P
undone() { # what root made goes back through root, behind one password
  fresh || return 1
  chgrp crew etc/one
  chmod 664 etc/one
  as_it_was=$(stat -c '%U %G %a' etc/one)
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  [ "$(cat etc/one)" = one ] || return 1
  heard 0 with_password ./as_dev "$gopol" undo || return 1
  asked 1 && says 'as root, after one question of sudo:' && says "   $work/etc/two/three" && root_is_untouched || return 1
  [ "$(stat -c '%U %G %a' etc/one)" = "$as_it_was" ] && home_is_devs && no_litter
}
undo_waits() {
  fresh || return 1
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  heard 2 at_terminal --answer 'password of dev' wrong ./as_dev "$gopol" undo || return 1
  asked 2 && says "file \"$work/etc/one\": waits for an administrator, sudo refused" || return 1
  [ "$(cat etc/one)" = one ] && [ -e etc/two/three ] && [ ! -e home/behind ] && home_is_devs
}
expect "undo: what root made goes back through root, behind one password" undone
expect "undo: a wrong password leaves what root made, the rest goes back" undo_waits
closed_undone() { # what its user may not even read
  fresh || return 1
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  is root 600 etc/closed && [ -d etc/deep/er ] || return 1
  heard 0 with_password ./as_dev "$gopol" undo || return 1
  [ ! -e etc/closed ] && [ ! -e etc/deep ] && [ "$(cat etc/one)" = 'one of old' ] || { ls -lR etc; return 1; }
  [ "$(stat -c '%U %a' etc/one)" = 'root 644' ] && home_is_devs && no_litter || return 1
  # Changed since, which only root sees.
  heard 0 with_password ./as_dev "$gopol" apply --end-holds || return 1
  echo 'by root' >>etc/closed
  heard 3 with_password ./as_dev "$gopol" undo || return 1
  says 'is not as gopol left it any more' && grep -q 'by root' etc/closed
}
team <<P
enforce closed {
  file "$work/etc/closed" { content = "closed\n" mode = "0600" }
  file "$work/etc/one" { content = "one\n" mode = "0600" }
  file "$work/etc/deep/er/closed" { content = "closed\n" mode = "0600" }
}
P
expect "undo: a file of root's that its user may not read" closed_undone
three | team

team <<P
enforce shared { file "$work/etc/one" { content = "one\n" } }
enforce gone { after shared  file "$work/etc/old" absent }
P
names_undone() { # what is one file under two names is so again
  fresh || return 1
  echo 'old' >etc/old
  ln etc/one etc/same && ln etc/old etc/older
  nodes=$(stat -c %i etc/same etc/older)
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  [ "$(cat etc/one etc/same)" = "$(printf 'one\none of old')" ] && [ ! -e etc/old ] || return 1
  [ "$(find $kept/kept/$user -type f -user root | wc -l)" = 2 ] && [ "$(stat -c '%U %a' $kept/kept/$user)" = 'root 700' ] || return 1
  heard 0 with_password ./as_dev "$gopol" "$@" || return 1
  [ "$(stat -c %i etc/one etc/old)" = "$nodes" ] && [ "$(stat -c '%h %U' etc/one)" = '2 root' ] || { ls -li etc; return 1; }
  [ ! -e $kept ] && no_litter && home_is_devs
}
names_left() { # written to since, so it is not put back: what root kept goes with leave, behind a password
  fresh || return 1
  ln etc/one etc/same
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  echo 'by root' >>etc/same
  heard 2 at_terminal --answer 'password of dev' wrong ./as_dev "$gopol" leave || return 1
  [ -e $kept/kept/$user ] && [ -e home/.local/state/gopol/journal.jsonl ] || return 1
  heard 0 with_password ./as_dev "$gopol" leave && [ ! -e $kept ] && [ ! -e home/.local/state/gopol ] || return 1
  [ "$(cat etc/one)" = 'one of old' ] && grep -q 'by root' etc/same && no_litter && home_is_devs
}
if [ "$(stat -c %d /var/lib)" = "$(stat -c %d "$work")" ]; then # else bytes alone are kept
  expect "undo: a file of root's is again the one that has another name" names_undone undo
  expect "leave: so it is, and root keeps nothing" names_undone leave
  expect "leave: what root keeps goes through root" names_left
fi

team <<P
enforce link { file "\${user.home}/link/planted" { content = "x\n" } }
P
links() {
  fresh || return 1
  ln -s "$work/etc" home/link
  chown -h $user:$user home/link
  heard 3 with_password ./as_dev "$gopol" apply || return 1
  says "is a link of user $user" && [ ! -e etc/planted ] && home_is_devs
}
expect "root follows no link that is not root's" links

team <<P
enforce inside {
  file "\${user.home}/rooted/deep/file" { content = "x\n" }
  directory "\${user.home}/rooted/folder" { mode = "0750" }
  symlink "\${user.home}/rooted/link" { target = "file" }
}
P
rooted() { # a folder of root's in a home, as an earlier sudo left it
  fresh || return 1
  mkdir home/rooted
  heard 0 with_password ./as_dev "$gopol" apply || return 1
  asked 1 && home_is_devs ! -path home/rooted && [ "$(cat home/rooted/deep/file)" = x ] && [ -L home/rooted/link ]
}
expect "what root makes in a home is the user's" rooted

: >many
for n in $(seq 10 49); do echo "enforce r$n { file \"$work/etc/f$n\" { content = \"new $n\n\" mode = \"0644\" } }" >>many; done
team <many
killed() { # killed N: with -9, when the Nth item of root's is made; root's part ends by itself
  fresh || return 1
  for n in $(seq 10 49); do echo "old $n" >"etc/f$n"; done
  heard 137 with_password --when ' ok ' "$1" 'kill -9 "$CHILD"' ./as_dev "$gopol" apply || return 1
  wait_for "the end of root's part" ended || return 1
  no_litter -path home/.local/state -prune -o || return 1 # its own state is swept by the next run, below
  for n in $(seq 10 49); do
    case $(cat "etc/f$n") in "old $n" | "new $n") ;; *) echo "etc/f$n is half written"; return 1 ;; esac
  done
  # Killed between two items it had begun none, and nothing is asked.
  heard 0 with_password --answer '[f/t]' f ./as_dev "$gopol" apply || return 1
  [ "$(cat etc/f* | grep -c '^new')" = 40 ] && no_litter && home_is_devs && heard 0 ./as_dev "$gopol" plan
}
ended() { ! pgrep -f "^$gopol apply-root" >/dev/null; }
for n in 1 2 7 20; do expect "killed with -9 after $n items of root's: nothing half written, and it ends" killed $n; done

printf 'gopol 1.0\nenforce e { file "%s/etc/unsigned" { content = "x" } }\n' "$work" >unsigned.policy
unsigned() { # the source that nobody signs is accepted, and still does not reach root's files
  rm -rf roots etc
  mkdir -p roots etc nobodys
  cp unsigned.policy nobodys/dev.policy
  [ -e nobodys/.git ] || git init -q nobodys
  git -C nobodys add -A
  git -C nobodys commit -q --allow-empty -m x
  printf '[[source]]\nurl = "file://%s/nobodys"\ntrust = "none"\n' "$work" >roots/gopol.toml
  heard 0 env HOME="$work/roots" GOPOL_CONFIG="$work/roots/gopol.toml" "$gopol" pull || return 1
  heard 5 env HOME="$work/roots" GOPOL_CONFIG="$work/roots/gopol.toml" "$gopol" apply --yes || return 1
  says T6001 && [ ! -e etc/unsigned ] || return 1
  heard 0 env HOME="$work/roots" GOPOL_CONFIG="$work/roots/gopol.toml" "$gopol" apply --yes --unsigned && [ "$(cat etc/unsigned)" = x ]
}
expect "root: an unsigned policy touches root's files with --unsigned alone" unsigned
verdict
