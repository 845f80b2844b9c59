#!/bin/bash
# What trust hangs on, changed after a pull: trust_table.sh GOPOL. Each way to trust × each change × {pull, plan, apply, offline,
# status, and whatever else reads a configured policy}: exit code, files as they were, and what the server heard.
# Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; gpgconf --kill all 2>/dev/null || true; rm -rf "$work"' EXIT
server=
. "$here/expect.sh"
need git gpg gpgconf ssh-keygen python3
export HOME="$work/home" GOPOL_TOKEN=never-over-http GNUPGHOME="$work/gnupg" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
mkdir -m 700 "$GNUPGHOME"
cd "$work"
for who in ann eve; do
  gpg --batch --quiet --passphrase '' --quick-gen-key "$who <$who@corp.example>" ed25519 sign never 2>/dev/null
  ssh-keygen -q -t ed25519 -N '' -f $who
  gpg --batch --armor --export $who >$who.asc
  gpg --batch --with-colons --fingerprint $who | sed -n 's/^fpr:*\([0-9A-F]*\):.*/\1/p' | head -1 >$who.print
done
line() { echo "$1@corp.example $(cut -d' ' -f1,2 "$1.pub")"; }
team() { # team gpg|ssh: one commit of ann's
  rm -rf team
  git init -q -b main team
  printf 'gopol 1.0 name "team/go"\nenforce env { go.env { GOPROXY = [direct] } }\n' >team/dev.policy
  git -C team add dev.policy
  if [ "$1" = gpg ]; then set -- -c user.signingkey=ann@corp.example; else set -- -c gpg.format=ssh -c user.signingkey="$work/ann"; fi
  git -C team "$@" commit -q -S -m first
}
# The team's repository is asked over http, by a server that writes down what it hears; who trusts nobody asks the folder.
: >heard
python3 "$here/git_http.py" port "$work" "$work/hook" "$work/heard" 2>/dev/null &
server=$!
wait_for "the server" test -s port
configured() { # configured MODE LINE...
  if [ "$1" = nobody ]; then url=$work/team; else url=http://127.0.0.1:$(cat port)/team/.git; fi
  shift
  { printf '[[source]]\nurl = "%s"\n' "$url"; for line in "$@"; do echo "$line"; done; } >"$GOPOL_CONFIG"
}
usual() { # usual MODE [LINE...]: how each mode is asked for
  mode=$1
  shift
  case $mode in
    nobody) configured nobody 'trust = "none"' "$@" ;;
    pinned) configured pinned 'revoked = "revoked"' "$@" ;;
    *) configured "$mode" 'trust = "allowed"' 'revoked = "revoked"' "$@" ;;
  esac
}
first() { # first MODE: a laptop that has pulled and applied
  rm -rf home allowed revoked gopol.toml && mkdir -p home
  : >revoked
  : >allowed
  case $1 in
    gpg) team gpg && cat ann.asc eve.asc >allowed ;;
    ssh) team ssh && { line ann; line eve; } >allowed ;;
    *) team ssh ;;
  esac
  usual "$1"
  [ "$1" != pinned ] || "$gopol" source trust --yes >/dev/null
  "$gopol" pull >/dev/null
  code 2 "$gopol" plan --out saved.plan >/dev/null
  "$gopol" apply --yes >/dev/null
}
fresh() { # fresh MODE: the same, made once
  rm -f hook.closed
  if [ ! -d "made.$1" ]; then
    first "$1"
    mkdir "made.$1"
    cp -a home team allowed revoked gopol.toml saved.plan "made.$1"
  fi
  rm -rf home team
  cp -a "made.$1/." .
}
heard_last() { sed -i "s/\"checked\": \"[^\"]*\"/\"checked\": \"$(date -u -d "$1" +%Y-%m-%dT%H:%M:%SZ)\"/" "$HOME/.local/state/gopol/trust.json"; }
change() { # change WHAT MODE
  case $1 in
    removed) if [ "$2" = gpg ]; then cp eve.asc allowed; else line eve >allowed; fi ;;
    added) if [ "$2" = gpg ]; then cat ann.asc >allowed; else { line ann; echo "# nobody else"; } >allowed; fi ;;
    revoked) if [ "$2" = gpg ]; then cp ann.print revoked; else cut -d' ' -f1,2 ann.pub >revoked; fi ;;
    other-revoked) if [ "$2" = gpg ]; then cp eve.print revoked; else cut -d' ' -f1,2 eve.pub >revoked; fi ;;
    rubbish) echo "who was revoked: eve" >revoked ;;
    signed-asked) line ann >allowed && configured nobody 'trust = "allowed"' ;;
    trust-gone) configured "$2" ;;
    none-on-the-wire) configured "$2" 'trust = "none"' ;;
    named) usual "$2" 'name = "team/go"' ;;
    other-name) usual "$2" 'name = "team/mac"' ;;
    old) heard_last '40 days ago' ;;
    old-is-fine) heard_last '40 days ago' && usual "$2" 'max_age = "60d"' ;;
    short) heard_last '2 days ago' && usual "$2" 'max_age = "1d"' ;;
    spelled) sed -i 's|/team"|//team/"|' "$GOPOL_CONFIG" ;;
    open) chmod 666 "$3" ;;
  esac
}
files() { (cd "$HOME" && find . -path ./.cache -prune -o -path ./.local/state -prune -o -type f -exec sha256sum {} + | sort); }
one() { # one COMMAND: of a row
  case $1 in
    pull) "$gopol" pull ;;
    offline)
      touch hook.closed
      mv team team.away
      got=0
      "$gopol" pull || got=$?
      mv team.away team
      rm hook.closed
      return $got ;;
    plan) "$gopol" plan ;;
    json) "$gopol" plan --json ;;
    save) "$gopol" plan --out "$work/new.plan" ;;
    apply) "$gopol" apply --yes ;;
    saved) "$gopol" apply "$work/saved.plan" --yes ;;
    status) "$gopol" source status ;;
    why) "$gopol" why go.env.GOPROXY ;;
    module) "$gopol" why module a.example/m ;;
    profile) "$gopol" profile ;;
  esac
}
laptop() { # laptop MODE CHANGE: one of its own
  fresh "$1"
  # shellcheck disable=SC2086 # a change may have words
  change ${2%%:*} "$1" ${2#*:}
  files >before
}
row() { # row MODE CHANGE COMMAND CODE HEARD: the laptop's files stay as they are; what the server heard
  : >heard
  code "$4" one "$3" || return 1
  files | cmp - before || return 1
  said=$(if [ -s heard ]; then echo asked; else echo -; fi)
  [ "$1" = nobody ] || [ "$said" = "$5" ] || { echo "the server was: $said, not $5"; cat heard; return 1; }
  ! grep -E 'Basic|Bearer' heard
}
reading='plan json save status why module profile'
usual_code() { if [ "$1" = profile ]; then echo 3; else echo 0; fi; } # its policy has nothing for a profile
table() { # table MODE CHANGE PLAN PULL OFFLINE [HEARD]: the exit codes, and whether a pull asks; what else reads it ends as plan does
  laptop "$1" "$2"
  for command in $reading; do
    wanted=$3
    [ "$3" != 0 ] || wanted=$(usual_code $command)
    expect "$1, $2: $command" row "$1" "$2" $command "$wanted" -
  done
  expect "$1, $2: apply" row "$1" "$2" apply "$3" -
  laptop "$1" "$2"
  expect "$1, $2: a saved plan" row "$1" "$2" saved "$3" -
  laptop "$1" "$2"
  expect "$1, $2: pull" row "$1" "$2" pull "$4" "${6:-asked}"
  laptop "$1" "$2"
  expect "$1, $2: offline" row "$1" "$2" offline "$5" -
}
after() { # after MODE CHANGE: a refused pull is remembered by every command, and without a server
  fresh "$1"
  change "$2" "$1"
  "$gopol" pull >/dev/null 2>&1 || true
  : >revoked
  for command in plan apply saved status why profile offline; do code 5 one $command || return 1; done
  code 0 one pull && code 0 one plan
}
for mode in ssh gpg; do
  table $mode removed 5 5 5
  table $mode added 5 0 0
  table $mode trust-gone 5 5 5 -
  table $mode open:allowed 5 5 5 -
done
for mode in pinned ssh gpg; do
  table $mode revoked 5 5 5
  table $mode other-revoked 5 0 0
  table $mode rubbish 5 5 5 -
  table $mode open:revoked 5 5 5 -
  table $mode none-on-the-wire 5 5 5 -
  expect "$mode: a refusal is kept until a pull passes" after $mode revoked
done
for mode in nobody pinned ssh gpg; do
  table $mode nothing 0 0 0
  table $mode named 0 0 0
  table $mode other-name 5 5 5
  table $mode old 5 0 5
  table $mode old-is-fine 0 0 0
  table $mode short 5 0 5
  table $mode open:gopol.toml 5 5 5 -
done
table nobody signed-asked 5 0 0
table nobody spelled 0 0 0
verdict
