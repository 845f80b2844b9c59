#!/bin/bash
# Commits signed with GPG: gpg.sh GOPOL. Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'gpgconf --kill all 2>/dev/null || true; rm -rf "$work"' EXIT
. "$here/expect.sh"
need git gpg gpgconf ssh-keygen
export HOME="$work/home" GNUPGHOME="$work/gnupg" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
mkdir -p "$HOME"
mkdir -m 700 "$GNUPGHOME"
cd "$work"
key() { # key NAME EXPIRES [OPTION...]: of gpg
  gpg --batch --quiet "${@:3}" --passphrase '' --quick-gen-key "$1 <$1@corp.example>" ed25519 sign "$2" 2>/dev/null
}
key ann never
key eve never
# A key of one day, made long ago; what it signs is of that day.
then=20200101T120000!
key old 1d --faked-system-time "$then"
printf '#!/bin/sh\nexec gpg --faked-system-time %s "$@"\n' "$then" >gpg_then
chmod +x gpg_then
gpg --batch --armor --export ann old >keys.asc
git init -q -b main team
printf 'gopol 1.0\nenforce env { go.env { GOPROXY = [direct] } }\n' >team/dev.policy
git -C team add dev.policy
commit() { # commit NAME [OPTION...]: of git
  git -C team -c user.signingkey="$1@corp.example" "${@:2}" commit -q -S --allow-empty -m "by $1"
}
back() { git -C team reset -q --hard HEAD~1; }
printf '[[source]]\nurl = "%s/team"\ntrust = "keys.asc"\n' "$work" >"$GOPOL_CONFIG"
says() { # says CODE TEXT: of a pull
  code "$1" "$gopol" pull >said.pull 2>&1 || { cat said.pull; return 1; }
  grep -qF -- "$2" said.pull || { cat said.pull; return 1; }
}
commit old -c gpg.program="$work/gpg_then"
expect "a commit whose key has expired is not used" says 5 "its key has expired"
commit ann
expect "a commit of a listed key is used" says 0 "signed by ann <ann@corp.example>"
expect "and planned" code 2 "$gopol" plan
commit eve
expect "one of another key is not" says 5 "does not list its key"
back
git -C team cat-file commit HEAD | sed 's/^author ann/author eve/' >raw
git -C team reset -q --hard "$(git -C team hash-object -t commit -w --stdin <raw)"
rm -rf "$HOME/.local"
expect "a commit changed after it was signed is not" says 5 "does not fit the commit"
ssh-keygen -q -t ed25519 -N '' -f ssh
git -C team -c gpg.format=ssh -c user.signingkey="$work/ssh" commit -q -S --allow-empty -m ssh
expect "one signed by ssh is not" says 5 "is signed by ssh, but"
verdict
