#!/usr/bin/env python3
"""Root's part, killed and failing at every call: root_faults.py GOPOL [--mode kill|error] [--commands apply,undo,leave,give-back]
[--calls a,b] [--every K] [--seconds N].

A user who may use sudo, a signed policy whose files are root's and the user's. strace kills or fails the n-th call of a kind
in gopol, in sudo and in the part that sudo starts, every n. Then each file is as it was or as it became, what is asked again
ends the work, and when gopol leaves all is as before, with every owner. The last line counts; ends with 1 if something did
not survive, with 77 if this machine cannot try it. Users and sudoers are in a mount namespace of its own."""
import argparse
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

CALLS = ("write rename renameat renameat2 fsync fdatasync mkdirat symlinkat unlinkat linkat fchmod fchmodat fchown fchownat "
         "ftruncate openat").split()
USER = 40000 + os.getpid() % 20000  # of its own: others may try the same beside us
KEPT = "/var/lib/gopol"
HERE = os.path.dirname(os.path.realpath(__file__))
POLICY = """gopol 1.0
enforce roots {{
  file "{etc}/one" {{ content = "one\\n"  mode = "0644" }}
  file "{etc}/shared" {{ content = "new\\n" }}
  file "{etc}/old" absent
  file "{etc}/deep/er/new" {{ content = "new\\n"  mode = "0755" }}
  symlink "{etc}/link" {{ target = "/new" }}
}}
enforce mine {{ after roots  file "${{user.home}}/notes" {{ content = "new notes\\n" }} }}
"""


def put(path, text, mode=0o644, owner=0):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)
    os.chown(path, owner, owner)


class Bed:
    def __init__(self, work, gopol):
        self.work, self.home, self.etc = work, f"{work}/home", f"{work}/etc"
        self.gopol = f"{work}/usr/bin/gopol"  # as a package puts it
        os.makedirs(f"{work}/usr/bin")
        for program in ("gopol", "gopol-net", "gopol-git"):
            shutil.copy2(os.path.join(os.path.dirname(gopol), program), f"{work}/usr/bin/{program}")
        shutil.copytree(f"{HERE}/../../share", f"{work}/usr/share/gopol")
        self.env = {"HOME": self.home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1"}

    def become_possible(self):
        for name, line in (("passwd", f"dev:x:{USER}:{USER}::{self.home}:/bin/sh"), ("group", f"dev:x:{USER}:"),
                           ("shadow", "dev:*:19000:0:99999:7:::")):
            shutil.copy2(f"/etc/{name}", f"{self.work}/{name}")
            with open(f"{self.work}/{name}", "a") as file:
                file.write(line + "\n")
        put(f"{self.work}/sudoers", "Defaults env_reset, lecture=never, !syslog\nroot ALL=(ALL:ALL) ALL\n"
            "dev ALL=(ALL:ALL) NOPASSWD: ALL\n", 0o440)
        for name in ("passwd", "group", "shadow", "sudoers"):
            subprocess.run(["mount", "--bind", f"{self.work}/{name}", f"/etc/{name}"], check=True)

    def team(self):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{self.work}/key"], check=True)
        kind, key = open(f"{self.work}/key.pub").read().split()[:2]
        put(f"{self.work}/allowed", f"ann@corp.example {kind} {key}\n")
        subprocess.run(["git", "init", "-q", f"{self.work}/team"], check=True)

    def policy(self, text):
        put(f"{self.work}/team/dev.policy", text)
        env = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        for who in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{who}_NAME": "Ann", f"GIT_{who}_EMAIL": "ann@corp.example"}
        git = ["git", "-C", f"{self.work}/team", "-c", "safe.directory=*"]
        subprocess.run([*git, "add", "-A"], check=True, env=env)
        subprocess.run([*git, "-c", "gpg.format=ssh", "-c", f"user.signingkey={self.work}/key", "commit", "-q", "-S", "-m",
                        "policy"], check=True, env=env)
        subprocess.run(["chown", "-R", f"{USER}:{USER}", f"{self.work}/team"], check=True)

    def make_machine(self):
        put(f"{self.etc}/one", "one of old\n", 0o664)
        put(f"{self.etc}/shared", "shared\n")
        os.link(f"{self.etc}/shared", f"{self.etc}/same")
        put(f"{self.etc}/old", "old\n", 0o604)
        os.symlink("/old", f"{self.etc}/link")
        put(f"{self.home}/notes", "old notes\n", 0o640, USER)
        put(f"{self.home}/.config/gopol/gopol.toml",
            f'[[source]]\nurl = "file://{self.work}/team"\ntrust = "{self.work}/allowed"\n', 0o644, USER)
        subprocess.run(["chown", "-R", f"{USER}:{USER}", self.home], check=True)

    def run(self, args, *, strace=()):
        """At a terminal, as the user."""
        command = ["python3", f"{HERE}/terminal.py", "strace", "-f", "-u", "dev", *(strace or ("-o", "/dev/null", "-e", "trace=none")),
                   self.gopol, *args]
        try:
            done = subprocess.run(command, env=self.env, cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True,
                                  text=True, errors="replace", timeout=120)
        except subprocess.TimeoutExpired:
            return "hang", ""
        until = time.time() + 60
        while subprocess.run(["pgrep", "-f", f"^{self.gopol} apply-root"], capture_output=True).returncode == 0:
            if time.time() > until:
                return "root's part goes on", ""
            time.sleep(0.02)
        return done.returncode, done.stdout + done.stderr

    def restore(self, state):
        for name in ("home", "etc", "kept"):
            shutil.rmtree(f"{self.work}/{name}", ignore_errors=True)
        shutil.rmtree(f"{KEPT}/kept/{USER}", ignore_errors=True)
        # In one go, so that what root keeps stays the file that it is.
        subprocess.run(f"cp -a '{self.work}/{state}/.' '{self.work}/'", shell=True, check=True)
        if os.path.isdir(f"{self.work}/kept"):
            os.makedirs(f"{KEPT}/kept", exist_ok=True)
            os.rename(f"{self.work}/kept", f"{KEPT}/kept/{USER}")

    def keep(self, state):
        os.makedirs(f"{self.work}/{state}")
        if os.path.isdir(f"{KEPT}/kept/{USER}"):
            os.rename(f"{KEPT}/kept/{USER}", f"{self.work}/kept")
        names = " ".join(name for name in ("home", "etc", "kept") if os.path.isdir(f"{self.work}/{name}"))
        subprocess.run(f"cd '{self.work}' && cp -a {names} '{state}/'", shell=True, check=True)

    def files(self):
        out = {}
        for top in (self.home, self.etc):
            for folder, folders, names in os.walk(top):
                for name in [*names, *folders]:
                    path = os.path.join(folder, name)
                    if re.match(rf"{re.escape(self.home)}/\.(local|cache)(/|$)", path):
                        continue
                    status = os.lstat(path)
                    what = (os.readlink(path) if os.path.islink(path)
                            else "folder" if os.path.isdir(path) else open(path, "rb").read())
                    links = status.st_nlink if os.path.isfile(path) and not os.path.islink(path) else 0
                    out[os.path.relpath(path, self.work)] = (oct(status.st_mode & 0o7777), status.st_uid, what, links)
        return out

    def not_the_users(self):
        out = []
        for folder, folders, names in os.walk(self.home):
            out += [path for path in (os.path.join(folder, name) for name in [*names, *folders]) if os.lstat(path).st_uid != USER]
        return out


COMMANDS = {"apply": ["apply", "--yes", "--end-holds"], "undo": ["undo", "--yes"], "leave": ["leave", "--yes"],
            "give-back": ["apply", "--yes"]}
BEGINS = {"apply": "start", "undo": "applied", "leave": "applied", "give-back": "without"}


def bare(files):
    """Without the count of names: a kept one comes and goes."""
    return {path: state[:3] for path, state in files.items()}


def judge(bed, name, call, code, start, applied):
    bad, now = [], bare(bed.files())
    for path in {*now, *bare(start), *bare(applied)}:
        if re.search(r"(^|/)\.gopol-", path):
            continue
        if now.get(path) not in (bare(start).get(path), bare(applied).get(path)):
            bad.append(f"{path} is neither old nor new: {now.get(path)}")
    if isinstance(code, str) or code == 70:
        bad.append(f"ended with {code}")
    if name != "leave" and (said := bed.run(["log"]))[0] != 0:
        bad.append(f"the journal cannot be read: {said}")
    goal = applied if name == "apply" else start
    for _ in range(4):
        code, said = bed.run(COMMANDS[name])
        if code == 0 and bare(bed.files()) == bare(goal):
            break
    if bare(bed.files()) != bare(goal):
        bad.append(f"asked again, it ended with {code}: {said[-300:]}")
    code, said = bed.run(["leave", "--yes"])
    # What could get no further name is kept as bytes.
    end, start = (bare(bed.files()), bare(start)) if call == "linkat" else (bed.files(), start)
    for path in {*end, *start}:
        if end.get(path) != start.get(path):
            bad.append(f"{path} ends as {end.get(path)}, not {start.get(path)}")
    if code != 0 or os.path.exists(f"{KEPT}/kept/{USER}") or os.path.exists(f"{bed.home}/.local/state/gopol"):
        bad.append(f"leave ended with {code}, and left something: {said[-300:]}")
    return bad + [f"root's in the home: {path}" for path in bed.not_the_users()]


def points(bed, name, calls, every):
    bed.restore(BEGINS[name])
    log = f"{bed.work}/calls.log"
    code, said = bed.run(COMMANDS[name], strace=["-o", log, "-e", "trace=" + ",".join(calls)])
    if code != 0:
        sys.exit(f"{name} undisturbed ended with {code}: {said}")
    counts = collections.defaultdict(collections.Counter)
    for line in open(log, errors="replace"):
        found = re.match(r"(\d+)\s+(\w+)\(", line)
        if found:
            counts[found[1]][found[2]] += 1
    most = {call: max((one[call] for one in counts.values()), default=0) for call in calls}
    return [(call, n) for call in calls for n in range(1, most[call] + 1, every)]


def prepare(work, gopol):
    bed = Bed(work, gopol)
    bed.become_possible()
    bed.team()
    bed.policy(POLICY.format(etc=bed.etc))
    bed.make_machine()
    if (pulled := bed.run(["pull"]))[0] != 0:
        sys.exit(f"pull: {pulled}")
    start = bed.files()
    bed.keep("start")
    bed.restore("start")
    if (done := bed.run(COMMANDS["apply"]))[0] != 0:
        sys.exit(f"apply: {done}")
    applied = bed.files()
    bed.keep("applied")
    bed.policy("gopol 1.0\n")  # the same, without its rules
    bed.restore("applied")
    if (pulled := bed.run(["pull"]))[0] != 0:
        sys.exit(f"pull: {pulled}")
    bed.keep("without")
    return bed, start, applied


def lacks():
    if os.geteuid() != 0:
        return "not root"
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        return "no mount namespace here"
    for program in ("strace", "git", "ssh-keygen", "pgrep", "sudo"):
        if not shutil.which(program):
            return f"no {program} here"
    if os.stat("/var/lib").st_dev != os.stat(tempfile.gettempdir()).st_dev:
        return "scratch files are on another disk than root's own"
    return ""


def main():
    options = argparse.ArgumentParser()
    options.add_argument("gopol")
    options.add_argument("--mode", default="kill", choices=("kill", "error"))
    options.add_argument("--commands", default=",".join(COMMANDS))
    options.add_argument("--calls", default=",".join(CALLS))
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--seconds", type=int, default=600)
    asked = options.parse_args()
    if os.environ.get("ROOT_FAULTS_APART") != "1":
        if why := lacks():
            print(f"skipped: {why}")
            return 77
        os.environ["ROOT_FAULTS_APART"] = "1"
        os.execvp("unshare", ["unshare", "-m", sys.executable, *sys.argv])
    work = tempfile.mkdtemp()
    os.chmod(work, 0o755)
    failed, tried, stop = 0, collections.Counter(), time.time() + asked.seconds
    try:
        bed, start, applied = prepare(work, os.path.realpath(asked.gopol))
        for name in asked.commands.split(","):
            for call, n in points(bed, name, asked.calls.split(","), asked.every):
                for what in ("signal=SIGKILL",) if asked.mode == "kill" else ("error=EIO", "error=ENOSPC"):
                    if time.time() > stop:
                        continue
                    bed.restore(BEGINS[name])
                    code, _ = bed.run(COMMANDS[name], strace=["-o", "/dev/null", "-e", f"trace={call}", "-e",
                                                              f"inject={call}:{what}:when={n}"])
                    bad = judge(bed, name, call, code, start, applied)
                    tried[name] += 1
                    failed += bool(bad)
                    for one in bad:
                        print(f"{name}, {call} #{n} {what}: {one}", flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        shutil.rmtree(f"{KEPT}/kept/{USER}", ignore_errors=True)
        for folder in (f"{KEPT}/kept", KEPT):
            if os.path.isdir(folder) and not os.listdir(folder):
                os.rmdir(folder)
    print(f"{asked.mode}: {dict(tried)} points, {failed} not survived")
    return 1 if failed else 0


sys.exit(main())
