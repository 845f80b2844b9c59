"""A made-up home folder with a real Go in it, and both programs asked the same."""
import json
import os
import shutil
import subprocess
from pathlib import Path


class Release:
    """A real Go by its GOROOT."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.name = (self.root / "VERSION").read_text().split()[0]
        self.minor = int(self.name.split(".")[1])
        self.program = self.root / "bin/go"
        file = self.root / "go.env"
        self.go_env = file.read_text() if file.exists() else None

    def copy_to(self, folder):
        """A tree whose go.env may be changed: the program is copied, the rest linked."""
        tree = folder / self.name
        if not tree.exists():
            (tree / "bin").mkdir(parents=True)
            shutil.copy2(self.program.resolve(), tree / "bin/go")
            for entry in self.root.iterdir():
                if entry.name not in ("bin", "go.env"):
                    (tree / entry.name).symlink_to(entry.resolve())
        return tree


def run(argv, environment, folder):
    """Exit code, standard output and error of a program that gets no input."""
    done = subprocess.run([str(a) for a in argv], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "surrogateescape")


def empty(folder):
    """The folder, with nothing in it; go leaves folders there that nobody may write to."""
    for parent, folders, _ in os.walk(folder):
        for name in folders:
            path = os.path.join(parent, name)
            if not os.path.islink(path):
                os.chmod(path, 0o755)
    shutil.rmtree(folder, ignore_errors=True)  # a go of before may still write its telemetry
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Machine:
    """Home and work folder of one situation."""

    def __init__(self, gopol, top):
        self.gopol = gopol
        self.top = top
        self.home = empty(top / "home")
        self.folder = empty(top / "work")
        self.environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

    def write(self, name, text):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    def user_file(self, lines):
        self.write(".config/go/env", "".join(line + "\n" for line in lines))

    def ask(self, *arguments, **process):
        """gopol's answer as JSON."""
        code, out, error = run([self.gopol, *arguments], {**self.environment, **process}, self.folder)
        if code != 0:
            raise RuntimeError(f"gopol {' '.join(map(str, arguments))} ends with {code}: {error}")
        return json.loads(out)


class Tally:
    """What was compared, and what differed."""

    def __init__(self):
        self.compared = {}
        self.differences = []

    def compare(self, what, same, **situation):
        self.compared[what] = self.compared.get(what, 0) + 1
        if not same:
            self.differences.append((what, situation))
