#!/bin/bash
# A pull that is killed, and an installation whose gopol is ended: killed_pulls.sh GOPOL. Of the calls that a pull makes to
# files, sockets and programs, each fifth is one at which it is killed, gopol and gopol-git by turns; the next pull then has
# the new policy, and leaves nothing behind. Ends with 0 only if every expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
server=
. "$here/expect.sh"
need strace git ssh-keygen python3
strace -o /dev/null true 2>/dev/null || { echo "skipped: this system does not let strace trace"; exit 77; }
export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" # it traces too
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
unset GOPOL_NET GOROOT GOPATH GOPROXY GOENV GOFLAGS GOTOOLCHAIN XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
mkdir "$work/home" "$work/bin"
cd "$work"
# gopol starts the programs beside it: one of them is put under the eye of strace.
beside=$(dirname "$gopol")
cp "$gopol" bin/gopol
gopol=$work/bin/gopol
ln -s "$beside/gopol-net" bin/gopol-net
ssh-keygen -q -t ed25519 -N '' -f ann
echo "ann@corp.example $(cut -d' ' -f1,2 ann.pub)" >allowed
printf '[[source]]\nurl = "file://%s/team"\ntrust = "allowed"\n' "$work" >gopol.toml
git init -q -b main team
count=0
commit() { # a new policy, whose proxy is its number
  count=$((count + 1))
  printf 'gopol 1.0\nenforce env { go.env { GOPROXY = ["https://n%d.example", direct] } }\n' $count >team/dev.policy
  git -C team add dev.policy
  git -C team -c gpg.format=ssh -c user.signingkey="$work/ann" commit -q -S -m "$count"
}
calls=mkdir,mkdirat,rmdir,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat
calls=$calls,fchown,ftruncate,fsync,fdatasync,flock,write,pwrite64,openat,read,pread64,mmap,close,clone3,vfork,wait4
watched() { # watched gopol|gopol-git OPTION...: a pull, that one under the eye of strace
  program=$1
  shift
  rm -f bin/gopol-git
  if [ "$program" = gopol ]; then
    ln -s "$beside/gopol-git" bin/gopol-git
    strace "$@" "$gopol" pull
  else
    printf '#!/bin/sh\nexec strace %s "%s/gopol-git"\n' "$*" "$beside" >bin/gopol-git
    chmod +x bin/gopol-git
    "$gopol" pull
  fi
}
plain() { rm -f bin/gopol-git && ln -s "$beside/gopol-git" bin/gopol-git && "$gopol" "$@"; }
litter() { # what a killed pull may leave, and the next one takes away
  find "$HOME/.cache" "$HOME/.local/state" \( -name '*.lock' -o -name '.gopol-*' -o -name 'pack_*' -o -name 'tmp_*' -o -name '*.new' -o -name '*.gone' \) | grep . && return 1
  [ "$(find "$HOME/.local/state/gopol/policies" -type f | wc -l)" = 1 ] || { ls "$HOME/.local/state/gopol/policies"; return 1; }
}
recovers() {
  got=0
  "$gopol" plan >said.plan 2>&1 || got=$?
  [ $got = 2 ] || { cat said.plan; echo "the plan ended with $got"; return 1; }
  code 0 plain pull || return 1
  code 2 "$gopol" plan >said.plan 2>&1 || { cat said.plan; return 1; }
  grep -q "n$count.example" said.plan || { cat said.plan; return 1; }
  litter
}
commit
plain pull >/dev/null
for program in gopol gopol-git; do
  commit
  watched $program -o "$work/$program.calls" -e "trace=$calls" -e signal=none >/dev/null
  # Line by line: which call, and the how manyth of its name.
  sed -n 's/^\([a-z0-9]*\)(.*/\1/p' $program.calls | awk '{ n[$1]++; if (NR % 5 == 1) print $1, n[$1] }' >$program.points
  total=$(wc -l <$program.points)
  # At most so many: a slow machine is not to take minutes.
  step=$(((total + 79) / 80))
  failed=$failures
  tried=0
  while read -r call nth; do
    commit
    watched $program -o /dev/null -e "trace=$call" -e "inject=$call:signal=SIGKILL:when=$nth" >/dev/null 2>&1 || true
    expect "$program is killed at $call $nth: the next pull has the new policy" recovers >>said.expect
    grep -v '^ok' said.expect || true
    : >said.expect
    tried=$((tried + 1))
  done < <(awk -v s=$step 'NR % s == 0' $program.points)
  [ "$failed" != "$failures" ] || echo "ok   $program killed at $tried calls of a pull: the next one has the new policy"
done

# An installation of which half has come when gopol is ended: nobody goes on writing.
mkdir -p go/bin go/src mirror
echo go1.99.0 >go/VERSION
head -c 64 "$gopol" >go/bin/go
head -c 3000000 /dev/urandom | od -An -tx1 >go/src/large.go
chmod 755 go/bin/go
"$here/../make_mirror.sh" mirror go
cat >slow.py <<'P'
"""Half of each archive, then nothing: until this program ends."""
import functools, http.server, os, sys, time
class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args): pass
    def do_GET(self):
        if self.path.split("?")[0] == "/": self.path = "/index.json"
        if self.path.endswith(".json"): return super().do_GET()
        path = os.path.join("mirror", self.path.lstrip("/"))
        self.send_response(200)
        self.send_header("Content-Length", str(os.path.getsize(path)))
        self.end_headers()
        with open(path, "rb") as file: self.wfile.write(file.read(os.path.getsize(path) // 2))
        self.wfile.flush()
        time.sleep(600)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory="mirror"))
open("port.new", "w").write(str(server.server_address[1]))
os.rename("port.new", "port")
server.serve_forever()
P
printf 'gopol 1.0\nenforce go { go.toolchain "default" { version = 1.99.0 } }\n' >go.policy
half_there() { find "$HOME" -path '*.part*' -name large.go -size +100k | grep .; }
installers() { pgrep -f "^$work/bin/gopol-net"; }
none_left() { ! installers; }
ended() { # ended SIGNAL: gopol, in mid-unpack
  rm -rf "$HOME" && mkdir "$HOME" && rm -f port
  python3 slow.py &
  server=$!
  wait_for "the server" test -s port || return 1
  printf '[download]\ngo = "http://127.0.0.1:%s"\ntrust_index = true\npatience = "600s"\n' "$(cat port)" >gopol.toml
  # What a script starts beside itself ignores INT: not so here.
  env --default-signal=INT,QUIT "$gopol" apply --yes --unsigned go.policy </dev/null >said.apply 2>&1 &
  run=$!
  wait_for "half of the archive" half_there || return 1
  installers >/dev/null || { echo "nobody unpacks"; return 1; }
  kill -"$1" $run
  wait $run 2>/dev/null || true
  wait_for "the end of gopol-net" none_left || return 1
  kill $server && wait $server 2>/dev/null || true
  server=
  printf '[download]\ngo = "file://%s/mirror"\ntrust_index = true\n' "$work" >gopol.toml
  code 0 "$gopol" apply --yes --unsigned go.policy || return 1
  ! find "$HOME" -name '*.part' | grep .
}
for signal in TERM INT KILL; do expect "$signal in mid-unpack: nobody writes on, the next run installs" ended $signal; done
verdict
