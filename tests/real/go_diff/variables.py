"""Facts `go.env` against `go env`: values without the environment of the process, and what that hides."""
from . import machine

VALUES = {
    "AR": ["llvm-ar", "ar"], "CC": ["gcc", "clang -m64", "/usr/bin/cc"], "CXX": ["clang++"],
    "CGO_ENABLED": ["0", "1", "yes"], "GO111MODULE": ["on", "off", "auto", "yes"], "GOAMD64": ["v1", "v3"],
    "GOARCH": ["arm64", "bogus"], "GOAUTH": ["off", "netrc"], "GOBIN": ["/b/bin"], "GOCACHE": ["/c"],
    "GOCACHEPROG": ["/x/prog -a"], "GOEXPERIMENT": ["none", "synctest", "nosuch"], "GOFIPS140": ["off", "latest"],
    "GOFLAGS": ["-mod=mod -trimpath", "'-ldflags=-s -w'", "  -v\t-x ", "'-a"], "GOINSECURE": ["*.internal,b.example"],
    "GOMODCACHE": ["/m"], "GONOPROXY": ["none", "x.example,y.example/"], "GONOSUMDB": ["a.example"],
    "GOOS": ["darwin", "bogus"], "GOPATH": ["/a:/b", "rel", ":/a", "/a/../b"],
    "GOPRIVATE": [",a.example,,", "*.corp.example"],
    "GOPROXY": ["direct", "off", " https://a.example , direct ", "p.example", "https://a.example|direct", "https://a.example\r"],
    "GOROOT": ["/nowhere"], "GOSUMDB": ["off", "sum.golang.google.cn"], "GOTMPDIR": ["/tmp"],
    "GOTOOLCHAIN": ["local", "go1.22.2+auto", "bogus"], "GOVCS": ["public:git,private:all", "bad"]}
SINCE = {"GOTOOLCHAIN": 21, "GOAUTH": 24, "GOFIPS140": 24, "GOCACHEPROG": 24}
# With these go may refuse every command: rarely, so that most situations say something of the others.
RISKY = ["GO111MODULE", "GOARCH", "GOCACHEPROG", "GOEXPERIMENT", "GOFLAGS", "GOOS", "GOPATH", "GOROOT"]
ODD_LINES = ["# GOPROXY=off", "", "junk", "export GOPROXY=off", " GOPROXY=off", "goproxy=off", "GOPROXY =off", "=x", "1GOPROXY=x",
             "GOUNKNOWN=1", "GOPROXY==off", "GOPROXY=off\x00", "GOENV=/x", "GOFLAGS=-mod=mod # why"]


def some_lines(random, most, risky):
    lines = []
    for _ in range(random.randint(0, most)):
        name = random.choice(list(VALUES))
        if random.random() < 0.25:
            lines.append(random.choice(ODD_LINES))
        elif risky or name not in RISKY:
            lines.append(f"{name}={random.choice(VALUES[name] + [''])}")
    return lines


def text_of(random, lines):
    end = "\r\n" if random.random() < 0.05 else "\n"
    return ("\ufeff" if random.random() < 0.05 else "") + end.join(lines) + random.choice([end, ""])


def go_env(program, environment, folder):
    """The values by name, or the message of a go that refuses every command."""
    code, out, error = machine.run([program, "env", *VALUES], {**environment, "GOTOOLCHAIN": "local"}, folder)
    if code != 0:
        return error
    values = dict(zip(VALUES, out.split("\n")))
    values["GOTOOLCHAIN"] = machine.run([program, "env", "GOTOOLCHAIN"], environment, folder)[1].rstrip("\n")
    return values


def chain(text):
    """GOPROXY as go reads it, in gopol's form; None: an error."""
    out = []
    while text:
        end = min((at for at in (text.find(","), text.find("|")) if at >= 0), default=len(text))
        word, separator, text = text[:end].strip(), text[end:end + 1] or ",", text[end + 1:]
        if word in ("off", "direct"):
            return out + [[word, ","]]
        if word and ":" not in word:
            word = "https://" + word if "." in word else None
        if word is None or word.startswith("="):
            return None
        if word:
            out.append([word, separator])
    return out or None


def is_same(name, ours, theirs):
    if not isinstance(ours, dict):
        return ours == theirs
    if "absent" in ours:
        return theirs == ""
    if "chain" in ours:
        return ours["chain"] == chain(theirs)
    if "list" in ours and name == "GOFLAGS":
        return " ".join(ours["list"]).split() == theirs.replace("'", "").split()
    if "list" in ours:
        return ours["list"] == [item for item in theirs.split(",") if item]
    return ours.get("path", "").rstrip("/") == theirs.rstrip("/")


def facts(here, **process):
    return {fact["slot"]["attribute"]: fact for fact in here.ask("facts", "--json", "go.env", **process)["facts"]}


def situation(random, gopol, top, releases, tally):
    release = random.choice(releases)
    here = machine.Machine(gopol, top)
    tree = release.copy_to(top / "trees")
    shipped = release.go_env
    if shipped is not None and random.random() < 0.5:
        shipped = random.choice([None, shipped + text_of(random, some_lines(random, 4, False)),
                                 text_of(random, some_lines(random, 4, False))])
    (tree / "go.env").unlink(missing_ok=True)
    if shipped is not None:
        (tree / "go.env").write_text(shipped, newline="")
    link = here.home / ".local/share/gopol/go/current"
    link.parent.mkdir(parents=True)
    link.symlink_to(tree)
    user = text_of(random, some_lines(random, 8, random.random() < 0.3))
    here.write(".config/go/env", user)
    process = {}
    for _ in range(random.choice([0, 1, 2, 4])):
        name = random.choice([name for name in VALUES if name not in RISKY or name == "GOPATH"])
        process[name] = random.choice(VALUES[name] + [""])
    if process.get("GOPATH") == "rel":
        process["GOPATH"] = "/rel"
    if random.random() < 0.15:
        process["GOENV"] = random.choice(["off", "", "/nowhere/env"])
    if random.random() < 0.1:
        process["GOROOT"] = str(random.choice(releases).root)
    seen = {"go": release.name, "user file": user, "go.env": shipped, "process": process}
    theirs = go_env(tree / "bin/go", here.environment, here.folder)
    if isinstance(theirs, str):
        refused(here, theirs, seen, tally)
        return
    ours = facts(here)
    hiding = facts(here, **process)
    shadowed = go_env(tree / "bin/go", {**here.environment, **process}, here.folder)
    # Another file is told once, not with each variable.
    other_file = any("GOENV=" in finding for fact in hiding.values() for finding in fact.get("findings", []))
    for name in VALUES:
        if release.minor < SINCE.get(name, 0):
            continue
        value, said = ours[name]["value"], f"{name}=" in user + (shipped or "")
        # go shows nothing of another architecture, and its own word for a cache that is none.
        if (name == "GOAMD64" and theirs["GOARCH"] != "amd64") or (name == "GOCACHE" and theirs[name] == "off"):
            continue
        if said or not (isinstance(value, dict) and "absent" in value):  # nothing is claimed of other defaults
            tally.compare("value", is_same(name, value, theirs[name]), name=name, gopol=value, real=theirs[name], **seen)
        if isinstance(shadowed, dict):
            found = any("hidden by" in finding for finding in hiding[name].get("findings", []))
            differs = shadowed[name] != theirs[name]
            tally.compare("hidden", found == differs or (differs and other_file), name=name, gopol=found,
                          real=[theirs[name], shadowed[name]], **seen)


def refused(here, message, seen, tally):
    """Where go refuses every command, doctor names the variable."""
    code, out, _ = machine.run([here.gopol, "doctor"], here.environment, here.folder)
    wrong = [name for name in VALUES if name in message] or [name for name in VALUES if f"{name}=" in seen["user file"]]
    tally.compare("refuses", code == 1 and any(f"go.env.{name}" in out for name in wrong), message=message, doctor=out, **seen)
