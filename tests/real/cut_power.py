#!/usr/bin/env python3
"""Power that goes at any moment: cut_power.py GOPOL [--states 1000] [--seed N].

strace tells what `gopol apply`, then `gopol undo`, write, flush and rename. From that come states that a disk may show after
a cut: of what was not flushed some is dropped, some is torn, and what follows may be there without it. In each the journal
must be readable, each file whole, as it was or as it was to be, and the next apply must end well. The last line counts; ends
with 1 if a state did not do, with 77 without strace."""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = ("openat,open,creat,write,pwrite64,rename,renameat,renameat2,fsync,fdatasync,syncfs,mkdir,mkdirat,symlinkat,link,linkat,"
         "unlink,unlinkat,rmdir,ftruncate")
POLICY = """gopol 1.0
enforce env { go.env { GOPROXY = [direct] } }
enforce files {
  file "${user.home}/notes" { content = "new notes\\n" }
  file "${user.home}/deep/er/new" { content = "new\\n" }
  file "${user.home}/old" absent
  symlink "${user.home}/link" { target = "/new" }
  line "${user.home}/.inputrc" { lines includes ["set bell-style none"] }
}
"""
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*?)>)?")


def text(hexed):
    return bytes.fromhex(hexed.replace("\\x", ""))


def decoded(path):
    """What -y shows of a descriptor: escaped like strings, or plain."""
    return (text(path) if path.startswith("\\x") else path.encode()).decode(errors="surrogateescape")


class Disk:
    """What programs see, what is flushed, and what is not yet."""

    def __init__(self, root):
        self.root, self.view, self.durable, self.files, self.pending = root, {}, {}, {}, {}
        self.positions = {}
        for folder, folders, names in os.walk(root):
            for name in [*folders, *names]:
                path = os.path.join(folder, name)
                if os.path.islink(path):
                    node = ("link", os.readlink(path))
                elif os.path.isdir(path):
                    node = ("folder",)
                else:
                    node = self.new_file(open(path, "rb").read())
                self.view[path] = self.durable[path] = node

    def new_file(self, content=b""):
        number = len(self.files)
        self.files[number] = [content, []]  # flushed; then writes: (at, bytes) or (size, None)
        return ("file", number)

    def note(self, folder, operation):
        self.pending.setdefault(folder, []).append(operation)

    def set(self, path, node):
        self.view[path] = node
        self.note(os.path.dirname(path), [(path, node)])

    def content(self, number):
        flushed, writes = self.files[number]
        return applied(flushed, writes)

    def flush(self, path):
        node = self.view.get(path, ("folder",))
        if node[0] == "file":
            self.files[node[1]] = [self.content(node[1]), []]
        else:
            for operation in self.pending.pop(path, []):
                take(self.durable, operation)

    def flush_all(self):
        for number in self.files:
            self.files[number] = [self.content(number), []]
        for folder in list(self.pending):
            for operation in self.pending.pop(folder):
                take(self.durable, operation)

    def after_cut(self, rng):
        """One of the states that may be found; by path: a node, of a file its bytes."""
        found = dict(self.durable)
        for folder, operations in self.pending.items():
            for operation in operations[:rng.randint(0, len(operations))]:
                take(found, operation)
        out = {}
        for path, node in sorted(found.items()):
            above = os.path.dirname(path)
            if node is None or (above != self.root and out.get(above, ("",))[0] != "folder"):
                continue  # its folder did not reach the disk
            out[path] = ("file", self.cut_content(node[1], rng)) if node[0] == "file" else node
        return out

    def cut_content(self, number, rng):
        flushed, writes = self.files[number]
        kept = [one for one in writes if rng.random() < 0.5]
        if kept and kept[-1][1] is not None and rng.random() < 0.5:
            at, data = kept[-1]
            kept[-1] = (at, data[:rng.randint(0, len(data))])
        return applied(flushed, kept)


def applied(content, writes):
    for at, data in writes:
        if data is None:
            content = content[:at].ljust(at, b"\0")
        else:
            content = content[:at].ljust(at, b"\0") + data + content[at + len(data):]
    return content


def take(names, operation):
    for path, node in operation:
        if node is None:
            names.pop(path, None)
        else:
            names[path] = node


def joined(argument, name):
    """A path from what stands before it: AT_FDCWD or `5</folder>`."""
    folder = re.search(r"<(.*?)>", argument)
    name = name.decode(errors="surrogateescape")
    return name if name.startswith("/") or not folder else os.path.join(decoded(folder[1]), name)


class Trace:
    """Calls, one after the other, made on a Disk."""

    def __init__(self, log):
        self.lines = [line for line in self.whole_lines(log)]

    @staticmethod
    def whole_lines(log):
        begun = {}
        for line in open(log, errors="replace"):
            thread = line.split()[0]
            if line.rstrip().endswith("<unfinished ...>"):
                begun[thread] = line.rstrip()[:-len("<unfinished ...>")]
                continue
            resumed = re.match(r"^\d+\s+<\.\.\. \w+ resumed>(.*)$", line)
            if resumed and thread in begun:
                line = begun.pop(thread) + resumed[1]
            found = CALL.match(line)
            if found and not found[3].startswith("-"):
                yield found

    def make(self, disk, found):
        call, arguments, answer, opened = found[1], found[2], found[3], found[4]
        strings = [text(one) for one in STRING.findall(arguments)]
        fd = re.match(r"(\d+)<(.*?)>", arguments)
        path = decoded(fd[2]) if fd else ""
        if call in ("openat", "open", "creat"):
            self.open(disk, decoded(opened or ""), arguments, answer)
        elif call in ("write", "pwrite64") and path.startswith(disk.root) and strings:
            self.write(disk, fd[1], path, strings[0][:int(answer)])
        elif call in ("fsync", "fdatasync") and path.startswith(disk.root):
            disk.flush(path)
        elif call == "syncfs":
            disk.flush_all()
        elif call == "ftruncate" and disk.view.get(path, ("",))[0] == "file":
            disk.files[disk.view[path][1]][1].append((int(arguments.rsplit(",", 1)[1]), None))
        elif call in ("mkdir", "mkdirat"):
            self.name(disk, joined(arguments, strings[-1]), ("folder",))
        elif call == "symlinkat":
            parts = arguments.split(", ")
            self.name(disk, joined(parts[1], strings[1]), ("link", strings[0].decode()))
        elif call in ("unlink", "unlinkat", "rmdir"):
            self.name(disk, joined(arguments, strings[-1]), None)
        elif call.startswith(("rename", "link")):
            parts = arguments.split(", ")
            source = joined(parts[0], strings[0])
            target = joined(parts[2] if len(parts) > 3 else parts[1], strings[1])
            self.move(disk, source, target, call.startswith("rename"))

    @staticmethod
    def name(disk, path, node):
        if path.startswith(disk.root + "/"):
            disk.set(path, node)

    @staticmethod
    def open(disk, path, arguments, number):
        if not path.startswith(disk.root + "/"):
            return
        if "O_CREAT" in arguments and path not in disk.view:
            disk.set(path, disk.new_file())
        node = disk.view.get(path)
        if node and node[0] == "file" and "O_TRUNC" in arguments:
            disk.files[node[1]][1].append((0, None))
        disk.positions[number] = None if "O_APPEND" in arguments else 0

    @staticmethod
    def write(disk, number, path, data):
        node = disk.view.get(path)
        if not node or node[0] != "file":
            return
        at = disk.positions.get(number)
        if at is None:
            at = len(disk.content(node[1]))
        else:
            disk.positions[number] = at + len(data)
        disk.files[node[1]][1].append((at, data))

    @staticmethod
    def move(disk, source, target, gone):
        node = disk.view.get(source)
        if node is None or not target.startswith(disk.root + "/"):
            return
        moved = [(target, node)] + ([(source, None)] if gone else [])
        if gone and node[0] == "folder":
            for path in [one for one in disk.view if one.startswith(source + "/")]:
                moved += [(target + path[len(source):], disk.view[path]), (path, None)]
        take(disk.view, moved)
        disk.note(os.path.dirname(target), moved)


class Bed:
    def __init__(self, work, gopol):
        self.work, self.gopol, self.home = work, gopol, f"{work}/home"
        self.env = {"HOME": self.home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": work}

    def run(self, *args, strace=()):
        done = subprocess.run([*strace, self.gopol, *args], env=self.env, cwd=self.work, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, errors="replace", timeout=60)
        return done.returncode, done.stdout + done.stderr

    def files(self):
        out = {}
        for folder, folders, names in os.walk(self.home):
            folders[:] = [one for one in folders if f"{folder}/{one}" not in (f"{self.home}/.local", f"{self.home}/.cache")]
            for name in names:
                path = f"{folder}/{name}"
                out[path] = os.readlink(path) if os.path.islink(path) else open(path, "rb").read()
        return out

    def put(self, state):
        shutil.rmtree(self.home, ignore_errors=True)
        os.makedirs(self.home)
        for path, node in sorted(state.items()):
            if node[0] == "folder":
                os.makedirs(path, 0o700 if "/gopol" in path else 0o755, exist_ok=True)
            elif node[0] == "link":
                os.symlink(node[1], path)
            else:
                with open(path, "wb") as file:
                    file.write(node[1])
                os.chmod(path, 0o600)


def make_home(home):
    os.makedirs(f"{home}/.config/go")
    for name, content in ((".config/go/env", "# mine\nGOPROXY=off\n"), (".inputrc", "set editing-mode vi\n"),
                          ("notes", "old notes\n"), ("old", "old\n")):
        with open(f"{home}/{name}", "w") as file:
            file.write(content)
    os.symlink("/old", f"{home}/link")


def judge(bed, state, before, after):
    bad = []
    bed.put(state)
    for path, content in bed.files().items():
        if "/.gopol-" not in path and content not in (before.get(path), after.get(path)):
            bad.append(f"{path} is neither old nor new: {content[:60]!r}")
    code, said = bed.run("log")
    if code != 0:
        bad.append(f"the journal cannot be read: {said[-200:]}")
    code, said = bed.run("apply", "--yes", "--unsigned", "--end-holds", "all.policy")
    if code != 0:
        bad.append(f"the next apply ends with {code}: {said[-300:]}")
    return bad


def main():
    options = argparse.ArgumentParser()
    options.add_argument("gopol")
    options.add_argument("--states", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    if not shutil.which("strace"):
        print("skipped: no strace here")
        return 77
    work = os.path.realpath(tempfile.mkdtemp())
    bed, rng = Bed(work, os.path.realpath(asked.gopol)), random.Random(asked.seed)
    with open(f"{work}/all.policy", "w") as file:
        file.write(POLICY)
    make_home(bed.home)
    failed = tried = 0
    for command in (["apply", "--yes", "--unsigned", "all.policy"], ["undo", "--yes"]):
        disk, before = Disk(bed.home), bed.files()
        log = f"{work}/calls.log"
        code, said = bed.run(*command, strace=["strace", "-f", "-y", "-xx", "-s", "10000000", "-o", log, "-e", f"trace={CALLS}"])
        if code != 0:
            sys.exit(f"{command[0]} undisturbed ended with {code}: {said}")
        after, end = bed.files(), f"{work}/end-{command[0]}"
        shutil.copytree(bed.home, end, symlinks=True)
        trace = Trace(log)
        count = asked.states // 2
        cuts = sorted(rng.randint(0, len(trace.lines)) for _ in range(count))
        for number, line in enumerate([*trace.lines, None]):
            for _ in range(cuts.count(number)):
                tried += 1
                bad = judge(bed, disk.after_cut(rng), before, after)
                failed += bool(bad)
                for one in bad:
                    print(f"{command[0]} cut at call {number} of {len(trace.lines)}: {one}", flush=True)
            if line:
                trace.make(disk, line)
        seen = {path: node if node[0] != "file" else ("file", disk.content(node[1])) for path, node in disk.view.items() if node}
        for path, node in seen.items():  # the model saw all that was written
            real = path.replace(bed.home, end, 1)
            if node[0] == "file" and (not os.path.exists(real) or open(real, "rb").read() != node[1]):
                print(f"the model is wrong about {path}")
                failed += 1
        bed.put(seen)
    shutil.rmtree(work)
    print(f"{tried} states with seed {asked.seed}, {failed} did not do")
    return 1 if failed else 0


sys.exit(main())
