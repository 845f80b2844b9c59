#!/usr/bin/env python3
"""What taking back restores: take_back.py GOPOL MISE.

The same home for both: three dotfiles and Go's env file, with a mode, an extended attribute and a hard link; the same new
state. `gopol apply`, then `gopol undo`; `mise dot track`, the new state by hand, `mise dot rollback`. Prints a table; ends
with 1 if gopol left anything other than it was."""
import os
import shutil
import subprocess
import sys
import tempfile

FILES = {".zshrc": ("export EDITOR=vi\n", 0o644), ".gitconfig": ("[user]\n\tname = Ann\n", 0o644),
         ".config/tool/conf": ("level = 1\n", 0o640), ".config/go/env": ("GOFLAGS=-mod=mod\n", 0o600)}
NEW = {".zshrc": "export EDITOR=vim\n", ".gitconfig": "[user]\n\tname = Team\n", ".config/tool/conf": None,
       ".config/go/env": "GOFLAGS=-mod=mod\nGOPROXY=direct\n", ".config/added/conf": "level = 2\n"}
POLICY = """gopol 1.0
enforce all {{
  file "{home}/.zshrc" {{ content = "export EDITOR=vim\\n" mode = "0600" }}
  file "{home}/.gitconfig" {{ content = "[user]\\n\\tname = Team\\n" }}
  file "{home}/.config/tool/conf" absent
  file "{home}/.config/added/conf" {{ content = "level = 2\\n" }}
  go.env {{ GOPROXY = [direct] }}
}}
"""


def make_home(home):
    for name, (text, mode) in FILES.items():
        path = os.path.join(home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)
    try:
        os.setxattr(f"{home}/.config/tool/conf", "user.note", b"mine")
    except OSError:
        pass  # a file system without them: then there is nothing to restore
    os.link(f"{home}/.gitconfig", f"{home}/gitconfig-elsewhere")


def state(home):
    """Each thing that could be restored, by name."""
    out = {}
    for name in [*FILES, ".config/added/conf"]:
        path = os.path.join(home, name)
        if not os.path.exists(path):
            out[name] = out[f"{name} mode"] = None
            continue
        out[name] = open(path, "rb").read()
        out[f"{name} mode"] = oct(os.stat(path).st_mode & 0o7777)
    conf = f"{home}/.config/tool/conf"
    out["attributes of .config/tool/conf"] = (
        {key: os.getxattr(conf, key) for key in os.listxattr(conf)} if os.path.exists(conf) else None)
    out["hard link of .gitconfig"] = (
        os.path.exists(f"{home}/.gitconfig")
        and os.stat(f"{home}/.gitconfig").st_ino == os.stat(f"{home}/gitconfig-elsewhere").st_ino)
    out["folder .config/added"] = os.path.isdir(f"{home}/.config/added")
    return out


def run(home, *command, work):
    env = {"HOME": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "USER": "ann"}
    done = subprocess.run(command, env=env, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{' '.join(command[:3])} ended with {done.returncode}: {(done.stdout + done.stderr).strip()[-300:]}")


def by_gopol(gopol, home, work):
    with open(f"{work}/all.policy", "w") as file:
        file.write(POLICY.format(home=home))
    run(home, gopol, "apply", "--yes", "--unsigned", f"{work}/all.policy", work=work)
    changed = state(home)
    run(home, gopol, "undo", "--yes", work=work)
    return changed


def by_mise(mise, home, work):
    for name in [*FILES, ".config/added/conf"]:
        run(home, mise, "dot", "track", f"~/{name}", "-y", work=work) if os.path.exists(f"{home}/{name}") else None
    run(home, mise, "dot", "save", work=work)
    for name, text in NEW.items():
        path = os.path.join(home, name)
        if text is None:
            os.remove(path)
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".new", "w") as file:
            file.write(text)
        os.replace(path + ".new", path)
    os.chmod(f"{home}/.zshrc", 0o600)
    changed = state(home)
    run(home, mise, "dot", "rollback", "--to", "latest", "--all", "-y", work=work)
    return changed


def main():
    results, before = {}, {}
    for name, program, way in (("gopol", sys.argv[1], by_gopol), ("mise", sys.argv[2], by_mise)):
        work = tempfile.mkdtemp()
        home = f"{work}/home"
        os.makedirs(home, 0o700)
        make_home(home)
        before[name] = state(home)
        changed = way(os.path.realpath(program), home, work)
        after = state(home)
        results[name] = {key: "not changed" if changed[key] == was else "yes" if after[key] == was else "NO"
                         for key, was in before[name].items()}
        shutil.rmtree(work)
    width = max(len(key) for key in before["gopol"])
    print(f"{'restored':{width}}  gopol        mise")
    for key in before["gopol"]:
        print(f"{key:{width}}  {results['gopol'][key]:11}  {results['mise'][key]}")
    return 1 if "NO" in results["gopol"].values() else 0


sys.exit(main())
