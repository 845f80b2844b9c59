"""`gopol why module` against the servers that go asks: all of its requests pass through a proxy of ours, which notes each.

Made-up module proxies answer as the situation says; every tunnel (https) is noted and refused.
"""
import io
import json
import re
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from . import machine

MODULES = ["github.com/acme/lib", "github.com/Acme/Lib", "github.com/acme/lib/v2", "github.com/acme/lib.git", "git.corp.example/team/lib",
           "git.corp.example/team/lib.git/sub", "gopkg.in/yaml.v3", "example.com/x/y/z", "code.internal/b", "svn.example.com/x.svn/y",
           "f.example.com/p.fossil", "code.example.com/p.bzr", "Git.Corp.example/Team/Lib", "hub.jazz.net/git/user/proj", "10.0.0.5/x/y",
           "chiselapp.com/user/u/repository/r", "git.apache.org/thrift.git", "corp.example/a"]
PROXIES = ["http://p1.example", "http://p2.example/sub", "https://p3.example", "https://proxy.golang.org", "p5.example"]
GLOBS = ["git.corp.example", "*.corp.example", "github.com/acme/*", "*", "none", "code.internal,github.com/acme", "[bad", "e[a-z]*.com", ",,"]
OTHERS = {"GOPRIVATE": (0.35, GLOBS), "GONOPROXY": (0.2, GLOBS + [""]), "GONOSUMDB": (0.2, GLOBS), "GOINSECURE": (0.2, GLOBS),
          "GOVCS": (0.35, ["public:git", "*:off", "private:all,public:off", "github.com:hg", "bad", "a:git,a:hg", "*:all", "private:off"]),
          "GOSUMDB": (0.4, ["off", "sum.golang.org", "sum.golang.org http://sum.example", "sum.golang.google.cn", "bogus.example"]),
          "GO111MODULE": (0.04, ["off", "on"])}
DATABASES = ["sum.golang.org", "sum.golang.google.cn", "sum.example"]
PUBLIC = ["proxy.golang.org", "sum.golang.org"]


class Servers:
    """The forward proxy: what was asked, and the answers of the module proxies by host."""

    def __init__(self):
        self.asked, self.answers, self.with_database = [], {}, set()
        servers = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, body=b""):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)
                self.close_connection = True

            def do_CONNECT(self):
                servers.asked.append((self.path.split(":")[0].lower(), ""))
                self.answer(502)

            def do_GET(self):
                url = urlsplit(self.path)
                servers.asked.append((url.hostname.lower(), url.path))
                self.answer(*servers.response(url.hostname, url.path))
            do_HEAD = do_POST = do_GET

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def response(self, host, path):
        if "/sumdb/" in path:
            return 200 if path.endswith("/supported") and host in self.with_database else 404, b""
        status = self.answers.get(host, 404)
        found = re.match(r"(?:/sub)?/(.*)/@(?:v/(.*)|latest)$", path)
        if status != 200 or not found:
            return status if found else 404, b""
        module = re.sub(r"(?:!|%21)(.)", lambda letter: letter.group(1).upper(), found.group(1))
        version, what = version_of(module), found.group(2)
        if what == "list":
            return 200, (version + "\n").encode()
        if what is None or what.endswith(".info"):
            return 200, json.dumps({"Version": version, "Time": "2024-01-01T00:00:00Z"}).encode()
        if what.endswith(".mod"):
            return 200, f"module {module}\n".encode()
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as out:
            out.writestr(f"{module}@{version}/go.mod", f"module {module}\n")
        return 200, archive.getvalue()


def version_of(module):
    major = re.search(r"[/.]v([2-9])$", module)
    return f"v{major.group(1)}.0.0" if major else "v1.0.0"


def in_order(hosts):
    return list(dict.fromkeys(host.lower() for host in hosts))


def predicted(ours, servers):
    """The hosts that gopol's steps lead to with these answers, and whether a version arrives."""
    hosts = []
    for step in [] if ours["errors"] else ours["steps"]:
        if step["element"] in ("direct", "off"):
            hosts += [urlsplit(step["request"]).hostname] if step["request"] else []
            break
        host = urlsplit(step["element"]).hostname
        hosts.append(host)
        status = servers.answers.get(host, 404) if step["element"].startswith("http:") else 502
        if status == 200:
            return in_order(hosts), True
        if status not in (404, 410) and step["next"] != "on any error":
            break
    return in_order(hosts), False


def settings(random):
    chain = "".join(random.choice(PROXIES) + random.choice([",", ",", "|", " , "]) for _ in range(random.randint(1, 3)))
    out = {"GOPROXY": random.choice([chain + "direct", chain + "off", chain.rstrip(",| "), "direct", "off", "," + chain])}
    for name, (share, values) in OTHERS.items():
        if random.random() < share:
            out[name] = random.choice(values)
    return out


SERVERS = None


def situation(random, gopol, top, releases, tally):
    global SERVERS
    servers = SERVERS = SERVERS or Servers()
    release = random.choice(releases)
    here = machine.Machine(gopol, top)
    here.write(".profile", f'export PATH="{release.root}/bin:$PATH"\n')
    said = settings(random)
    process = {name: said.pop(name) for name in list(said) if random.random() < 0.2}
    here.user_file(["GOTOOLCHAIN=local", "GOFLAGS=-mod=mod"] + [f"{name}={value}" for name, value in said.items()])
    servers.answers = {host: random.choice([200, 200, 404, 410, 500, 403]) for host in ("p1.example", "p2.example")}
    servers.with_database = {host for host in servers.answers if random.random() < 0.4}
    module = random.choice(MODULES)
    wanted = random.choice(["latest", version_of(module)])
    ours = here.ask("why", "module", "--json", f"{module}@{wanted}", **process)
    (here.folder / "go.mod").write_text("module m\n\ngo 1.18\n")
    environment = {**here.environment, **process, "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1", "NO_PROXY": ""}
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        environment[name] = environment[name.lower()] = servers.address()
    servers.asked = []
    ask = ["list", "-m", f"{module}@latest"] if wanted == "latest" else ["mod", "download", f"{module}@{wanted}"]
    code, _, error = machine.run([release.program, *ask], environment, here.folder)
    compare(ours, servers, {"go": release.name, "module": f"{module}@{wanted}", "user file": said, "process": process,
                            "answers": servers.answers, "with database": sorted(servers.with_database),
                            "go said": [code, error[-300:]], "steps": ours["steps"], "errors": ours["errors"]}, tally)


def compare(ours, servers, seen, tally):
    expected, arrives = predicted(ours, servers)
    hosts = in_order(host for host, path in servers.asked if "/sumdb/" not in path and host not in DATABASES)
    # What follows a download is about the database, of which a tunnel does not show it.
    same = hosts == expected or (arrives and hosts[:len(expected)] == expected and bool(ours["sumdb"]["name"]))
    # Of a version control that is not installed no server hears.
    if not same and hosts == expected[:-1] and re.search(r'executable file not found|missing \w+ command|"(hg|svn|bzr|fossil)"', seen["go said"][1]):
        same = True
    tally.compare("hosts", same, gopol=expected, real=servers.asked[:12], **seen)
    if ours["looks"]["as"] == "private":
        told = [urlsplit(leak["server"]).hostname or leak["server"] for leak in ours["may_leak"]]
        for host in in_order(host for host, _ in servers.asked if host in PUBLIC):
            tally.compare("leak", host in told, gopol=told, real=host, **seen)
    asked = any(host in DATABASES or "/sumdb/" in path for host, path in servers.asked)
    tally.compare("database", not asked or bool(ours["sumdb"]["name"]), gopol=ours["sumdb"], real=servers.asked[:12], **seen)
