#!/bin/bash
# Servers that mean no good, and trouble of our own that is none of theirs: hostile_git.sh GOPOL. Nothing that is sent takes more
# than 256 MiB or holds a pull for longer than it may; what is sent that git does not send is refused, and only silence is
# "offline". Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
. "$here/expect.sh"
. "$here/servers.sh"
need git ssh-keygen python3 timeout mkfifo
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME SSH_AUTH_SOCK GOPOL_TOKEN http_proxy HTTPS_PROXY https_proxy all_proxy ALL_PROXY
mkdir -p "$HOME"
cd "$work"
ssh-keygen -q -t ed25519 -N '' -f ann
echo "ann@corp.example $(cut -d' ' -f1,2 ann.pub)" >allowed
git init -q -b main team
commit() { # commit NAME
  printf 'gopol 1.0\nenforce env { go.env { GOPROXY = ["https://%s.example", direct] } }\n' "$1" >team/dev.policy
  git -C team add -A && git -C team -c gpg.format=ssh -c user.signingkey="$work/ann" commit -q -S -m "$1"
}
commit first

: >mode && : >heard
python3 "$here/hostile_git.py" port mode heard &
servers="$servers $!"
wait_for "the server" test -e port
port=$(cat port)
configure() { # configure PATIENCE URL
  printf '[download]\npatience = "%ss"\n[[source]]\nurl = "%s"\ntrust = "%s/allowed"\n' "$1" "$2" "$work" >"$GOPOL_CONFIG"
}
says() { # says CODE TEXT: of a pull
  code "$1" "$gopol" pull >said.pull 2>&1 && grep -qF -- "$2" said.pull || { cat said.pull; return 1; }
}
lacks() { ! grep -qF -- "$1" said.pull || { cat said.pull; return 1; }; } # lacks TEXT: of that pull
fresh() { rm -rf "$HOME/.local" "$HOME/.cache"; }

# The most memory that gopol-git had resident while a pull of it ran, in MiB: measured by what started it.
memory() { # memory CODE TEXT
  python3 - "$gopol" "$1" "$2" <<'P'
import os, resource, subprocess, sys
gopol, code, text = sys.argv[1:]
limit = float("inf") if os.environ.get("GOPOL_MEMORY_IS_WATCHED") else 256
ended = subprocess.run([gopol, "pull"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(ended.stderr, most, "MiB")
sys.exit(0 if ended.returncode == int(code) and text in ended.stderr and most < limit else 1)
P
}
hostile() { # hostile MODE PATIENCE
  fresh
  echo "$1" >mode
  configure "$2" "git://127.0.0.1:$port/team"
}
hostile endless 60
expect "a list of references without an end is refused, in little memory" memory 5 "more than 16 MiB of references"
hostile many 60
expect "so are too many of them" memory 5 "at most 200000 are read"
hostile bomb 60
[ -n "${GOPOL_MEMORY_IS_WATCHED:-}" ] ||
  expect "a delta that stands for 1.5 GB is refused, in little memory" memory 5 "T6009"
hostile rubbish 60
expect "rubbish in place of references is refused" says 5 "T6011"
hostile rubbish-objects 60
expect "and in place of objects" says 5 "T6011"
hostile drip 3
expect "a list that drips ends with our patience" says 3 "said nothing for 3 s"
hostile drip-objects 3
expect "so do objects" says 3 "said nothing for 3 s, or less than"

# Nor does a mirror of Go's archives hold an apply.
fresh
echo drip-http >mode
printf '[download]\npatience = "2s"\ngo = "http://127.0.0.1:%s/dl"\ntrust_index = true\n' "$port" >"$GOPOL_CONFIG"
printf 'gopol 1.0\nenforce g { go.toolchain "default" { version = 1.99.0 } }\n' >go.policy
too_slow() { code 3 timeout 300 "$gopol" apply --yes --unsigned go.policy >said.apply 2>&1 && grep -F "too slow" said.apply; }
expect "a list of archives that drips ends too" too_slow

# A policy that was kept is no reason to hide any of it.
fresh
configure 60 "file://$work/team"
expect "the team's own is pulled" says 0 "signed by"
cp -r "$HOME" home.kept
again() { rm -rf "$HOME" && cp -r home.kept "$HOME"; }
cache=$(echo "$HOME"/.cache/gopol/policies/*)
commit second
for lock in HEAD.lock packed-refs.lock config.lock refs/gopol/x.lock "refs/gopol/$(ls "$cache/refs/gopol").lock" \
  objects/pack/pack_git2_x objects/pack/pack-x.idx objects/tmp_object_git2_x; do
  again
  : >"$cache/$lock"
  expect "$lock that a killed pull left is in nobody's way" says 0 "signed by"
  expect "and is gone" test ! -e "$cache/$lock"
done
again
: >"$cache/refs/gopol/$(ls "$cache/refs/gopol")"
expect "nor is a reference that says nothing" says 0 "signed by"
again
cp -r "$cache" "$cache.new" && cp -r "$cache" "$cache.gone" && rm -rf "$cache"
expect "nor a cache that was half made, or half removed" says 0 "signed by"
expect "which are gone" test ! -e "$cache.new" -a ! -e "$cache.gone"

if [ "$(id -u)" != 0 ]; then
  again
  chmod 500 "$cache" "$cache/objects/pack"
  expect "a cache that cannot be written is not a server that is not heard" code 3 "$gopol" pull
  chmod -R u+w "$cache"
fi

# The cache is one pull's at a time.
again
configure 2 "file://$work/team"
hold() { # hold: another pull has the cache
  exec python3 - "$HOME/.cache/gopol/policies" "$1" <<'P'
import fcntl, os, sys, time
folder = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(folder, fcntl.LOCK_EX)
open(sys.argv[2], "w").close()
time.sleep(600)
P
}
hold held &
holder=$!
servers="$servers $holder"
wait_for "the other pull" test -e held
expect "while another pull has the cache this one waits, and says so" says 3 "R4101"
kill "$holder"
wait "$holder" 2>/dev/null || true
expect "and goes on once that is gone" says 0 "signed by"

# A pipe in the place of a file of a repository here holds a pull no longer than we wait, and is not "offline".
store=team/.git/objects
object() { git -C team rev-parse "$1" | sed 's|^..|&/|'; }
pipe() { # pipe WHAT FILE: of the store
  fresh
  configure 2 "file://$work/team"
  mkdir -p "$(dirname "$2")"
  [ ! -e "$2" ] || mv "$2" kept
  mkfifo "$2"
  expect "a pipe as $1 is not waited for" says 3 "came to a stop for 2 s"
  rm "$2"
  [ ! -e kept ] || mv kept "$2"
}
pipe "the newest commit" "$store/$(object HEAD)"
pipe "its tree" "$store/$(object 'HEAD^{tree}')"
pipe "its policy" "$store/$(object HEAD:dev.policy)"
pipe "a list of packs" "$store/pack/multi-pack-index"
: >"$store/pack/pack-$(printf '%040d' 1).pack"
pipe "the index of a pack" "$store/pack/pack-$(printf '%040d' 1).idx"
rm "$store"/pack/*.pack
mkdir -p "$store/info"
echo "$work/alternate" >"$store/info/alternates"
pipe "the alternates of an alternate" alternate/info/alternates
rm "$store/info/alternates"
mkfifo ca.pem
printf '[download]\nca = "%s/ca.pem"\n[[source]]\nurl = "https://127.0.0.1:9/x"\ntrust = "%s/allowed"\n' "$work" "$work" >"$GOPOL_CONFIG"
expect "nor a pipe as certificates" says 3 "no certificate can be read"
again
configure 2 "file://$work/team"

# No configuration of a repository is parsed.
again
mkfifo pipe
printf '[include]\n\tpath = %s/pipe\n[core]\n\tbare = "' "$work" >>team/.git/config
expect "a broken configuration of the source, with a pipe in it, is not looked at" says 0 "signed by"
expect "nor by a range of commits" code 0 sh -c "cd team && '$gopol' diff HEAD~1..HEAD"
rm -f team/.git/HEAD && mkfifo team/.git/HEAD
expect "a HEAD that is a pipe is not waited for" says 3 "not a git repository that can be read"

# No password goes over http.
fresh
configure 60 "http://joe:pw-in-address@127.0.0.1:$port/team"
: >heard
expect "a password in an address of http is refused" says 3 "holds a password"
expect "without showing it" lacks pw-in-address
expect "and nobody heard of it" test ! -s heard
verdict
