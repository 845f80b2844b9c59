# shellcheck shell=sh
# A team's repository whose commits are signed, for the scenarios of trust: keys, commits with a name, and a machine that is
# watched. Keys are new each time; what is printed has names in place of commits and keys.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@corp.example
here=$PWD
names=$here/names
: >"$names"
config=$HOME/.config/gopol/gopol.toml
mkdir -p "$HOME/.config/gopol"
day=1

key() { # key NAME: a new key
  ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$here/$1"
  print=$(ssh-keygen -l -f "$here/$1.pub" | cut -d' ' -f2)
  echo "s|$print|KEY-$1|g" >>"$names"
}
public() { cut -d' ' -f1,2 "$here/$1.pub"; }
may_sign() { # may_sign NAME [OPTIONS]: a line of allowed_signers
  echo "$1@corp.example ${2:+$2 }$(public "$1")" >>"$here/allowed"
}
note() { # note NAME COMMIT: how it is called in what is printed
  full=$(git -C "$here/team" rev-parse "$2")
  short=$(echo "$full" | cut -c1-7)
  printf 's|%s|<%s>|g\ns|%s|<%s>|g\n' "$full" "$1" "$short" "$1" >>"$names"
}
dated() { # dated DATE COMMAND...
  GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1
  export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
  shift
  "$@"
}
today() { # each commit is of a day of its own, in 2024
  day=$((day + 1))
  printf '2024-05-%02dT10:00:00Z' "$day"
}
git_as() { # git_as KEY ARGUMENTS...: of git in the team's work tree
  signing=$here/$1
  shift
  git -C "$here/team" -c gpg.format=ssh -c user.signingkey="$signing" "$@"
}
commit() { # commit NAME KEY [ARGUMENTS...]: all that was changed, signed; KEY none: not signed
  called=$1 with=$2
  shift 2
  git -C "$here/team" add -A
  sign=-S
  [ "$with" != none ] || sign=--no-gpg-sign
  dated "${date:-$(today)}" git_as "$with" commit -q --allow-empty "$sign" -m "${message:-$called}" "$@"
  day=$((day + 1))
  note "$called" HEAD
}
policy() { # policy PROXY [EPOCH]: the policy of the work tree
  printf 'gopol 1.0%s\nenforce env { go.env { GOPROXY = ["https://%s", direct] } }\n' "${2:+ epoch $2}" "$1" \
    >"$here/team/dev.policy"
}
source_is() { # source_is [LINE...]: gopol.toml with this one source
  {
    echo '[[source]]'
    echo "url = \"file://$here/team\""
    for line in "$@"; do echo "$line"; done
  } >"$config"
}
signed_source() { source_is "trust = \"$here/allowed\"" "$@"; }
run() {
  echo "\$ gopol $*" | sed -f "$names"
  "$GOPOL" "$@" </dev/null >"$here/said" 2>&1
  code=$?
  sed -f "$names" "$here/said" | sed -E -e 's/[0-9a-f]{32}-[0-9a-f]{16}/ID/' -e 's/but it is [^ ]+ now/but it is NOW/' -e 's/it is [^ ]+ by this clock/it is NOW by this clock/' -e 's/was refused [0-9]+ (s|min) ago/was refused 0 s ago/' -e 's/ago [0-9]+ d|[0-9]{3,} d ago/MANY d ago/' -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} UTC/NOW/' \
    -e 's/last heard [0-9]+ (s|min)/last heard 0 s/'
  echo "exit $code"
}
quietly() { "$GOPOL" "$@" </dev/null >/dev/null 2>&1; } # what another scenario shows
machine() { (cd "$HOME" && find . -path ./.cache -prune -o -path ./.local/state -prune -o -type f -exec sha256sum {} + | sort); }
attack() { # attack WHAT: what pull says of it; then the machine, and the policy in use, are as they were
  echo "# $1"
  "$GOPOL" apply --yes </dev/null >"$here/applied" 2>&1
  machine >"$here/before"
  used_before=$("$GOPOL" source status --json | grep -m1 '"commit"')
  run pull
  "$GOPOL" apply --yes </dev/null >"$here/applied" 2>&1
  machine | cmp -s - "$here/before" || echo "THE MACHINE WAS CHANGED"
  [ "$("$GOPOL" source status --json | grep -m1 '"commit"')" = "$used_before" ] || echo "ANOTHER POLICY IS USED"
}
team() { # a repository with one signed commit, pulled and applied
  git init -q -b main "$here/team"
  policy one.example "$@"
  commit first ann
}
back_to() { git -C "$here/team" reset -q --hard "$1"; }
