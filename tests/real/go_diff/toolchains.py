"""`gopol why go` against the `go version` of a login shell, where several Gos are there to choose from."""
import json
import re
import zipfile
from . import machine


def version(random, releases):
    return random.choice([random.choice(releases).name[2:], f"1.{random.randint(17, 28)}", "1.22rc1", "1.21", "1.99.1", "1.24.0-acme", "bogus"])


def setting(random, releases):
    name = random.choice(releases).name
    return random.choice(["local", "auto", "path", name, name + "+auto", name + "+path", "go1.99.1", "go1.24", "go1.20.3", "bogus",
                          "Auto", name + "+x", "go1.21+auto", ""])


def mod_file(random, releases, *more):
    go = "go " + version(random, releases)
    lines = [random.choice([go, go, go, "\u00a0" + go, go + " // why", "\t" + go, go.replace(" ", "="), "// " + go])]
    if random.random() < 0.4:
        lines.append("toolchain " + random.choice(["go" + version(random, releases), "default", "local", "go1.24"]))
    return "\n".join([*more, *lines]) + "\n"


def offer(releases, folder):
    """A module proxy in a folder that has the releases themselves."""
    at = folder / "golang.org/toolchain/@v"
    if at.exists():
        return folder
    at.mkdir(parents=True)
    for release in releases:
        if release.minor < 21:
            continue
        name = f"v0.0.1-{release.name}.linux-amd64"
        front = f"golang.org/toolchain@{name}/"
        with zipfile.ZipFile(at / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for part in ("bin/go", "VERSION", "go.env"):
                archive.write((release.root / part).resolve(), front + part)
            archive.writestr(front + "pkg/tool/linux_amd64/compile", "")
        (at / f"{name}.info").write_text(json.dumps({"Version": name}))
        (at / f"{name}.mod").write_text("module golang.org/toolchain\n")
    return folder


def situation(random, gopol, top, releases, tally):
    here = machine.Machine(gopol, top)
    first = random.choice(releases)
    tree = first.copy_to(top / "trees")
    (tree / "go.env").unlink(missing_ok=True)
    if first.go_env is not None and random.random() < 0.9:
        (tree / "go.env").write_text(first.go_env)
    named = here.home / "named"
    named.mkdir()
    for other in random.sample(releases, random.randint(0, min(3, len(releases)))):
        (named / other.name).symlink_to(other.program)
    here.write(".profile", f'export PATH="{tree}/bin:{named}:$PATH"\n')
    lines = random.choice([[f"GOPROXY=file://{offer(releases, top / 'proxy')}", "GOSUMDB=off"], ["GOPROXY=off"],
                           ["GOPROXY=http://127.0.0.1:9", "GOSUMDB=off"], ["GOPROXY=bogus"]])
    for name, share, values in (("GOTOOLCHAIN", 0.6, [setting(random, releases)]), ("GO111MODULE", 0.15, ["off", "auto", "on"]),
                                ("GOWORK", 0.1, ["off", "auto", "rel.work", str(here.folder / "other.work")]),
                                ("GOFLAGS", 0.05, [f"-modfile={here.folder}/other.mod"])):
        if random.random() < share:
            lines.append(f"{name}={random.choice(values)}")
    here.user_file(lines)
    files = {}
    deep = here.folder / "a/b"
    deep.mkdir(parents=True)
    for name, share in (("go.mod", 0.3), ("a/go.mod", 0.4), ("a/b/go.mod", 0.4), ("other.mod", 0.5)):
        if random.random() < share:
            files[name] = mod_file(random, releases, "module example.com/m")
    for name, share in (("a/go.work", 0.15), ("other.work", 0.3)):
        if random.random() < share:
            files[name] = mod_file(random, releases, "use .").replace("\u00a0", " ")
    for name, text in files.items():
        (here.folder / name).write_bytes(text.encode())
    process = {"GOTOOLCHAIN": setting(random, releases)} if random.random() < 0.2 else {}
    folder = random.choice([deep, here.folder / "a"])
    compare(here, folder, process, {"go": first.name, "user file": lines, "files": files, "process": process, "folder": str(folder)}, tally)


def compare(here, folder, process, seen, tally):
    ours = here.ask("why", "go", "--json", str(folder), **process)
    login = ["bash", "-lc", 'cd "$1" && exec go "${@:2}"', "login", folder]
    environment = {**here.environment, **process}
    code, out, error = machine.run(login + ["version"], environment, here.folder)
    real = out.split()[2] if code == 0 else None
    refusal = machine.run(login + ["list", "-m"], environment, here.folder)[2] if real else ""
    # `go version` does not read all of a file; what go.mod asks for shows in a command that does.
    refuses = re.search(r"requires go >=|errors parsing go\.|newer than|reading go.work", refusal)
    runs = ours.get("toolchain") if isinstance(ours["version"], dict) and "version" in ours["version"] else None
    if real is None:
        # gopol does not ask the network: what is downloaded may not be there.
        wanted = re.search(r"download (go[^\s:]+)", error)
        same = runs is None or (ours.get("source") == "download" and wanted is not None and wanted.group(1) == runs)
    elif runs is None:
        same = refuses is not None
    else:
        same = real.split("-")[0] == runs.split("-")[0] and not (refuses and "requires go >=" in refusal)
    tally.compare("which go", same, gopol=[runs, ours.get("stops")], real=[real, (error + refusal)[-300:]], **seen)
