"""Compares gopol with real shells; see shells.sh, which starts it where it may mount."""
import json
import os
import pathlib
import subprocess
import sys

HOMES = {"mac": "/Users/dev", "linux": "/home/dev"}
STARTS = {"mac": "/usr/bin:/bin:/usr/sbin:/sbin", "linux": "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"}
OWN = ("usr/local", "usr/libexec", "usr/share/fish/vendor_conf.d")  # folders of the case that lie inside the machine's /usr
VERDICTS = ("right", "unknown", "wrong")
NEVER = {"OSTYPE", "MACHTYPE", "VENDOR", "LC_CTYPE", "PATH", "PWD", "OLDPWD", "SHLVL", "_", "HOME", "USER", "LOGNAME", "SHELL", "TERM"}
MAC_ETC = {
    "etc/paths": "/usr/local/bin\n/usr/bin\n/bin\n/usr/sbin\n/sbin\n",
    "etc/zprofile": "if [ -x /usr/libexec/path_helper ]; then\n\teval `/usr/libexec/path_helper -s`\nfi\n",
    "etc/profile": "if [ -x /usr/libexec/path_helper ]; then\n\teval `/usr/libexec/path_helper -s`\nfi\n",
}
PATH_HELPER = """#!/bin/sh
p=
add() { case ":$p:" in *":$1:"*) ;; *) p=${p:+$p:}$1 ;; esac; }
for f in /etc/paths /etc/paths.d/*; do [ -f "$f" ] && while read -r l || [ -n "$l" ]; do [ -n "$l" ] && add "$l"; done <"$f"; done
IFS=:; for l in $PATH; do add "$l"; done
printf 'PATH="%s"; export PATH;\\n' "$p"
"""
UNAME = '#!/bin/sh\ncase "${1:--s}" in -s) echo Darwin ;; -m) echo arm64 ;; *) echo "Darwin $1" ;; esac\n'
BREW = """#!/bin/sh
prefix=$(dirname "$(dirname "$0")")
case "$1" in
  --prefix) echo "$prefix${2:+/opt/$2}" ;;
  shellenv)
    repository=$prefix; [ "$prefix" = /usr/local ] && repository=/usr/local/Homebrew
    echo "export HOMEBREW_PREFIX=\\"$prefix\\"; export HOMEBREW_CELLAR=\\"$prefix/Cellar\\";"
    echo "export HOMEBREW_REPOSITORY=\\"$repository\\";"
    case $2:$SHELL in *fish)
      echo "fish_add_path --global --move --path \\"$prefix/bin\\" \\"$prefix/sbin\\";"; exit ;; esac
    p="$prefix/bin:$prefix/sbin"
    IFS=:; for l in $PATH; do case ":$p:" in *":$l:"*) ;; *) p=$p:$l ;; esac; done
    echo "export PATH=\\"$p\\"" ;;
esac
"""


def read_case(file):
    """The shell, the system, and the files: path -> (text, kind)."""
    lines = file.read_text(errors="surrogateescape").split("\n")
    shell, system = lines[0].split()[:2]
    files, name, kind, text = {}, None, None, []
    for line in lines[1:] + ["--- "]:
        if line[:4] in ("--- ", "+++ ", "/// "):
            if name:
                files[name] = ("\n".join(text).rstrip("\n") + "\n", kind)
            name, kind, text = line[4:].strip().lstrip("/"), line[0], []
            if name.startswith("~/"):
                name = HOMES[system].lstrip("/") + name[1:]
        else:
            text.append(line)
    for path, content in MAC_ETC.items() if system == "mac" else ():
        files.setdefault(path, (content, "-"))
    return shell, system, files


def write_files(root, system, files):
    for name, (text, kind) in files.items():
        path = root / name
        if kind == "/":
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "+":
            program = pathlib.Path(name).name
            path.write_text(BREW if program == "brew" else text if text.strip() else "#!/bin/sh\n")
            path.chmod(0o755)
        elif text.startswith("-> "):
            path.symlink_to(text[3:].strip())
        else:
            path.write_text(text)
    (root / HOMES[system].lstrip("/")).mkdir(parents=True, exist_ok=True)


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def build_root(work, system, files):
    """A root with this machine's programs and the case's own files; mounted in our own namespace only."""
    root = work / "root"
    root.mkdir()
    write_files(root, system, {name: one for name, one in files.items() if not name.startswith(OWN)})
    (root / "usr").mkdir(exist_ok=True)
    run("mount", "--bind", "/usr", str(root / "usr"))
    run("mount", "-o", "remount,bind,ro", str(root / "usr"))
    for name in OWN:
        beside = work / name.replace("/", "-")
        beside.mkdir()
        inside = {n[len(name) + 1:]: one for n, one in files.items() if n.startswith(name + "/")}
        write_files(beside, system, inside)
        if name == "usr/libexec" and system == "mac":
            (beside / "path_helper").write_text(PATH_HELPER)
            (beside / "path_helper").chmod(0o755)
        if not (root / name).is_dir():
            raise SystemExit(f"/{name} is not there to be hidden")
        run("mount", "--bind", str(beside), str(root / name))
    if system == "mac":
        (work / "uname").write_text(UNAME)
        (work / "uname").chmod(0o755)
        run("mount", "--bind", str(work / "uname"), str(root / "usr/bin/uname"))
    if system == "mac":  # where Debian's zsh looks, and what a Mac's says of itself
        (root / "etc/zsh").mkdir(parents=True, exist_ok=True)
        for name in ("zshenv", "zprofile", "zshrc", "zlogin"):
            there = (root / "etc" / name).read_text() if (root / "etc" / name).exists() else ""
            mac = "OSTYPE=darwin23.0; MACHTYPE=arm64; VENDOR=apple\n" if name == "zshenv" else ""
            (root / "etc/zsh" / name).write_text(mac + there)
    for name in ("bin", "sbin", "lib", "lib64", "lib32"):
        if pathlib.Path("/" + name).is_symlink() and not (root / name).exists():
            (root / name).symlink_to("usr/" + name)
    (root / "etc/alternatives").mkdir(parents=True, exist_ok=True)
    run("mount", "--bind", "/etc/alternatives", str(root / "etc/alternatives"))
    for name in ("dev", "proc", "tmp"):
        (root / name).mkdir(exist_ok=True)
    run("mount", "--bind", "/dev", str(root / "dev"))
    (root / "tmp").chmod(0o777)
    (root / "etc").mkdir(exist_ok=True)
    if not (root / "etc/passwd").exists():
        (root / "etc/passwd").write_text(f"dev:x:1000:1000::{HOMES[system]}:/bin/sh\n")
    home = HOMES[system].lstrip("/")
    run("chown", "-R", "1000:1000", str(root / home))
    return root


def from_pam(files):
    """pam_env(8) before the shell starts, for there is no PAM in the root: KEY=VALUE lines."""
    lines = files.get("etc/environment", ("", "-"))[0].split("\n")
    pairs = (line.removeprefix("export ").split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name: value.strip("\"'") for name, value in pairs}


def ask_shell(root, shell, system, terminal, given):
    """What the real shell exports, or None if it left nothing."""
    out = root / "tmp/env"
    out.unlink(missing_ok=True)
    kept = root / HOMES[system].lstrip("/") / ".config/fish/fish_variables"
    before = kept.read_text() if kept.exists() else None
    start = {"HOME": HOMES[system], "USER": "dev", "LOGNAME": "dev", "SHELL": "/bin/" + shell, "PATH": STARTS[system],
             "TERM": "dumb", **({"OSTYPE": "darwin23", "MACHTYPE": "arm64"} if system == "mac" else {}), **given}
    command = ["chroot", "--userspec=1000:1000", str(root), "/usr/bin/env", "-i"]
    command += [f"{k}={v}" for k, v in start.items()] + ["/bin/" + shell, "-l"]
    command += ["-i"] if terminal else []
    command += ["-c", "/usr/bin/env -0 >/tmp/env"]
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=20, start_new_session=True)
    except subprocess.TimeoutExpired:
        return None
    if before is not None:  # a session finds what the machine had, not what the last one left
        kept.write_text(before)
    else:
        kept.unlink(missing_ok=True)
    if not out.exists():
        return None
    pairs = (one.split("=", 1) for one in out.read_text(errors="replace").split("\0") if "=" in one)
    return dict(pairs)


def machine_of(work, shell, system, files):
    folder = work / "machine"
    folder.mkdir()
    write_files(folder / "root", system, files)
    mac = system == "mac"
    if not mac:  # a whole machine: what is not among its programs is not there
        (folder / "root/usr/bin").mkdir(parents=True, exist_ok=True)
        for name in os.listdir("/usr/bin"):
            if not (folder / "root/usr/bin" / name).exists():
                (folder / "root/usr/bin" / name).touch(0o755)
    (folder / "machine.toml").write_text(
        f'platform = "{"macos" if mac else "linux"}"\nmachine = "{"arm64" if mac else "x86_64"}"\nhost_name = "m"\n'
        f'now = 2026-11-23T09:30:00Z\n[user]\nname = "dev"\nhome = "{HOMES[system]}"\nuid = 1000\ngid = 1000\n'
        f'shell = "/bin/{shell}"\n' + ('[sysctl]\n"hw.optional.arm64" = 1\n"kern.osproductversion" = "14.5"\n' if mac else ""))
    return folder


def ask_gopol(gopol, folder, wanted):
    out = subprocess.run([gopol, "facts", *wanted, "--machine", str(folder), "--json"], capture_output=True, text=True,
                         env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"})
    if out.returncode not in (0, 2, 3) or not out.stdout:
        raise SystemExit(f"gopol facts ended with {out.returncode}: {out.stderr}")
    facts = {}
    for one in json.loads(out.stdout)["facts"]:
        slot, value = one["slot"], one["value"]
        name = slot["attribute"] if "key" not in slot else f'{slot["key"]}.{slot["attribute"]}'
        facts[name] = value["list"] if isinstance(value, dict) and "list" in value else value
    return facts


def compare(gopol, file, scratch):
    """Lines about what differs: (kind, what)."""
    shell, system, files = read_case(file)
    work = scratch / file.stem
    work.mkdir()
    out = []
    folder = machine_of(work, shell, system, files)
    root = build_root(work, system, files)
    for kind in ("login", "terminal"):
        real = ask_shell(root, shell, system, kind == "terminal", from_pam(files) if system == "linux" else {})
        names = sorted(set(real or ()) - NEVER)
        names = [n for n in names if n.replace("_", "a").isalnum()]
        facts = ask_gopol(gopol, folder, [f"path.{kind}", "session"] + [f'session["{n}"].{kind}' for n in names])
        out += verdicts(kind, real, names, facts)
    return out


def verdicts(kind, real, names, facts):
    said = facts[kind]
    if real is None:
        return [("unknown" if is_unknown(said) else "wrong", f"path.{kind}: the shell ended, gopol says {said}")]
    folders = real["PATH"].split(":") if real["PATH"] else []
    if is_unknown(said):
        out = [("unknown", f"path.{kind}: {said}")]
    else:
        out = [("right" if said == folders else "wrong", f"path.{kind}: {said}, really {folders}")]
    for name in names:
        value = facts[f"{name}.{kind}"]
        if value == "…":  # not shown: it might be a secret
            continue
        if is_unknown(value):
            out.append(("unknown", f"{name}.{kind}: {value}"))
        else:
            out.append(("right" if value == real[name] else "wrong", f"{name}.{kind}: {value!r}, really {real[name]!r}"))
    for name, value in facts.items():  # what gopol says is set, and is not
        if not name.endswith("." + kind) or value == {"absent": True} or is_unknown(value):
            continue
        if name.split(".")[0] not in real:
            out.append(("wrong", f"{name}: {value!r}, really not set"))
    return out


def is_unknown(value):
    return isinstance(value, dict) and "unknown" in value


def main():
    # All is on a file system of our own, which is gone with this process's mounts; nothing is ever removed here.
    gopol, scratch, *places = sys.argv[1:]
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "tmpfs", "none", scratch)
    files = []
    for place in map(pathlib.Path, places):
        files += sorted(place.glob("*.session")) if place.is_dir() else [place]
    table = {}
    for file in files:
        try:
            lines = compare(gopol, file, pathlib.Path(scratch))
        except SystemExit as why:
            lines = [("wrong", str(why))]
        for verdict, what in lines:
            if verdict == "wrong" or (verdict == "unknown" and os.environ.get("SHOW_UNKNOWN")):
                print(f"{verdict} {file.name}: {what}")
        verdict_of = {v for v, _ in lines}
        path_unknown = any(v == "unknown" and what.startswith("path.") for v, what in lines)
        worst = "wrong" if "wrong" in verdict_of else "unknown" if path_unknown else "right"
        row = table.setdefault(file.stem.rsplit("-", 1)[0], dict.fromkeys(VERDICTS, 0))
        row[worst] += 1
    print(f"{'family':24} right unknown wrong")
    for family, row in sorted(table.items()) + [("all", {v: sum(r[v] for r in table.values()) for v in VERDICTS})]:
        print(f"{family:24} {row['right']:5} {row['unknown']:7} {row['wrong']:5}")
    sys.exit(0 if table and not any(row["wrong"] for row in table.values()) else 1)


main()
