#!/usr/bin/env python3
"""Tables of Go's own behaviour, made anew: go_truth.py FOLDER [--seed N] [--rows N] GOROOT...

Fills FOLDER with tables in the form of tests/data, of random rows that no table here has; `GOPOL_TRUTH=FOLDER gopol_tests
"[truth]"` tries them. Values are asked of functions copied from the newest Go's source and built by it, what `go env -w`
says of every Go. Nothing is asked of the network.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from go_diff.machine import Release, run

HERE = Path(__file__).resolve().parent / "go_truth"


def functions(source, *names):
    """Their text, as it stands in a file of Go's."""
    text = source.read_text()
    out = []
    for name in names:
        found = re.search(r"^func (\([^)]*\) )?" + name + r"\(.*?^}\n", text, re.M | re.S)
        out.append(found.group(0))
    return "\n".join(out)


def copy_package(source, to, names=None):
    to.mkdir(parents=True, exist_ok=True)
    for file in source.glob("*.go"):
        if file.name.endswith("_test.go") or (names and file.name not in names):
            continue
        text = file.read_text().replace('"golang.org/x/mod/', '"truth/mod/').replace('"internal/goexperiment"', '"truth/goexperiment"')
        (to / file.name).write_text(text)


def build(release, folder):
    """The program that asks; its packages are Go's, under names that may be imported."""
    src = release.root / "src"
    shutil.copy(HERE / "main.go", folder / "main.go")
    (folder / "go.mod").write_text(f"module truth\n\ngo 1.{release.minor}\n")
    copy_package(src / "internal/gover", folder / "gover")
    copy_package(src / "cmd/internal/quoted", folder / "quoted")
    copy_package(src / "internal/goexperiment", folder / "goexperiment", ["flags.go"])
    copy_package(src / "internal/buildcfg", folder / "buildcfg", ["exp.go"])
    (folder / "buildcfg/own.go").write_text('package buildcfg\n\nconst GOOS, GOARCH, defaultGOEXPERIMENT = "linux", "amd64", ""\n\n'
                                            'func envOr(_, other string) string { return other }\n\nvar Error error\n')
    mod = src / "cmd/vendor/golang.org/x/mod"
    for name in ("internal/lazyregexp", "module", "semver", "sumdb/note"):
        copy_package(mod / name, folder / "mod" / name)
    fetch = src / "cmd/go/internal/modfetch"
    asked = functions(fetch / "proxy.go", "proxyList", "newProxyRepo", "pathEscape") + "\n" + functions(fetch / "sumdb.go", "dbDial")
    asked = asked.replace("(Repo, error)", "(any, error)").replace("(dbName string, db *sumdb.Client, err error)", "(dbName string, err error)")
    asked = re.sub(r"return &proxyRepo\{.*", "return nil, nil", asked).replace('return "", nil, ', 'return "", ')
    asked = re.sub(r"return name, sumdb.NewClient.*", "_ = base\n\treturn name, nil", asked)
    asked += "\n" + functions(src / "cmd/go/internal/vcs/vcs.go", "parseGOVCS", "allow")
    (folder / "asked").mkdir()
    (folder / "asked/asked.go").write_text((HERE / "asked.go.txt").read_text() + asked)
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod", "GOPROXY": "off",
                   "GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"}
    code, out, error = run([release.program, "build", "-o", "truth", "."], environment, folder)
    if code != 0:
        raise SystemExit(f"the copies of Go's source do not build: {out}{error}")
    return folder / "truth"


def ask(program, questions):
    done = subprocess.run([program], input=json.dumps(questions).encode(), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def cell(text):
    for character, escape in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(character, escape)
    return text or "<empty>"


def table(path, header, rows):
    lines = ["\t".join(["id", *header])] + ["\t".join([f"R{number}", *map(cell, row)]) for number, row in enumerate(rows)]
    path.write_text("\n".join(lines) + "\n")


class Words:
    """Random values that look like what people write, and like what they should not."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def one(self, *words):
        return self.random.choice(words)

    def some(self, most, word, separators):
        return "".join(word() + self.one(*separators) for _ in range(self.random.randint(0, most)))

    def version(self):
        number = lambda: self.one("0", "1", "2", "20", "21", "22", "023", "999", "9" * 25, "")
        out = number() + self.one("", ".", ".", ".") + number() + self.one("", "", ".", ".x") + self.one("", number())
        return out + self.one("", "", "", "rc1", "beta2", "alpha", "rc", "rc01", "-acme", "x1", " ", "rc1.2")

    def name(self):
        return self.one("go", "go", "go", "", "gccgo-go", "Go") + self.version()

    def host(self):
        return self.one("a.example", "B.example", "localhost", "127.0.0.1", "[::1]", "[::1", "x y", "h:80", "h:8a", "u:p@h", "u p@h", "é.example", "a%41",
                        "a_b", "h:1:2", "a[b", "<x>", "a\"b", "a^b", "a|b", "{x}", "")

    def url(self):
        return (self.one("https://", "https://", "http://", "file://", "file:", "HTTPS://", "ftp://", "https:/", "https:", "//", "", "a b://", "1x://", "://")
                + self.host() + self.one("", "/", "/x/y", "/a b", "/%zz", "/%20", "/é", "/x?y=1", "?", "#f", "#%g", "/;", "/[x]", "/(a)!*"))

    def proxies(self):
        word = lambda: self.one("direct", "off", "Direct", "none", " ", "", "a", "p.example", "p/x", "/abs", self.url(), self.url(), self.url())
        return self.some(2, word, (",", "|", " , ", "|,")) + word()

    def glob(self):
        part = lambda: self.one("a", "*", "b?", "[a-c]", "[^a]x", "[", "\\*", "a*b", "*.corp", "", "git", "[]a]", "\\", "[a-]", "x.y", "A")
        return self.some(3, lambda: part() + self.one("", "", part()), ("/", "/", ",", "//")) + part()

    def path(self):
        part = lambda: self.one("a", "b", "bx", "ab", "axb", "x.corp", "git", "*", "A", "x.y", "cx")
        return "/".join(part() for _ in range(self.random.randint(1, 4)))

    def vcs(self):
        rule = lambda: (self.one("public", "private", "a", "*", "a/b", "./x", "..", "", " public ", "[a", "x.corp") + self.one(":", ":", ":", "", " : ", "::")
                        + self.one("git", "all", "off", "git|hg", "git||hg", "", " svn | git", "Git", "|"))
        return self.some(2, rule, (",", ", ", ",,")) + rule()

    def flags(self):
        return self.some(4, lambda: self.one("-x", "-tags=a,b", "'a b'", '"a', "'-x'y", "a'b'", '"\'"', "''", "\\", "é", "-ldflags='-s -w'", "'"), (" ", "\t", "  ", "\n", "\r"))

    def experiments(self):
        word = lambda: self.one("none", "fieldtrack", "nofieldtrack", "regabi", "noregabi", "boringcrypto", "nojsonv2", "greenteagc", "bad", "nobad", "", "none",
                                "FieldTrack", " arenas", "arenas", "loopvar", "nodwarf5", "dwarf5", "noregabiargs", "simd")
        return self.some(3, word, (",",)) + word()

    def database(self):
        key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
        name = self.one("off", "sum.golang.org", "sum.golang.google.cn", key, key[:-1], key.replace("033", "034"), key.upper(), "x+1+y", "", "Off", key.replace("+", " "),
                        "a.example+00000000+AAAA", key + "=")
        return self.one("", " ", "\t") + name + self.some(2, lambda: self.one("https://a.example", "ftp://x", "x", self.url()), ("", " "))


def value_tables(words, program, minor, folder, rows):
    # What gopol says of addresses and experiments is what 1.27 does: before, some were read otherwise.
    is_newest = minor >= 27
    questions = []
    add = lambda kind, *arguments: questions.append([kind, *arguments])
    for _ in range(rows):
        add("compare", words.name(), words.name())
        add(words.one("valid", "lang"), words.name())
        add(words.one("islang", "isprerelease", "parse"), words.version())
        add("proxy", words.proxies(), words.one("", "", "x.example"))
        add("sumdb", words.database())
        add("vcs", words.vcs(), words.path(), words.one("yes", "no"), words.one("git", "hg", "svn", "zzz"))
        add("flags", words.flags())
        add("experiment", words.one("darwin", "linux", "aix"), words.one("arm64", "amd64", "386", "s390x"), words.experiments())
        add("glob", words.glob(), words.path())
    answers = list(zip(questions, ask(program, questions)))
    of = lambda *kinds: [(q, a) for q, a in answers if q[0] in kinds]
    versions = of("compare", "valid", "lang", "islang", "isprerelease", "parse")
    table(folder / "version-compare.tsv", ["fn", "a", "b", "expected"], [[q[0], q[1], (q + ["-"])[2], a] for q, a in versions])
    if is_newest:
        table(folder / "goproxy-cases.tsv", ["kind", "GOPROXY", "GONOPROXY", "outcomes", "expected"], [["parse", q[1], q[2] or "-", "-", a] for q, a in of("proxy")])
        table(folder / "gosumdb-cases.tsv", ["GOSUMDB", "name_or_error"], [[q[1], a] for q, a in of("sumdb")])
        table(folder / "goexperiment-cases.tsv", ["goos", "goarch", "GOEXPERIMENT", "enabled_or_error", "diff"], [[*q[1:], *a.split("\t")] for q, a in of("experiment")])
    table(folder / "govcs-cases.tsv", ["govcs", "module_root", "private", "vcs", "allowed_or_error"], [[*q[1:], a] for q, a in of("vcs")])
    table(folder / "goflags-quoting.tsv", ["input", "fields_json_or_error"], [[q[1], a] for q, a in of("flags")])
    table(folder / "match-prefix-patterns.tsv", ["globs", "target", "match"], [[q[1], q[2], a] for q, a in of("glob")])


ASSIGNED = {"GO111MODULE": ["on", "x", ""], "GOPATH": ["/a", "~/a", "a", "", "/a:b"], "GOMODCACHE": ["/m", "m", ""], "GOTMPDIR": ["/t", "t"],
            "CC": ["gcc", "./cc", "'a", "  ", "x/y"], "CXX": ["g++", "x/y"], "GOOS": ["linux", "darwin", "plan9", "x", ""], "GOARCH": ["arm64", "386", "x", ""],
            "GOEXPERIMENT": ["none", "synctest", "x", "loopvar", "jsonv2"], "GOENV": ["/x"], "GODEBUG": ["x=1"], "GOTELEMETRY": ["off"], "GOAUTH": ["off"],
            "GOFIPS140": ["off"], "GOARM64": ["v9"], "GOWORK": ["off"], "GOROOT": ["/x"], "GOVERSION": ["x"], "NOSUCH": ["x"], "GOFLAGS": ["-x\v", "-x"],
            "GOTOOLCHAIN": ["local"], "GOGCCFLAGS": ["x"], "GOPROXY": ["x\ny", "off"], "GOCACHEPROG": ["x"], "GOAMD64": ["v9"], "CGO_CFLAGS_ALLOW": ["("]}


def write_table(words, releases, folder):
    rows = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        for argument in [f"{name}={value}" for name, values in ASSIGNED.items() for value in values] + ["GOPROXY", "=x", "a=b"]:
            parts = []
            for release in releases:
                environment = {"HOME": home, "PATH": "/usr/bin:/bin", "GOTOOLCHAIN": "local", "GOENV": os.path.join(home, "env")}
                code, _, error = run([release.program, "env", "-w", argument], environment, home)
                Path(home, "env").unlink(missing_ok=True)
                parts.append(f"1.{release.minor} => " + ("accept" if code == 0 else "reject: " + error.strip().split("\n")[0]))
            rows.append([argument, " || ".join(parts)])
    table(folder / "env-write.tsv", ["argument", "result"], rows)


def edited(words, release, folder, number):
    """One file, and what `go env -w` or `-u` makes of it."""
    names = ["GOPROXY", "GOFLAGS", "GOPRIVATE", "GOBIN", "GO386", "GO111MODULE", "GOCACHE", "GOSUMDB"]
    values = ["off", "on", "/x", "", "a=b", " x", "é"]
    odd = ["# x=1", "", "junk", " A=1", "export B=2", "=x", "x", "GOPROXY", "A#B=1", "\tGOBIN=/t"]
    lines = [words.one(*odd) if words.random.random() < 0.35 else words.one(*names) + "=" + words.one(*values) for _ in range(words.random.randint(0, 9))]
    before = words.one("\n", "\n", "\n", "\r\n").join(lines) + words.one("\n", "")
    keys = words.random.sample(names, words.random.randint(1, 3))
    good = {"GO111MODULE": ["on", "off"], "GOBIN": ["/b", ""]}
    arguments = ["-u", *keys] if words.random.random() < 0.3 else ["-w", *(f"{key}={words.one(*good.get(key, values))}" for key in keys)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        file = Path(home, "env")
        file.write_bytes(before.encode())
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", "GOTOOLCHAIN": "local", "GOENV": str(file)}
        code, _, error = run([release.program, "env", *arguments], environment, home)
        after = file.read_bytes().decode() if file.exists() else None
    (folder / f"write-{number:03}.json").write_text(json.dumps({"kind": "write", "file_before": before, "go_env_args": arguments, "process_env": {},
                                                                 "exit": code, "stderr": error, "file_after": after}))


def main():
    parser = argparse.ArgumentParser(prog="go_truth.py")
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--rows", type=int, default=60)
    parser.add_argument("folder", type=Path)
    parser.add_argument("goroots", nargs="+")
    options = parser.parse_args()
    releases = sorted((Release(root) for root in options.goroots), key=lambda release: release.minor)
    words = Words(options.seed)
    (options.folder / "envfile-cases").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        value_tables(words, build(releases[-1], Path(folder)), releases[-1].minor, options.folder, options.rows)
    # The test of this table asks what each of these does.
    if {19, 21, 22, 23, 24, 25, 26, 27} <= {release.minor for release in releases}:
        write_table(words, releases, options.folder)
    for number in range(options.rows):
        edited(words, releases[-1], options.folder / "envfile-cases", number)
    print(f"seed {options.seed}: {sum(1 for file in options.folder.glob('*.tsv') for _ in file.open())} rows in {options.folder}")


if __name__ == "__main__":
    main()
