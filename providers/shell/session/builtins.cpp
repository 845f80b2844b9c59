#include "providers/shell/session/builtins.h"

#include <array>
#include <utility>

#include "providers/shell/pattern/text.h"

namespace gopol::providers::shell {
namespace {

constexpr std::array harmless = {
    ":", "bg", "bind", "bindkey", "cd", "chdir", "compctl", "compdef", "compgen", "complete",
    "compopt", "dirs", "disable", "disown", "echo", "echotc", "echoti", "enable", "fc", "fg",
    "hash", "help", "history", "jobs", "kill", "limit", "log", "popd", "print", "printf", "pushd",
    "pwd", "r", "rehash", "sched", "suspend", "times", "true", "ttyctl", "ulimit", "umask",
    "unhash", "unlimit", "wait", "where", "zcompile", "zformat", "zle", "zmodload", "zparseopts",
    "zprof", "zpty", "zregexparse", "zsocket", "zstyle", "ztcp", "caller", "comparguments",
    // Functions that come with zsh.
    "add-zsh-hook", "add-zle-hook-widget", "bashcompinit", "bracketed-paste-magic", "cdr",
    "chpwd_recent_dirs", "colors", "compaudit", "compinit", "down-line-or-beginning-search",
    "edit-command-line", "is-at-least", "prompt", "promptinit", "run-help", "select-word-style",
    "up-line-or-beginning-search", "url-quote-magic", "vcs_info", "zcalc", "zmv", "zrecompile",
    "history-search-end", "smart-insert-last-word", "zsh-mime-setup", "tetris"};

constexpr std::array others = {
    ".",        "[",       "alias",     "autoload",   "break",     "builtin",  "command",
    "continue", "declare", "emulate",   "eval",       "exec",      "exit",     "export",
    "false",    "float",   "functions", "getopts",    "integer",   "let",      "local",
    "logout",   "mapfile", "noglob",    "read",       "readarray", "readonly", "return",
    "set",      "setopt",  "shift",     "shopt",      "source",    "test",     "trap",
    "type",     "typeset", "unalias",   "unfunction", "unset",     "unsetopt", "vared",
    "whence",   "which",   "[["};

constexpr std::array harmless_printers = {
    "atuin",     "dircolors",   "direnv",  "fzf",   "gdircolors", "keychain",
    "lesspipe",  "lesspipe.sh", "mcfly",   "navi",  "oh-my-posh", "register-python-argcomplete",
    "ssh-agent", "starship",    "thefuck", "zoxide"};

/// They print completions when their first word is `completion`, `completions` or `complete`.
constexpr std::array completers = {
    "argocd", "buf",      "cargo",     "docker",  "doctl",         "eksctl",
    "flux",   "gh",       "glab",      "go-task", "golangci-lint", "goreleaser",
    "helm",   "hugo",     "istioctl",  "just",    "k3d",           "k9s",
    "kind",   "kubectl",  "kustomize", "linkerd", "minikube",      "mise",
    "npm",    "oc",       "op",        "pip",     "pip3",          "podman",
    "rustup", "skaffold", "stern",     "task",    "tilt",          "uv",
    "velero", "yq",       "jj",        "chezmoi"};

}  // namespace

bool is_harmless(std::string_view name) { return is_one_of(name, harmless); }

bool is_builtin(std::string_view name) { return is_harmless(name) || is_one_of(name, others); }

std::string_view set_by_printed_code(std::string_view program) {
  static constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"lesspipe", "LESSOPEN LESSCLOSE"},
      {"lesspipe.sh", "LESSOPEN LESSCLOSE"},
      {"dircolors", "LS_COLORS"},
      {"gdircolors", "LS_COLORS"},
      {"ssh-agent", "SSH_AUTH_SOCK SSH_AGENT_PID"},
      {"keychain", "SSH_AUTH_SOCK SSH_AGENT_PID"},
      {"starship", "STARSHIP_SHELL STARSHIP_SESSION_KEY"},
      {"atuin", "ATUIN_SESSION ATUIN_HISTORY_ID"},
      {"pyenv", "PYENV_SHELL"},
      {"rbenv", "RBENV_SHELL"},
      {"nodenv", "NODENV_SHELL"},
      {"jenv", "JENV_SHELL JENV_LOADED JAVA_HOME"},
      {"goenv", "GOENV_SHELL GOENV_ROOT"},
      {"mise", ""}};
  program.remove_prefix(program.rfind('/') + 1);
  for (const auto& [name, variables] : known) {
    if (name == program) return variables;
  }
  return {};
}

bool prints_harmless_code(std::string_view program, std::string_view arguments) {
  program.remove_prefix(program.rfind('/') + 1);
  if (is_one_of(program, harmless_printers)) return true;
  const bool completion = arguments.find("complet") != std::string_view::npos;
  return completion && is_one_of(program, completers);
}

}  // namespace gopol::providers::shell
