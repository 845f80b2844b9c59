#include "providers/shell/session/login_path.h"

#include <filesystem>
#include <random>

#include "providers/path/path.h"
#include "providers/path/path_block.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol::engine;
using namespace gopol::tests;
using namespace gopol::providers;
using gopol::providers::shell::login_path;

namespace {

/// `A:B`, with `?` and its reason where no more is known.
std::string shown(const Machine& machine) {
  std::string out;
  for (const auto& entry : login_path(machine.host()).entries) {
    out += (out.empty() ? "" : ":") + (entry.unknown ? "? " + entry.unknown->reason : entry.folder);
  }
  return out;
}

Machine mac(const char* shell = "/bin/zsh") {
  Machine out;
  out.is.platform = "macos";
  out.is.user_shell = shell;
  out.is.user_name = "ann";
  out.is.user.home = Path("/Users/ann");
  out.temp.write("etc/paths", "/usr/local/bin\n/usr/bin\n/bin\n/usr/sbin\n/sbin\n");
  out.temp.write(
      "etc/zprofile",
      "if [ -x /usr/libexec/path_helper ]; then\n\teval `/usr/libexec/path_helper -s`\nfi\n");
  return out;
}

const std::string mac_path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

}  // namespace

TEST_CASE("lines about PATH and what they make of it") {
  struct Case {
    std::string text, path;  ///< `@` stands for PATH before
  };
  const std::string lost = "? /Users/ann/.zprofile:1 prevents knowing PATH: ";
  const std::vector<Case> cases = {
      {"export PATH=\"/a:$PATH\"", "/a:@"},
      {"export PATH=$HOME/bin:${PATH}", "/Users/ann/bin:@"},
      {"PATH=~/bin:/a:~/b:$PATH; export PATH", "/Users/ann/bin:/a:/Users/ann/b:@"},
      {"export PATH='/a b':\"$PATH:/c\" # comment", "/a b:@:/c"},
      {"PATH+=:/x", "@:/x"},
      {"PATH=/only", "/only"},
      {"export GOPATH=$HOME/go\nexport PATH=\"$PATH:$GOPATH/bin\"", "@:/Users/ann/go/bin"},
      {"export PATH=\"/a${PATH:+:${PATH}}\"", "/a:@"},
      {"path=(~/bin $path /x)", "/Users/ann/bin:@:/x"},
      {"path+=(/x)", "@:/x"},
      {"typeset -U path PATH\npath=(/bin /x $path)",
       "/bin:/x:/usr/local/bin:/usr/bin:/usr/sbin:/sbin"},
      {"[ -d /there ] && PATH=/there:$PATH", "/there:@"},
      {"[ -d /missing ] && PATH=/missing:$PATH", "@"},
      {"[ -d /missing ] || export PATH=/x:$PATH", "/x:@"},
      {"if [ -d \"/there\" ]; then\n  export PATH=\"/there:$PATH\"\nelse\n  PATH=/no\nfi",
       "/there:@"},
      {"if ! test -d /there; then PATH=/no; elif [[ -d /missing || -d /there ]]; then "
       "PATH=/x:$PATH; fi",
       "/x:@"},
      {"if [ -n \"$BASH_VERSION\" ]; then PATH=/no; fi", "@"},
      {"if [[ $(uname) == Darwin && -e /there ]]; then PATH=/d:$PATH; fi", "/d:@"},
      {"[[ -d /there ]] && {\n PATH=/t:$PATH\n}\nPATH=/u:$PATH", "/u:/t:@"},
      {"eval \"$(/opt/homebrew/bin/brew shellenv)\"", "/opt/homebrew/bin:/opt/homebrew/sbin:@"},
      {"eval \"$(/usr/local/bin/brew shellenv zsh)\"", "@"},
      {"eval \"$(starship init zsh)\"", "@"},
      {". ~/extra", "/extra:@"},
      {"[ -f ~/none ] && source ~/none", "@"},
      {"export EDITOR=vi LANG=C; alias p='echo $PATH'\nFPATH=/x:$FPATH", "@"},
      {"case $TERM in\n  xterm*) export COLOR=1 ;;\nesac\nPATH=/x:$PATH", "/x:@"},
      {"greet() {\n  echo hello\n}\ngreet\nPATH=/x:$PATH", "/x:@"},
      {"cat <<'END' > /dev/null\nPATH=/no\nEND\nPATH=/x:$PATH", "/x:@"},
      {"PATH=/x:$PATH\nreturn\nPATH=/no", "/x:@"},
      {"[[ $- == *i* ]] && PATH=/no\n[[ $- != *i* ]] && return\nPATH=/no", "@"},
      {"PATH=/a:\\\n/b:$PATH", "/a:/b:@"},
      {"PATH=\"/a:\\\n/b:$PATH\"", "/a:/b:@"},
      {"command -v x &>/dev/null\ncat x | sort > y 2>&1\nPATH=/x:$PATH", "/x:@"},
      // What cannot be known, and what is known in front of it all the same.
      {"case \":$PATH:\" in *:/x:*) ;; *) PATH=/x:$PATH ;; esac", "/x:@"},
      {"case \":$PATH:\" in *:/bin:*) ;; *) PATH=/bin:$PATH ;; esac", "@"},
      {"case \":${PATH}:\" in\n    *:\"$HOME/.cargo/bin\":*)\n        ;;\n    *)\n        export "
       "PATH=\"$HOME/.cargo/bin:$PATH\"\n        ;;\nesac",
       "/Users/ann/.cargo/bin:@"},
      {"case \":$PATH:\" in *\":/x:\"*) PATH=/no ;; *) PATH=/x:$PATH; export PATH ;; esac", "/x:@"},
      {"case \":$PATH:\" in *:/x*) ;; *) PATH=/x:$PATH ;; esac", "/x:@"},
      {"case \":$PATH:\" in *:$(pwd):*) ;; *) PATH=/x:$PATH ;; esac",
       lost + "whether the line runs cannot be told from files"},
      {"case \":$PATH:\" in *:/x:*) ;; *) if true; then PATH=/x; fi ;; esac", "/x"},
      {"eval \"$(direnv hook zsh)\"\nPATH=/a:$PATH", "/a:@"},
      {"eval \"$(unheard)\"\nPATH=/a:$PATH",
       "/a:" + lost + "what `eval` runs cannot be told from files"},
      {"PATH=$UNHEARD/bin:$PATH", "/bin:@"},
      {"PATH=$TERM_PROGRAM/bin:$PATH", lost + "it uses what cannot be told from files"},
      {"PATH=$PATH:$(unheard)", "@:" + lost + "it uses what cannot be told from files"},
      {"PATH=$(my-paths)", lost + "it uses what cannot be told from files"},
      {"command -v x >/dev/null && PATH=/x:$PATH",
       lost + "whether the line runs cannot be told from files"},
      {"if x; then PATH=/x; fi", lost + "whether the line runs cannot be told from files"},
      {"for d in /a /b; do PATH=$d:$PATH; done", "/b:/a:@"},
      {"for d in $(unheard); do PATH=$d:$PATH; done",
       lost + "it uses what cannot be told from files"},
      {"add() { PATH=$1:$PATH; }; add /x", "/x:@"},
      {"source <(x completion zsh)", lost + "which file it reads cannot be told"},
      {"[ -s ~/evals ] && \\. ~/evals",
       "? /Users/ann/evals:1 prevents knowing PATH: what `eval` runs cannot be told from files"},
      {"true | PATH=/x", "/x"},
      {"PATH=/x &", "@"},
      {"if true; then PATH=/x; fi | cat", "@"},
      {"$(docker-env)", lost + "which command it runs cannot be told"},
      {"launchctl setenv PATH /x", "@"},
      {"PATH=\"/a:$PATH", lost + "a quote or bracket is not closed"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    Machine machine = mac();
    machine.temp.write("there/file", "");
    machine.temp.write_program("opt/homebrew/bin/brew", "");
    machine.temp.write("Users/ann/extra", "PATH=/extra:$PATH\n");
    machine.temp.write("Users/ann/evals", "eval $TERM_PROGRAM\n");
    machine.temp.write("Users/ann/.zprofile", one.text + "\n");
    std::string expected = one.path;
    if (const auto at = expected.find('@'); at != expected.npos) expected.replace(at, 1, mac_path);
    CHECK(shown(machine) == expected);
  }
}

TEST_CASE("path_helper puts the system's folders before what was there") {
  Machine machine = mac();
  machine.temp.write("etc/paths.d/go", "/usr/local/go/bin\n");
  machine.temp.write("etc/paths.d/10-cryptex", "/var/run/x\n/usr/bin\n");
  machine.temp.write("Users/ann/.zshenv", "export PATH=/mine:/bin:$PATH\n");
  CHECK(shown(machine) == mac_path + ":/var/run/x:/usr/local/go/bin:/mine");
  CHECK(login_path(machine.host()).entries[6].origin == "/etc/paths.d/go:1");
  std::filesystem::remove((machine.temp / "etc/zprofile").text);
  CHECK(shown(machine) == mac_path + ":/var/run/x:/usr/local/go/bin:/mine");
}

TEST_CASE("zsh reads its files in its order, wherever .zshenv says they are") {
  Machine machine = mac();
  machine.temp.write("Users/ann/.zshenv", "ZDOTDIR=~/z\n");
  machine.temp.write("Users/ann/z/.zprofile", "PATH=/profile:$PATH\n");
  machine.temp.write("Users/ann/z/.zlogin", "PATH=/login:$PATH\n");
  machine.temp.write("Users/ann/.zprofile", "PATH=/no:$PATH\n");
  machine.temp.write("Users/ann/z/.zshrc", "# nothing\nexport PATH=/rc:$PATH\n");
  machine.temp.write("Users/ann/.zshrc", "export PATH=/no:$PATH\n");
  CHECK(shown(machine) == "/login:/profile:" + mac_path);
  // .zlogin comes last, in a terminal too.
  CHECK(login_path(machine.host()).notes ==
        std::vector<std::string>{"/Users/ann/z/.zshrc:2 may change PATH for interactive shells"});
}

TEST_CASE("bash on a Mac reads one file and what it sources") {
  Machine machine = mac("/bin/bash");
  machine.temp.write("Users/ann/.profile", "PATH=/no\n");
  machine.temp.write("Users/ann/.bash_profile",
                     "PATH=/p:$PATH\n[[ -r ~/.bashrc ]] && . ~/.bashrc\n");
  machine.temp.write("Users/ann/.bashrc", "export PATH=\"$PATH:/rc\"\n");
  CHECK(shown(machine) == "/p:" + mac_path + ":/rc");
}

TEST_CASE("Debian's own profiles are understood") {
  Machine machine;
  machine.is.user.uid = 1000;
  machine.is.user_name = "ann";
  machine.temp.write("etc/profile", R"sh(# /etc/profile: system-wide .profile file
if [ "$(id -u)" -eq 0 ]; then
  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
else
  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
fi
export PATH

if [ "${PS1-}" ]; then
  if [ "${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    # The file bash.bashrc already sets the default PS1.
    if [ -f /etc/bash.bashrc ]; then
      . /etc/bash.bashrc
    fi
  else
    if [ "$(id -u)" -eq 0 ]; then
      PS1='# '
    else
      PS1='$ '
    fi
  fi
fi

if [ -d /etc/profile.d ]; then
  for i in $(run-parts --list --regex '^[a-zA-Z0-9_][a-zA-Z0-9._-]*\.sh$' /etc/profile.d); do
    if [ -r $i ]; then
      . $i
    fi
  done
  unset i
fi
)sh");
  machine.temp.write("etc/profile.d/go.sh", "export PATH=$PATH:/usr/local/go/bin\n");
  machine.temp.write("etc/profile.d/README", "PATH=/no\n");
  machine.temp.write("home/ann/.profile", R"sh(if [ -n "$BASH_VERSION" ]; then
    # include .bashrc if it exists
    if [ -f "$HOME/.bashrc" ]; then
	. "$HOME/.bashrc"
    fi
fi

# set PATH so it includes user's private bin if it exists
if [ -d "$HOME/bin" ] ; then
    PATH="$HOME/bin:$PATH"
fi
if [ -d "$HOME/.local/bin" ] ; then
    PATH="$HOME/.local/bin:$PATH"
fi
)sh");
  machine.temp.write("home/ann/.local/bin/x", "");
  machine.temp.write("home/ann/.bashrc",
                     "case $- in\n    *i*) ;;\n      *) return;;\nesac\nPATH=/no\n");
  const std::string usual = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";
  CHECK(shown(machine) == "/home/ann/.local/bin:" + usual + ":/usr/local/go/bin");
  CHECK(login_path(machine.host()).notes.size() == 1);
  machine.is.user.uid = 0;
  CHECK(shown(machine).starts_with("/home/ann/.local/bin:/usr/local/sbin:"));
}

TEST_CASE("the first program of a name is found, or the line that prevents knowing it") {
  Machine machine = mac();
  machine.temp.write("etc/paths.d/go", "/usr/local/go/bin\n");
  machine.temp.write_program("usr/local/go/bin/go", "");
  machine.temp.write("usr/local/bin/go", "not a program");
  Host host = machine.host();
  auto found = first_program("go", host);
  CHECK(found.path == Value(Path("/usr/local/go/bin/go")));
  CHECK(found.origin == "/etc/paths.d/go:1");
  CHECK(first_program("gopls", host).path.is_absent());
  machine.temp.write("Users/ann/.zprofile", "eval \"$(unheard activate)\"\n");
  CHECK(reason(first_program("go", host).path) ==
        "/Users/ann/.zprofile:1 prevents knowing PATH: what `eval` runs cannot be told from files");
  // gopol's block comes last, so what it puts first is known all the same.
  machine.temp.write_program("Users/ann/go/bin/go", "");
  const auto block = prepare_put_first(Path("/Users/ann/go/bin"), host);
  REQUIRE(block);
  for (const FileEdit& edit : block->edits) REQUIRE(gopol::engine::make(edit, host.disk()));
  found = first_program("go", host);
  CHECK(found.path == Value(Path("/Users/ann/go/bin/go")));
  CHECK(found.origin == "/Users/ann/.zprofile:3");
  machine.temp.write("Users/ann/.zlogin", "PATH=/opt/x:$PATH\n");
  const auto first = look(*path_provider(), host, "", "first");
  REQUIRE_FALSE(first.elsewhere.empty());
  CHECK((*first.elsewhere.begin()).origin.text() == "/Users/ann/.zlogin:1");
}

TEST_CASE("files that source each other, and a shell nobody names, are unknown") {
  Machine machine = mac();
  machine.temp.write("Users/ann/.zprofile", ". ~/.zprofile\n");
  CHECK(shown(machine).find("files that source each other") != std::string::npos);
  machine.is.user_shell = "";
  CHECK(look(*path_provider(), machine.host(), "", "login").value.is_unknown());
  CHECK(look(*path_provider(), machine.host(), "", "gui").value ==
        Value(gopol::dsl::List{{"/usr/bin", "/bin", "/usr/sbin", "/sbin"}}));
}

TEST_CASE("any text is read to an end") {
  const std::vector<std::string> parts = {"if ",
                                          "then\n",
                                          "elif ",
                                          "else ",
                                          "fi",
                                          "for ",
                                          "do ",
                                          "done",
                                          "case ",
                                          "esac",
                                          "{ ",
                                          "} ",
                                          "! ",
                                          "(",
                                          ")",
                                          "[[ ",
                                          "]] ",
                                          "[ ",
                                          "] ",
                                          "&&",
                                          "||",
                                          "|",
                                          "&",
                                          ";;",
                                          ";",
                                          "\n",
                                          "<<E\n",
                                          "E\n",
                                          "<(",
                                          ">",
                                          "\"",
                                          "'",
                                          "`",
                                          "$(",
                                          "${",
                                          "$",
                                          "\\",
                                          "PATH=",
                                          "path=(",
                                          "$PATH",
                                          ":",
                                          "/x",
                                          "~",
                                          "eval ",
                                          ". ",
                                          "export ",
                                          "f()",
                                          "#",
                                          "return ",
                                          "-d ",
                                          "(( ",
                                          "))",
                                          "${x:=",
                                          "${x##*",
                                          "alias a=",
                                          "set -u\n",
                                          "emulate sh -c ",
                                          "while ",
                                          "until ",
                                          "path+=(",
                                          "(N-/)",
                                          "{a,b}",
                                          "$?",
                                          "IFS=: ",
                                          "typeset -U path ",
                                          "break ",
                                          "continue ",
                                          "function f ",
                                          "exec ",
                                          "shift ",
                                          "$x$x",
                                          "x=",
                                          "f ",
                                          "in ",
                                          "unset ",
                                          "local ",
                                          "set -- ",
                                          "$(f",
                                          "$1",
                                          "${=x}",
                                          "cd ~ && pwd",
                                          "PATH=$PATH:$PATH"};
  std::mt19937 random(7);
  Machine machine = mac();
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (auto n = random() % 30; n > 0; --n) text += parts[random() % parts.size()];
    CAPTURE(text);
    machine.temp.write("Users/ann/.zprofile", text);
    const auto path = login_path(machine.host());
    CHECK((path.unknown() == nullptr || !path.unknown()->reason.empty()));
    machine.is.user_shell = round % 2 == 0 ? "/bin/bash" : "/bin/zsh";
    machine.temp.write("Users/ann/.bash_profile", text);
  }
  machine.is.user_shell = "/bin/zsh";
  machine.temp.write("Users/ann/.zprofile",
                     "for i in {1..100}; do PATH=$PATH:$PATH; x=$x$x$PATH; y+=($y $x); done\n");
  CHECK(login_path(machine.host()).unknown() != nullptr);
  machine.temp.write("Users/ann/.zprofile", std::string(200'000, '(') + std::string(200'000, '{'));
  login_path(machine.host());
  machine.temp.write("Users/ann/.zprofile",
                     "A=" + std::string(200'000, '`') + "${" + std::string(100'000, '"'));
  login_path(machine.host());
}
