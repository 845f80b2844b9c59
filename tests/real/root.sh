#!/bin/bash
# What needs root, behind a real sudo: root.sh GOPOL. Needs root, who alone can make a user. Ends with 0 only if every
# expectation held, with 77 if something is missing.
. "$(dirname "$(realpath "$0")")/root_bed.sh"

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
  [ "$(cat is)" = "Uid: $user $user $user $user Gid: $user $user $user $user Groups: $user $((user + 1))" ] || { cat is; return 1; }
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
