#!/bin/bash
# Whose home, whose state, whose links: homes.sh GOPOL. Needs root, who alone can be somebody else.
# Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/expect.sh"
need git setpriv
[ "$(id -u)" = 0 ] || { echo "skipped: not root"; exit 77; }
export GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
chmod 755 "$work"
cd "$work"
other=12345
: >gopol.toml
as_other() { HOME=$work/home setpriv --reuid $other --regid $other --clear-groups "$@"; }
fresh() { # a home of another user, and one of root's
  chmod -R u+w home roots 2>/dev/null || true
  rm -rf home roots
  mkdir -p home/.config roots/.config
  echo "roots own" >roots/file
  chown -R $other:$other home
  chmod 755 home roots
  printf 'gopol 1.0\nenforce e { go.env { GOPROXY = [direct] } }\n' >env.policy
  printf 'gopol 1.0\nenforce f { file "%s" { content = "new\\n" } }\n' "$1" >file.policy
}
tree() { find home roots -printf '%p %y %u %m %l\n' | sort; find home roots -type f -exec sha256sum {} + | sort; }
says() { grep -q -- "$1" "$work/heard" || { cat "$work/heard"; return 1; }; }
heard() { # heard CODE COMMAND...: its words are in `heard`
  want=$1 got=0
  shift
  "$@" >"$work/heard" 2>&1 </dev/null || got=$?
  [ "$got" = "$want" ] || { cat "$work/heard"; echo "ended with $got, not $want"; return 1; }
}

foreign_home() { # every command that root gives with another's home
  fresh "$work/roots/file"
  tree >before
  HOME=$work/home heard 64 "$gopol" "$@" || return 1
  says 'P0001' && says 'root runs with the home of' && says 'sudo -u' || return 1
  [ "$1" != apply ] || says "gopol apply --as '" || return 1
  tree | cmp - before
}
for command in "plan env.policy" "apply --yes --unsigned env.policy" pull "source status" facts doctor log undo leave "why go.env.GOPROXY env.policy"; do
  # shellcheck disable=SC2086
  expect "root with another's home: $command" foreign_home $command
done

foreign_state() { # a state folder of another's
  fresh "$work/roots/file"
  mkdir -p roots/.local/state/gopol
  chown $other roots/.local/state/gopol
  chmod 700 roots/.local/state/gopol
  tree >before
  HOME=$work/roots heard 3 "$gopol" "$@" || return 1
  says R4102 || return 1
  tree | cmp - before
}
expect "another's state folder: apply" foreign_state apply --yes --unsigned env.policy

links() { # a user's link to root's folder, on the way of a policy that root applies
  fresh "$work/home/new/file"
  as_other ln -s "$work/roots" home/new
  tree | grep -v '^[^ ]*/.local' >before
  HOME=$work/roots heard 3 "$gopol" apply --yes --unsigned file.policy || return 1
  says 'is a link of user 12345' || return 1
  tree | grep -v 'roots/.local' | grep -v trust >after
  grep -v 'roots/.local' before | cmp - after
}
expect "root does not write through another's link" links

swapped() { # a folder that its user swaps for a link, again and again, while root applies
  fresh "$work/home/new/file"
  as_other mkdir home/new
  as_other sh -c 'while [ ! -e stop ]; do mv home/new home/away; ln -s ../roots home/new; rm home/new; mv home/away home/new; done' &
  swapper=$!
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    HOME=$work/roots "$gopol" apply --yes --unsigned file.policy >/dev/null 2>&1 </dev/null || true
    [ "$(cat roots/file)" = "roots own" ] || break
    as_other rm -f home/new/file home/away/file 2>/dev/null || true # root would follow the link
  done
  touch stop
  wait $swapper || true
  rm stop
  [ "$(cat roots/file)" = "roots own" ]
}
expect "root does not write through a folder that is swapped for a link" swapped

read_only() { # a home that its user closed: nothing of root's, no sudo
  fresh "$work/home/.config/file"
  chmod 500 home/.config
  heard 2 as_other "$gopol" plan file.policy || return 1
  says 'is read-only: `chmod u+w' || return 1
  ! grep -q sudo heard || return 1
  heard 3 as_other "$gopol" apply --yes --unsigned file.policy || return 1
  says 'permission denied' && ! grep -q T6001 heard || return 1
  [ ! -e home/.config/file ] && chmod 700 home/.config && heard 0 as_other "$gopol" apply --yes --unsigned file.policy && [ "$(cat home/.config/file)" = new ]
}
expect "a home that is read-only is not root's" read_only

hard_link() { # the loss is said beforehand
  fresh "$work/home/file"
  as_other sh -c 'echo old >home/file && ln home/file home/same'
  heard 2 as_other "$gopol" plan file.policy || return 1
  says 'has 1 other name (hard links)' || return 1
  heard 0 as_other "$gopol" apply --yes --unsigned file.policy || return 1
  [ "$(cat home/same)" = old ] && [ "$(cat home/file)" = new ]
}
expect "a hard link: its loss is said beforehand" hard_link
verdict
