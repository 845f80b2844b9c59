#include "providers/shell/session/usual_names.h"

#include <algorithm>
#include <array>

#include "providers/shell/pattern/text.h"

namespace gopol::providers::shell {
namespace {

/// Names that a terminal, a desktop or the shell itself may give a value; those with `*` begin so.
/// Of any other that no file sets, nothing is there.
constexpr std::array given_elsewhere = {"TERM*",
                                        "COLORTERM",
                                        "LANG*",
                                        "LC_*",
                                        "TMPDIR",
                                        "DISPLAY",
                                        "WAYLAND_*",
                                        "SSH_*",
                                        "XPC_*",
                                        "__CF*",
                                        "PWD",
                                        "OLDPWD",
                                        "SHLVL",
                                        "COLUMNS",
                                        "LINES",
                                        "HOST*",
                                        "PPID",
                                        "RANDOM",
                                        "SECONDS",
                                        "EPOCH*",
                                        "TMUX*",
                                        "STY",
                                        "VSCODE_*",
                                        "ITERM_*",
                                        "INSIDE_*",
                                        "EMACS",
                                        "KONSOLE*",
                                        "GNOME_*",
                                        "KDE_*",
                                        "DESKTOP_*",
                                        "XDG_SESSION_*",
                                        "XDG_RUNTIME_DIR",
                                        "XDG_CURRENT_DESKTOP",
                                        "XDG_DATA_DIRS",
                                        "XDG_CONFIG_DIRS",
                                        "DBUS_*",
                                        "GTK_*",
                                        "QT_*",
                                        "WSL*",
                                        "WT_*",
                                        "HIST*",
                                        "MAIL*",
                                        "MACHTYPE",
                                        "CPUTYPE",
                                        "IFS",
                                        "OPT*",
                                        "fpath",
                                        "FPATH",
                                        "cdpath",
                                        "module_path",
                                        "WORDCHARS",
                                        "PS2",
                                        "PS3",
                                        "PS4",
                                        "PROMPT*",
                                        "RPROMPT*",
                                        "BASH*",
                                        "SHELLOPTS",
                                        "DIRSTACK",
                                        "GROUPS",
                                        "FUNC*",
                                        "LINENO",
                                        "TTY*",
                                        "ZSH_ARGZERO",
                                        "ZSH_EVAL_CONTEXT",
                                        "ZSH_EXECUTION_STRING",
                                        "ZSH_PATCHLEVEL",
                                        "ZSH_SCRIPT",
                                        "ZSH_SUBSHELL",
                                        "ARGC",
                                        "argv",
                                        "commands",
                                        "functions",
                                        "aliases",
                                        "options",
                                        "manpath",
                                        "MANPATH",
                                        "COMP*",
                                        "VTE_*",
                                        "WINDOWID",
                                        "_",
                                        "status",
                                        "pipestatus",
                                        "PIPESTATUS",
                                        "LOGCHECK",
                                        "SPROMPT",
                                        "NULLCMD",
                                        "READNULLCMD",
                                        "KEYTIMEOUT",
                                        "zsh*",
                                        "module*",
                                        "dirstack",
                                        "signals",
                                        "nameddirs",
                                        "userdirs",
                                        "terminfo",
                                        "termcap",
                                        "parameters",
                                        "modules",
                                        "precmd*",
                                        "preexec*",
                                        "chpwd*",
                                        "psvar",
                                        "watch",
                                        "mailpath",
                                        "jobstates",
                                        "SECURITYSESSIONID",
                                        "Apple*",
                                        "COMMAND_MODE",
                                        "GPG_*",
                                        "TTY"};

/// Programs that each system ships, and that a recorded machine need not hold.
constexpr std::array of_the_system = {
    "awk",    "base64",       "bash",     "cat",      "chmod",     "clear",     "cp",
    "curl",   "cut",          "date",     "defaults", "diff",      "dircolors", "dirname",
    "env",    "expr",         "find",     "git",      "grep",      "groups",    "gzip",
    "head",   "hostname",     "id",       "java",     "launchctl", "less",      "lesspipe",
    "ln",     "locale",       "ls",       "make",     "man",       "manpath",   "mkdir",
    "more",   "mv",           "nano",     "open",     "pbcopy",    "perl",      "ping",
    "ps",     "python3",      "readlink", "realpath", "rm",        "ruby",      "run-parts",
    "scutil", "sed",          "sh",       "sort",     "ssh",       "ssh-add",   "ssh-agent",
    "stat",   "stty",         "sudo",     "sw_vers",  "sysctl",    "tail",      "tar",
    "tmux",   "top",          "touch",    "tput",     "tr",        "tty",       "uname",
    "uniq",   "vi",           "vim",      "wc",       "which",     "who",       "whoami",
    "xargs",  "xcode-select", "xcrun",    "zsh",      "xdg-open",  "systemctl"};

/// Programs that no system ships: one that is not in PATH is not there. A recorded machine holds
/// those that matter to Go, not all of the system's.
constexpr std::array never_of_the_system = {
    "asdf",    "atuin", "bat",  "brew",   "bun",      "cargo",
    "code",    "conda", "deno", "direnv", "docker",   "eza",
    "exa",     "fasd",  "fnm",  "fzf",    "gcloud",   "gh",
    "go",      "goenv", "gvm",  "helm",   "jenv",     "kubectl",
    "lsd",     "mise",  "nix",  "node",   "nodenv",   "npm",
    "nvim",    "nvm",   "op",   "pnpm",   "port",     "pyenv",
    "rbenv",   "rg",    "rtx",  "rustup", "sdk",      "starship",
    "thefuck", "volta", "yarn", "zoxide", "keychain", "mcfly",
    "navi",    "hub",   "pipx", "poetry", "uv",       "virtualenvwrapper.sh"};

}  // namespace

bool may_be_given(std::string_view name) {
  return std::any_of(given_elsewhere.begin(), given_elsewhere.end(), [&](std::string_view one) {
    if (!one.ends_with('*')) return one == name;
    return name.starts_with(one.substr(0, one.size() - 1));
  });
}

bool may_be_of_the_system(std::string_view name) { return is_one_of(name, of_the_system); }

bool is_usual_program(std::string_view name) {
  return is_one_of(name, of_the_system) || is_one_of(name, never_of_the_system);
}

}  // namespace gopol::providers::shell
