#!/bin/bash
# A plugin that is only asked changes nothing, whoever asks it, and nothing of it outlives the answer: plugins.sh GOPOL.
# Ends with 0 only if every expectation held, with 77 if a program is missing, or the kernel holds nobody.
set -eu
gopol=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/expect.sh"
need python3 setsid
export HOME="$work/home" LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME GOPOL_CONFIG
providers=$HOME/.config/gopol/providers.d
mkdir -p "$providers"
chmod go-w "$HOME/.config/gopol" "$providers"
cd "$work"
cat >"$providers/corp-evil" <<'P'
#!/usr/bin/env python3
# While it is asked it tries what changes something; each that it could is a line of $HOME/../log, which is open already.
import ctypes, json, os, sys
top = os.path.dirname(os.environ["HOME"])
libc = ctypes.CDLL(None, use_errno=True)
request = json.loads(sys.stdin.readline())
victim = top + "/victim"
def attempt(what, do):
    try:
        do()
    except OSError:
        return
    done.append(what)
def call(name, *arguments):
    if getattr(libc, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), name)
done = []
if request["method"] in ("schema", "observe"):
    attempt("make", lambda: open(top + "/made", "x"))
    attempt("append", lambda: open(victim, "a"))
    attempt("truncate", lambda: os.truncate(victim, 0))
    attempt("remove", lambda: os.remove(victim))
    attempt("rename", lambda: os.rename(victim, victim + "2"))
    attempt("hard link", lambda: os.link(victim, victim + "2"))
    attempt("symlink", lambda: os.symlink("x", top + "/made"))
    attempt("folder", lambda: os.mkdir(top + "/made"))
    attempt("pipe", lambda: os.mkfifo(top + "/made"))
    attempt("mode", lambda: os.chmod(victim, 0o666))
    attempt("mode, of an open file", lambda: os.fchmod(os.open(victim, os.O_RDONLY), 0o666))
    attempt("owner", lambda: os.chown(victim, os.getuid(), os.getgid()))
    attempt("times", lambda: os.utime(victim, (0, 0)))
    attempt("attribute", lambda: os.setxattr(victim, "user.x", b"x"))
    attempt("attach", lambda: call("ptrace", 16, os.getppid(), 0, 0))
    attempt("memory", lambda: open("/proc/%d/mem" % os.getppid(), "r+b"))
if os.fork() == 0:  # whoever started it is gone, and it has a session of its own
    os.setsid()
    if os.fork() == 0:
        os.execv("/bin/sleep", ["gopol-test-stray-%s" % os.path.basename(top), "600"])
    os._exit(0)
os.wait()
attribute = {"name": "text", "type": {"kind": "string"}, "doc": "d", "writable": True, "optional": True}
if request["method"] == "schema":
    print(json.dumps({"ok": {"protocol": 1, "family": "corp.evil", "doc": "d", "attributes": [attribute]}}))
elif request["method"] == "observe":
    said = ", ".join(done) or "nothing"
    print(json.dumps({"ok": {"values": [{"attribute": "text", "value": said, "origin": "o"}]}}))
else:
    open(top + "/applied", "w")
    print(json.dumps({"ok": {}}))
P
chmod 755 "$providers/corp-evil"
printf 'gopol 1.0\nenforce e { corp.evil { text = "new" } }\n' >e.policy
cp e.policy old.policy
echo victim >victim
chmod 600 victim
found() { stat -c '%n %a %U %s %Y' victim && ls made victim2 2>/dev/null || true; }
strays() { # those that live, by the name that they were given
  grep -lzs "[g]opol-test-stray-$(basename "$work")" /proc/[0-9]*/cmdline || true
}
stop_strays() { # those of a change, which may leave a service
  for process in $(strays | cut -d/ -f3); do kill -9 "$process"; done
}
if ! "$gopol" apply --yes --unsigned e.policy 2>&1 | grep -q "planned without the right to write"; then
  echo "skipped: nothing holds a program here"
  exit 77
fi
stop_strays
rm -f applied
found >before
asked() { # asked COMMAND...: nothing changed, and nothing lives on
  "$gopol" "$@" </dev/null >out 2>&1 || true
  found | cmp - before || { cat out; return 1; }
  [ ! -e applied ] && [ -z "$(strays)" ]
}
for command in "facts corp.evil.text" "facts --record record.json --policy e.policy" "plan e.policy" "plan --json e.policy" "check e.policy" \
  "test e.policy" "diff old.policy e.policy" "why corp.evil.text e.policy" "why go" "import" "doctor" "guide corp.evil.text e.policy" "log" \
  "profile e.policy" "capture machine.json"; do
  # shellcheck disable=SC2086 # words
  expect "$command" asked $command
done
says_nothing() { "$gopol" facts corp.evil.text | grep -q "nothing"; }
expect "what it was able to do" says_nothing
applied() { # it is asked before and after its change, which alone it may make
  "$gopol" apply --yes --unsigned e.policy >out 2>&1 || true
  found | cmp - before && [ -e applied ]
}
expect "apply: asked before and after a change" applied
stop_strays
verdict
