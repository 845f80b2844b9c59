#!/usr/bin/env python3
"""Every command that a text of gopol names is run: run.py GOPOL SOURCE.

Damages copies of the recorded machines, asks `gopol doctor`, does what each mend says as a person at that Mac would (a
tool of the machine, or what macos-truth says that the tool does), and asks again: the finding is gone. What a mend names
of gopol itself parses and finds its thing. GOPOL_MENDS=v prints each, GOPOL_MENDS_ALL tries each damage on every machine. Ends with 1 and a list of what does not hold.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

GOPOL, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
MACHINES = os.path.join(SOURCE, "examples/machines")
MACS = ["intel-sequoia", "m1-ventura-clt", "m2-sequoia-mixed-brew", "m3-goldengate", "m3-sonoma", "m4-tahoe-managed"]
CLT = "/Library/Developer/CommandLineTools"
XCODE = "/Applications/Xcode.app"
LINK = "/private/var/db/xcode_select_link"
LICENCE = "/Library/Preferences/com.apple.dt.Xcode.plist"
GO_ENV = "/Users/dev/Library/Application Support/go/env"
TALK = os.environ.get("GOPOL_MENDS") == "v"


class Mac:
    """A copy of a recorded machine."""

    def __init__(self, folder, name):
        self.name, self.folder = name, folder
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(os.path.join(MACHINES, name), folder, symlinks=True)

    def at(self, path):
        return self.folder + "/root" + path

    def has(self, path):
        return os.path.lexists(self.at(path))

    def remove(self, path):
        if os.path.isdir(self.at(path)) and not os.path.islink(self.at(path)):
            shutil.rmtree(self.at(path))
        elif self.has(path):
            os.remove(self.at(path))

    def write(self, path, text):
        os.makedirs(os.path.dirname(self.at(path)), exist_ok=True)
        with open(self.at(path), "w") as out:
            out.write(text)

    def link(self, path, target):
        self.remove(path)
        os.makedirs(os.path.dirname(self.at(path)), exist_ok=True)
        os.symlink(target, self.at(path))

    def copy(self, path, other):
        """From another recorded machine."""
        source = os.path.join(MACHINES, other, "root" + path)
        self.remove(path)
        os.makedirs(os.path.dirname(self.at(path)), exist_ok=True)
        if os.path.isdir(source):
            shutil.copytree(source, self.at(path), symlinks=True)
        else:
            shutil.copy(source, self.at(path))

    def settings(self):
        with open(self.folder + "/machine.toml") as file:
            return file.read()

    def settle(self, text):
        with open(self.folder + "/machine.toml", "w") as file:
            file.write(text)

    def variable(self, name, value=None):
        text = re.sub(r'(?m)^%s = .*\n' % name, "", self.settings())
        if value is not None:
            text = text.replace("[environment]\n", '[environment]\n%s = "%s"\n' % (name, value))
        self.settle(text)

    def sysctl(self, name, value):
        self.settle(re.sub(r'(?m)^"%s" = .*$' % re.escape(name), '"%s" = %s' % (name, value), self.settings()))

    def tool(self, argv, root):
        """A recorded tool, as sudo starts it."""
        environment = dict(os.environ, GOPOL_ROOT=self.folder + "/root", USER="dev", HOME="/Users/dev")
        if root:
            environment["RECORDED_USER"] = "#0"
        program = os.path.join(self.folder, "tools", os.path.basename(argv[0]))
        return subprocess.run([program] + argv[1:], env=environment, capture_output=True, text=True)


def gopol(*arguments):
    return subprocess.run([GOPOL, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def doctor(mac):
    ran = gopol("doctor", "--json", "--machine", mac.folder)
    if ran.returncode not in (0, 1):
        raise SystemExit("gopol doctor ended with %d: %s" % (ran.returncode, ran.stderr))
    return json.loads(ran.stdout)["ailments"]


# What a person does. Each answers why it cannot be done, or nothing.

def active(mac):
    variable = re.search(r'(?m)^DEVELOPER_DIR = "(.*)"', mac.settings())
    if variable:
        return variable.group(1)
    return os.readlink(mac.at(LINK)) if mac.has(LINK) else XCODE + "/Contents/Developer"


def install_tools(mac):
    """xcode-select(1): does nothing if any of them is there (macos-truth, section 3); else a person clicks."""
    if mac.has(CLT):
        return "xcode-select: note: Command line tools are already installed"
    donor = mac.name if os.path.isdir(os.path.join(MACHINES, mac.name, "root" + CLT, "usr/bin")) else "m3-sonoma"
    mac.copy(CLT, donor)
    receipt = "/Library/Apple/System/Library/Receipts/com.apple.pkg.CLTools_Executables.plist"
    mac.copy(receipt, donor)
    return None


def accept_licence(mac, directory):
    """xcodebuild(1) works only on an Xcode that is selected (macos-truth, section 5)."""
    if ".app/Contents/Developer" not in directory or not os.path.isdir(mac.at(directory)):
        return "xcode-select: error: tool 'xcodebuild' requires Xcode, but active developer directory is not one"
    mac.copy(LICENCE, "m3-sonoma")
    return None


def go_env(mac, words):
    path = GO_ENV
    lines = open(mac.at(path)).read().splitlines() if mac.has(path) else []
    for word in words[1:]:
        name = word.split("=")[0]
        lines = [line for line in lines if not line.startswith(name + "=")]
        if words[0] == "-w":
            lines.append(word)
    mac.write(path, "".join(line + "\n" for line in lines))
    return None


def words_of(command):
    import shlex
    return shlex.split(command)


def is_pattern(command):
    """A command with a place for something of the user's own."""
    return bool(re.search(r"\b(HOSTS|PACKAGE|VERSION|PATH|KEY|X\.Y|NAME)\b|\.\.\.|…", command))


def do(mac, command):
    """Returns None when done, a text why not, or PERSON if it is nothing that a test can do."""
    words = words_of(command)
    root = words[0] == "sudo"
    if root:
        words = words[1:]
    directory = active(mac)
    if words[0] == "env" and len(words) > 1 and "=" in words[1]:
        directory = words[1].split("=", 1)[1]
        words = words[2:]
    elif root and "xcodebuild" in words[0]:
        directory = os.readlink(mac.at(LINK)) if mac.has(LINK) else XCODE + "/Contents/Developer"
    name = os.path.basename(words[0])
    if name == "gopol":
        return run_gopol(mac, words)
    if words == ["xcode-select", "--install"]:
        return install_tools(mac)
    if name in ("xcode-select", "DevToolsSecurity", "softwareupdate", "tccutil"):
        ran = mac.tool(words, root)
        return None if ran.returncode == 0 else ran.stderr
    if name == "dscl":
        ran = mac.tool(["-append" if w == "append" else w.replace("$USER", "dev") for w in words], root)
        return None if ran.returncode == 0 else ran.stderr
    if words[:2] == ["rm", "-rf"] and words[2].startswith("/Library/Developer/"):
        mac.remove(words[2])
        return None if root else "rm: Permission denied"
    if words[0] == "unset":
        mac.variable(words[1])
        return None
    if words[0] == "xcodebuild" and words[1:] == ["-license", "accept"]:
        return accept_licence(mac, directory) if root else "xcodebuild: it takes root"
    if words == ["arch", "-arm64", "zsh"]:
        mac.sysctl("sysctl.proc_translated", 0)
        return None
    if words[:2] == ["go", "env"]:
        return go_env(mac, words[2:])
    if words[0] == "open" and words[1].startswith("x-apple.systempreferences:"):
        return PERSON
    return "nobody knows what `%s` does: teach it to %s" % (command, os.path.basename(__file__))


PERSON = "a person's"


def run_gopol(mac, words):
    """It parses and finds its thing; whether it has something to do is another question."""
    ran = gopol(*words[1:], "--machine", mac.folder)
    if ran.returncode == 64 or "error[P" in ran.stderr + ran.stdout:
        return (ran.stderr or ran.stdout).strip()
    return PERSON


def commands_in(text):
    """What stands in backquotes and begins as a command; words and file names stand so too."""
    found = re.findall(r"`([^`]+)`", text)
    known = ("sudo ", "xcode-select ", "gopol ", "go ", "arch ", "unset ", "open ", "/usr/", "softwareupdate ", "codesign ",
             "xcodebuild ", "brew ", "tccutil ")
    return [one for one in found if one.startswith(known)]


# Damages: a name, and what it does to a Mac.

def no_tools(mac):
    mac.remove(CLT)


def empty_tools(mac):
    mac.remove(CLT)
    os.makedirs(mac.at(CLT + "/usr/share/man"))


def half_tools(mac):
    for part in ("/usr/lib/libxcrun.dylib", "/SDKs"):
        mac.remove(CLT + part)


def no_compiler(mac):
    mac.remove(CLT + "/usr/bin/clang")


def no_xcode(mac):
    mac.remove(XCODE)


def renamed_xcode(mac):
    if mac.has(XCODE):
        os.rename(mac.at(XCODE), mac.at("/Applications/Xcode 16.4.app"))
    else:
        mac.copy("/Applications/Xcode.app", "m3-sonoma")
        os.rename(mac.at(XCODE), mac.at("/Applications/Xcode 16.4.app"))


def tools_selected(mac):
    mac.link(LINK, CLT)


def xcode_selected(mac):
    mac.link(LINK, XCODE + "/Contents/Developer")


def dead_link(mac):
    mac.link(LINK, "/Applications/Xcode-old.app/Contents/Developer")


def dead_variable(mac):
    mac.variable("DEVELOPER_DIR", "/Applications/Xcode-gone.app/Contents/Developer")


def variable_on_xcode(mac):
    if not mac.has(XCODE):
        mac.copy(XCODE, "m3-sonoma")
    mac.variable("DEVELOPER_DIR", XCODE + "/Contents/Developer")
    mac.remove(LICENCE)


def no_licence(mac):
    if not mac.has(XCODE):
        mac.copy(XCODE, "m3-sonoma")
    mac.remove(LICENCE)


def translated(mac):
    mac.sysctl("sysctl.proc_translated", 1)


def bad_go_env(mac):
    mac.write(GO_ENV, "GOFLAGS=mod=mod\nGOSUMDB=off\nGO111MODULE=off\nGOPROXY=none\nGOARCH=mips\nGOOS=windows\n")


def leaky_go_env(mac):
    mac.write(GO_ENV, "GOPRIVATE=*\nGOINSECURE=*\nGOFLAGS=-toolexec=/opt/x\nGOPROXY=http://p.corp.example\nGOROOT=/gone\n")


def no_rosetta(mac):
    mac.remove("/Library/Apple/usr")


def no_debugger(mac):
    mac.remove(CLT + "/Library/PrivateFrameworks")
    mac.remove(XCODE + "/Contents/SharedFrameworks")


def both(*damages):
    def all_of_them(mac):
        for damage in damages:
            damage(mac)
    all_of_them.__name__ = "+".join(one.__name__ for one in damages)
    return all_of_them


DAMAGES = [lambda mac: None, no_tools, empty_tools, half_tools, no_compiler, no_xcode, renamed_xcode, tools_selected,
           xcode_selected, dead_link, dead_variable, variable_on_xcode, no_licence, translated, bad_go_env, leaky_go_env,
           no_rosetta, no_debugger, both(no_tools, no_xcode), both(no_tools, no_xcode, dead_link),
           both(no_tools, renamed_xcode, dead_link), both(half_tools, no_xcode, tools_selected),
           both(no_licence, tools_selected), both(no_licence, xcode_selected), both(dead_variable, dead_link),
           both(dead_variable, no_tools, no_xcode), both(empty_tools, no_xcode, tools_selected)]
DAMAGES[0].__name__ = "nothing"


def try_mend(scratch, name, damage, ailment, faults):
    mac = Mac(scratch, name)
    damage(mac)
    commands = [one for one in commands_in(ailment["mend"]) if not is_pattern(one)]
    done = 0
    for command in commands:
        failed = do(mac, command)
        if failed == PERSON:
            continue
        if failed is not None:
            faults.append("%s, %s: %s\n    mend `%s` fails: %s"
                          % (name, damage.__name__, ailment["what"], command, failed.strip()))
            return "failed"
        done += 1
    if not done:
        return "person"
    left = [one for one in doctor(mac) if one["what"] == ailment["what"]]
    if left:
        faults.append("%s, %s: still there after its mend: %s\n    mend: %s"
                      % (name, damage.__name__, ailment["what"], ailment["mend"]))
        return "failed"
    return "mended"


def chosen(turn):
    """Half of the machines for each damage, in turn; GOPOL_MENDS_ALL: all of them."""
    return MACS if os.environ.get("GOPOL_MENDS_ALL") or turn == 0 else MACS[turn % 2::2]


def main():
    faults, counts, machines, tried = [], {}, 0, set()
    with tempfile.TemporaryDirectory(prefix="gopol-mends-") as scratch:
        for turn, damage in enumerate(DAMAGES):
            for name in chosen(turn):
                mac = Mac(scratch + "/mac", name)
                damage(mac)
                machines += 1
                for ailment in doctor(mac):
                    # What was mended on this machine once is not mended again beside another damage.
                    mend = (name, ailment["what"], ailment["mend"])
                    if not ailment["mend"] or mend in tried:
                        continue
                    tried.add(mend)
                    what = try_mend(scratch + "/other", name, damage, ailment, faults)
                    counts[what] = counts.get(what, 0) + 1
                    if TALK:
                        print("%-8s %s, %s: %s\n         %s"
                              % (what, name, damage.__name__, ailment["what"], ailment["mend"]))
    print("%d machines; %s" % (machines, ", ".join("%d %s" % (n, what) for what, n in sorted(counts.items()))))
    for fault in sorted(set(faults)):
        print(fault)
    return 1 if faults or not counts.get("mended") else 0


sys.exit(main())
