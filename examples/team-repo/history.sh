#!/bin/sh
# Makes a git repository of this folder, with a past: history.sh FOLDER. Main has a beginning and a refactoring; two
# branches are up for review: go-1.27 moves the pin, proxy-outage weakens a rule. What is committed, by whom and when is
# always the same. $SIGNING_KEY: a key of ssh to sign the commits with.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
mkdir -p "$1"
git init -q -b main "$1"
cp -R "$here/." "$1"
cd "$1"
rm -rf history history.sh
sign=--no-gpg-sign
if [ -n "${SIGNING_KEY:-}" ]; then
  git config gpg.format ssh
  git config user.signingkey "$SIGNING_KEY"
  sign=-S
fi
by() { # by NAME DATE COMMAND...
  GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$(echo "$1" | tr 'A-Z ' 'a-z.')@corp.example GIT_COMMITTER_DATE=$2
  GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$GIT_COMMITTER_EMAIL GIT_AUTHOR_DATE=$2
  export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE
  shift 2
  "$@"
}
git add -A
by Ann 2026-11-02T09:00:00Z git commit -q "$sign" -m "Begin with the golden set

Every Mac on which we write Go, on top of the library.

Ticket: PLAT-311
Reviewed-by: Ben <ben@corp.example>"
by Ben 2026-11-09T10:00:00Z git am -q "$sign" "$here/history/refactor.patch"
git checkout -q -b go-1.27
by Ben 2026-11-16T11:00:00Z git am -q "$sign" "$here/history/go-1.27.patch"
git checkout -q -b proxy-outage main
by Cleo 2026-11-18T12:00:00Z git am -q "$sign" "$here/history/proxy-outage.patch"
git checkout -q main
