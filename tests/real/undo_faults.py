#!/usr/bin/env python3
"""What takes back, killed and failing at every call: undo_faults.py GOPOL [--mode kill|error] [--commands undo,leave,give-back]
[--calls a,b] [--every K] [--seconds N].

A home, an applied policy; then `gopol undo`, `gopol leave`, or an apply of a policy without the rules, of which strace kills
or fails the n-th call of a kind, every n. Then each file is as it was or as it became, what is asked again ends the work,
and nothing is left over. The last line counts; ends with 1 if something did not survive, with 77 without strace."""
import argparse
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

CALLS = ("write rename renameat renameat2 fsync fdatasync mkdirat symlinkat unlink unlinkat linkat fchmod fchmodat fchown "
         "ftruncate flock openat").split()
POLICY = """gopol 1.0
enforce env { go.env { GOPROXY = [direct]  GOPRIVATE includes ["git.corp.example/*"] } }
enforce files {
  directory "${user.home}/bin" { mode = "0750" }
  file "${user.home}/bin/tool" { content = "new tool\\n"  mode = "0755" }
  file "${user.home}/notes" { content = "new notes\\n" }
  file "${user.home}/deep/er/new" { content = "new\\n" }
  file "${user.home}/old" absent
  symlink "${user.home}/link" { target = "/new" }
  line "${user.home}/.inputrc" { lines includes ["set bell-style none"] }
}
"""
OWN = (".local/state", ".cache")


def put(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


def make_home(home):
    put(f"{home}/.config/go/env", "# mine\nGOPROXY=off\nGOPRIVATE=mine.example\n", 0o600)
    put(f"{home}/.inputrc", "set editing-mode vi\n")
    put(f"{home}/notes", "old notes\n", 0o640)
    put(f"{home}/old", "old\n", 0o604)
    os.symlink("/old", f"{home}/link")
    os.link(f"{home}/notes", f"{home}/notes-elsewhere")
    put(f"{home}/mine", "not managed\n")


class Bed:
    def __init__(self, work, gopol):
        self.work, self.gopol, self.home = work, gopol, f"{work}/home"
        self.env = {"HOME": self.home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": f"{work}/tmp"}

    def restore(self, state):
        for folder in (self.home, f"{self.work}/tmp"):
            shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["cp", "-a", f"{self.work}/{state}", self.home], check=True)
        os.makedirs(f"{self.work}/tmp")

    def keep(self, state):
        subprocess.run(["cp", "-a", self.home, f"{self.work}/{state}"], check=True)

    def run(self, args, strace=()):
        try:
            done = subprocess.run([*strace, self.gopol, *args], env=self.env, cwd=self.work, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, errors="replace", timeout=60)
        except subprocess.TimeoutExpired:
            return "hang", ""
        return done.returncode, done.stdout + done.stderr

    def files(self, own=False):
        out = {}
        for folder, folders, names in os.walk(self.home):
            rel = os.path.relpath(folder, self.home)
            if not own:
                folders[:] = [one for one in folders if os.path.normpath(f"{rel}/{one}") not in OWN]
            for name in [*names, *folders]:
                path = os.path.join(folder, name)
                status = os.lstat(path)
                what = (os.readlink(path) if os.path.islink(path)
                        else "folder" if os.path.isdir(path) else open(path, "rb").read())
                links = status.st_nlink if os.path.isfile(path) and not os.path.islink(path) else 0
                out[os.path.relpath(path, self.home)] = (oct(status.st_mode & 0o7777), what, links)
        for emptied in (".local", ".cache"):  # gopol's own folders lie in them
            out.pop(emptied, None)
        return out


COMMANDS = {"undo": ["undo", "--yes"], "leave": ["leave", "--yes"],
            "give-back": ["apply", "--yes", "--unsigned", "none/all.policy"]}


def bare(files):
    """Without the count of names: a kept one comes and goes."""
    return {path: state[:2] for path, state in files.items()}


def judge(bed, command, start, applied, code):
    bad = []
    now = bare(bed.files())
    for path in {*now, *bare(start), *bare(applied)}:
        if re.search(r"(^|/)\.gopol-", path):
            continue
        if now.get(path) not in (bare(start).get(path), bare(applied).get(path)):
            if path == ".config/go/env" and now.get(path):
                continue  # two variables of one file, one after the other
            bad.append(f"{path} is neither old nor new: {now.get(path)}")
    if code == "hang" or code == 70 or (isinstance(code, int) and code >= 128 and code != 137):
        bad.append(f"ended with {code}")
    log, said = bed.run(["log"])
    if log != 0:
        bad.append(f"the journal cannot be read: {said[-200:]}")
    for _ in range(4):
        code, said = bed.run(command)
        if code == 0 and bed.files() == start:
            break
    end = bed.files()
    for path in {*end, *start}:
        if end.get(path) != start.get(path):
            bad.append(f"{path} ends as {end.get(path)}, not {start.get(path)}: {said[-200:]}")
    litter = [path for path in bed.files(own=True) if re.search(r"(^|/)\.gopol-", path)]
    return bad + [f"left over: {path}" for path in litter]


def points(bed, command, start, calls, every):
    bed.restore("applied")
    log = f"{bed.work}/calls.log"
    code, said = bed.run(command, ["strace", "-f", "-o", log, "-e", "trace=" + ",".join(calls)])
    if code != 0 or bed.files() != start:
        sys.exit(f"{command} undisturbed ended with {code}: {said}")
    counts = collections.defaultdict(collections.Counter)
    for line in open(log, errors="replace"):
        found = re.match(r"(\d+)\s+(\w+)\(", line)
        if found:
            counts[found[1]][found[2]] += 1
    most = {call: max((one[call] for one in counts.values()), default=0) for call in calls}
    return [(call, n) for call in calls for n in range(1, most[call] + 1, every)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("gopol")
    options.add_argument("--mode", default="kill", choices=("kill", "error"))
    options.add_argument("--commands", default=",".join(COMMANDS))
    options.add_argument("--calls", default=",".join(CALLS))
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--seconds", type=int, default=600)
    asked = options.parse_args()
    if not shutil.which("strace"):
        print("skipped: no strace here")
        return 77
    work = tempfile.mkdtemp()
    bed = Bed(work, os.path.realpath(asked.gopol))
    put(f"{work}/all.policy", POLICY)
    put(f"{work}/none/all.policy", "gopol 1.0\n")  # the same policy, without its rules
    make_home(bed.home)
    os.makedirs(f"{work}/tmp")
    start = bed.files()
    code, said = bed.run(["apply", "--yes", "--unsigned", "all.policy"])
    if code != 0:
        sys.exit(f"apply ended with {code}: {said}")
    applied = bed.files()
    bed.keep("applied")
    stop, failed, tried = time.time() + asked.seconds, 0, collections.Counter()
    for name in asked.commands.split(","):
        for call, n in points(bed, COMMANDS[name], start, asked.calls.split(","), asked.every):
            for what in ("signal=SIGKILL",) if asked.mode == "kill" else ("error=EIO", "error=ENOSPC"):
                if time.time() > stop:
                    continue
                bed.restore("applied")
                code, _ = bed.run(COMMANDS[name], ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                                                   f"inject={call}:{what}:when={n}"])
                bad = judge(bed, COMMANDS[name], start, applied, code)
                tried[name] += 1
                failed += bool(bad)
                for one in bad:
                    print(f"{name}, {call} #{n} {what}: {one}", flush=True)
    shutil.rmtree(work)
    print(f"{asked.mode}: {dict(tried)} points, {failed} not survived")
    return 1 if failed else 0


sys.exit(main())
