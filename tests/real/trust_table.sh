#!/bin/bash
# What trust hangs on, changed after a pull: trust_table.sh GOPOL. Each way to trust × each change × {pull, plan, apply, offline, status}.
# Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'gpgconf --kill all 2>/dev/null || true; rm -rf "$work"' EXIT
. "$here/expect.sh"
need git gpg gpgconf ssh-keygen
export GNUPGHOME="$work/gnupg" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
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
  printf 'gopol 1.0\nenforce env { go.env { GOPROXY = [direct] } }\n' >team/dev.policy
  git -C team add dev.policy
  if [ "$1" = gpg ]; then set -- -c user.signingkey=ann@corp.example; else set -- -c gpg.format=ssh -c user.signingkey="$work/ann"; fi
  git -C team "$@" commit -q -S -m first
}
configured() { printf '[[source]]\nurl = "%s/team"\n%s\n' "$work" "$1" >"$GOPOL_CONFIG"; }
fresh() { # fresh MODE: a laptop that has pulled and applied
  export HOME="$work/home"
  rm -rf "$HOME" && mkdir -p "$HOME"
  : >revoked
  case $1 in
    nobody) team ssh && configured 'trust = "none"' ;;
    pinned) team ssh && configured 'revoked = "revoked"' && "$gopol" source trust --yes >/dev/null ;;
    ssh) team ssh && { line ann; line eve; } >allowed && configured 'trust = "allowed"
revoked = "revoked"' ;;
    gpg) team gpg && cat ann.asc eve.asc >allowed && configured 'trust = "allowed"
revoked = "revoked"' ;;
  esac
  "$gopol" pull >/dev/null
  "$gopol" apply --yes >/dev/null
}
change() { # change WHAT MODE
  case $1 in
    removed) if [ "$2" = gpg ]; then cp eve.asc allowed; else line eve >allowed; fi ;;
    added) if [ "$2" = gpg ]; then cat ann.asc >allowed; else { line ann; echo "# nobody else"; } >allowed; fi ;;
    revoked) if [ "$2" = gpg ]; then cp ann.print revoked; else cut -d' ' -f1,2 ann.pub >revoked; fi ;;
    other-revoked) if [ "$2" = gpg ]; then cp eve.print revoked; else cut -d' ' -f1,2 eve.pub >revoked; fi ;;
    rubbish) echo "who was revoked: eve" >revoked ;;
    signed-asked) line ann >allowed && configured 'trust = "allowed"' ;;
  esac
}
files() { (cd "$HOME" && find . -path ./.cache -prune -o -path ./.local/state -prune -o -type f -exec sha256sum {} + | sort); }
one() { # one COMMAND: of a row
  case $1 in
    pull) "$gopol" pull ;;
    offline)
      mv team team.away
      local got=0
      "$gopol" pull || got=$?
      mv team.away team
      return $got ;;
    plan) "$gopol" plan ;;
    apply) "$gopol" apply --yes ;;
    status) "$gopol" source status ;;
  esac
}
row() { # row MODE CHANGE COMMAND CODE: on a laptop of its own, whose files stay as they are
  fresh "$1"
  change "$2" "$1"
  files >before
  code "$4" one "$3" || return 1
  files | cmp - before
}
table() { # table MODE CHANGE PLAN PULL OFFLINE: the exit codes; apply and status end as plan does
  for command in plan apply status; do expect "$1, $2: $command" row "$1" "$2" $command "$3"; done
  expect "$1, $2: pull" row "$1" "$2" pull "$4"
  expect "$1, $2: offline" row "$1" "$2" offline "$5"
}
after() { # after MODE CHANGE: a refused pull is remembered by every command, and without a server
  fresh "$1"
  change "$2" "$1"
  "$gopol" pull >/dev/null 2>&1 || true
  : >revoked
  for command in plan apply status offline; do code 5 one $command || return 1; done
  code 0 one pull && code 0 one plan
}
for mode in ssh gpg; do
  table $mode removed 5 5 5
  table $mode added 5 0 0
done
for mode in pinned ssh gpg; do
  table $mode revoked 5 5 5
  table $mode other-revoked 5 0 0
  table $mode rubbish 5 5 5
  expect "$mode: a refusal is kept until a pull passes" after $mode revoked
done
table nobody signed-asked 5 0 0
verdict
