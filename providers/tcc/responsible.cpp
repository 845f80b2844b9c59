#include "providers/tcc/responsible.h"

#include <algorithm>
#include <utility>

#include "dsl/policy/schema.h"
#include "providers/read/shell_word.h"
#include "providers/tcc/client_program.h"

namespace gopol::providers::tcc {
namespace {

/// What they say of themselves in TERM_PROGRAM; empty: nothing.
constexpr std::pair<std::string_view, std::string_view> terminals[] = {
    {"com.apple.Terminal", "Apple_Terminal"},
    {"com.googlecode.iterm2", "iTerm.app"},
    {"com.mitchellh.ghostty", "ghostty"},
    {"dev.warp.Warp-Stable", "WarpTerminal"},
    {"com.github.wez.wezterm", "WezTerm"},
    {"net.kovidgoyal.kitty", ""},
    {"org.alacritty", ""},
    {"com.microsoft.VSCode", "vscode"},
    {"com.jetbrains.goland", ""},
    {"dev.zed.Zed", "zed"},
};

}  // namespace

bool is_bare_tool(std::string_view client) {
  return client.starts_with('/') && client.find(".app/") == std::string_view::npos &&
         !client.starts_with("/usr/libexec/") && !client.starts_with("/System/");
}

std::string terminal_of(const engine::Host& host) {
  if (const auto bundle = host.system().environment("__CFBundleIdentifier");
      bundle && !bundle->empty())
    return *bundle;
  const auto said = host.system().environment("TERM_PROGRAM");
  for (const auto& [bundle, name] : terminals)
    if (said && !name.empty() && *said == name) return std::string(bundle);
  return "com.apple.Terminal";
}

std::vector<std::string> terminals_here(const engine::Host& host) {
  std::vector<std::string> out;
  for (const auto& [bundle, name] : terminals) {
    std::string client(bundle);
    if (!programs_of(client, host).empty()) out.push_back(std::move(client));
  }
  return out;
}

std::string slot_text(const std::string& client, std::string_view service) {
  return shell_word(dsl::to_text(dsl::Slot{"tcc.grant", client, std::string(service), ""}));
}

}  // namespace gopol::providers::tcc
