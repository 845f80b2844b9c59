#!/bin/bash
# Killed at any step: killed.sh GOPOL. A run is killed before each call that changes the disk, one run for each; files
# are then old or new, whole, and the next run ends where an undisturbed one does. Ends with 0 only if every
# expectation held, with 77 if a program is missing.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/expect.sh"
need strace python3
strace -o /dev/null true 2>/dev/null || { echo "skipped: this system does not let strace trace"; exit 77; }

export HOME="$work/home" GOPOL_CONFIG="$work/gopol.toml" LC_ALL=C.UTF-8
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" # it traces too
unset GOROOT GOPATH GOPROXY GOENV GOFLAGS GOTOOLCHAIN XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME GOPOL_NET
cd "$work"

# A Go that is nothing but a name, of a version nobody knows the hash of; a program's head tells what it is for.
mkdir -p go/bin go/src mirror
echo go1.99.0 >go/VERSION
head -c 64 "$gopol" >go/bin/go
echo 'package main' >go/src/main.go
chmod 755 go/bin/go
"$here/../make_mirror.sh" mirror go
printf '[download]\ngo = "file://%s/mirror"\ntrust_index = true\n' "$work" >gopol.toml
cat >dev.policy <<'P'
gopol 1.0
enforce go { go.toolchain "default" { version = 1.99.0 } }
enforce env {
  go.env {
    GOPROXY   = ["https://goproxy.corp.example", direct]
    GOPRIVATE includes ["git.corp.example/*", "hg.corp.example/*"]
    GOFLAGS   = ["-mod=readonly"]
    unset GOSUMDB
  }
}
enforce shell {
  shell.profile "bash" { EDITOR = "vim" }
  path { first = "${user.home}/bin" }
}
enforce files {
  directory "${user.home}/bin" { mode = "0750" }
  directory "${user.home}/a/b" { mode = "0700" }
  file "${user.home}/bin/tool" { content = "new tool\n"  mode = "0755" }
  file "${user.home}/notes" { content = "new notes\n" }
  file "${user.home}/old" absent
  symlink "${user.home}/bin/link" { target = "/new" }
  symlink "${user.home}/a/link" { target = "/nowhere" }
  line "${user.home}/.inputrc" { lines includes ["set bell-style none"] }
}
P
sed -n '1,2p' dev.policy >go.policy
mkdir -p start/.config/go start/bin
printf '# mine\nGOPROXY=off\nGOPRIVATE=git.corp.example/*,mine.example\nGOSUMDB=off\n' >start/.config/go/env
printf '# mine\nexport PAGER=less\n' >start/.profile
echo 'set editing-mode vi' >start/.inputrc
echo 'old notes' >start/notes
chmod 640 start/notes
echo old >start/old
ln -s /old start/bin/link

fresh() { rm -rf "$HOME" && cp -a start "$HOME"; }
apply() { "$gopol" apply --yes --unsigned "$policy"; }
mine() { find . \( -path ./.cache -o -path ./.local/state \) -prune -o "$@"; } # all but gopol's own folders
files() { # a line for each path: name, mode, and the link's target or the file's hash
  cd "$HOME"
  mine ! -type f -printf '%P\t%m\t%l\n'
  paste <(mine -type f -printf '%P\t%m\n') <(mine -type f -print0 | xargs -0 sha256sum | cut -c1-64)
  cd "$work"
}
between() { # the same of what each change of the one run in the journal left
  grep -o '{"path":"[^"]*","sha256":"[^"]*"}' "$HOME/.local/state/gopol/journal.jsonl" | cut -d'"' -f4,8 --output-delimiter=' ' |
    while read -r path hash; do printf '%s\t%s\t%s\n' "${path#"$HOME"/}" "$(stat -c %a "$path")" "$hash"; done
}
ledger() { sed -E 's/"when":"[^"]*"//' "$HOME/.local/state/gopol/ledger.json"; }
names() { cut -f1 "$@" | sort -u; }
calls=mkdir,mkdirat,rmdir,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat
calls=$calls,chmod,fchmod,fchmodat,fchown,ftruncate,fsync,fdatasync,syncfs,flock,write

# gopol-net under the same eye. It stands beside gopol.
watch_net() { # watch_net OPTION...: of strace
  printf '#!/bin/sh\nexec strace -e signal=none %s "%s/gopol-net"\n' "$*" "$(dirname "$gopol")" >net
  chmod +x net
}

undisturbed() { # undisturbed POLICY: what the killed runs of it are measured by
  policy=$1
  fresh
  files | sort >before
  watch_net -o "$work/net.calls" -e "trace=$calls"
  GOPOL_NET="$work/net" strace -o gopol.calls -e "trace=$calls" -e signal=none \
    "$gopol" apply --yes --unsigned "$policy" >said.first 2>&1 || { cat said.first; exit 1; }
  files | sort >after
  ledger >ledger.after
  sort -u before after <(between) >allowed
  comm -12 <(names before) <(names after) >stays
  expect "undisturbed, a second plan of $policy is empty" code 0 "$gopol" plan "$policy"
}

whole() { # after the kill: nothing but old and new files, and temporary ones
  files | sort >now
  ! comm -13 allowed now | grep -vE '(^|/)\.gopol-' || return 1
  [ -z "$(comm -23 stays <(names now))" ] || { echo "gone:"; comm -23 stays <(names now); return 1; }
}
taken_over() {
  code 0 apply || return 1
  files | sort | diff after - || return 1
  ledger | diff ledger.after - || return 1
  code 0 "$gopol" plan "$policy"
}
tried=0
try() { # try WHAT: looks at what a killed run left
  tried=$((tried + 1))
  expect "$1: files are whole" whole >>said.expect
  expect "$1: the next run takes over" taken_over >>said.expect
  grep -v '^ok' said.expect || true
  : >said.expect
}
gopol_killed() {
  strace -o /dev/null -e "trace=$1" -e "inject=$1:signal=SIGKILL:when=$2" "$gopol" apply --yes --unsigned "$policy"
}
net_killed() {
  watch_net -o /dev/null -e "trace=$1" -e "inject=$1:signal=SIGKILL:when=$2"
  GOPOL_NET="$work/net" apply
}
# gopol-net writes of its progress as time goes by: in another run it may be done before its nth write.
may_be_done() { # may_be_done ENDS PROGRAM CALL N: killed, or it never came to that call
  got=0
  "$2_killed" "$3" "$4" || got=$?
  [ "$got" = "$1" ] || { [ "$2 $3 $got" = "net write 0" ]; } || { echo "ended with $got, not $1"; return 1; }
}
each() { # each PROGRAM ENDS: killed before each call that it made undisturbed; then gopol ended with ENDS
  # Of the writes every third will do: those to files wait for a rename or a flush, the rest is talk.
  while read -r count call; do
    failed=$failures
    step=1
    [ "$call" != write ] || step=3
    for n in $(seq 1 $step "$count"); do
      fresh
      expect "$1 is killed before $call $n of $count" may_be_done "$2" "$1" "$call" "$n" >>said.expect
      try "$1 killed before $call $n of $count"
    done
    [ "$failed" != "$failures" ] || echo "ok   $1 killed before $call, $(seq 1 $step "$count" | wc -l) of $count"
  done < <(sed -n 's/^\([a-z0-9]*\)(.*/\1/p' "$1.calls" | sort | uniq -c)
}
undisturbed dev.policy
each gopol 137
undisturbed go.policy
each net 3
echo "$tried kill points tried"
verdict
