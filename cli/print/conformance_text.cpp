#include "cli/print/conformance_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "cli/terminal/terminal.h"

namespace gopol::cli {
namespace {

std::string text_of(const engine::Conformance& plugin) {
  std::string out =
      fmt::format("{}  {}\n", presentable(plugin.program), presentable(plugin.family));
  for (const engine::Verdict& one : plugin.verdicts) {
    if (one.broken.empty())
      out += fmt::format(" ok {}\n", presentable(one.law));
    else
      out += fmt::format(" no {}: {}\n", presentable(one.law), presentable(one.broken, 200));
  }
  if (!plugin.has_undo) out += "    it has no undo: plans mark what it changes as irreversible\n";
  return out;
}

}  // namespace

std::size_t broken_laws(const engine::Conformance& plugin) {
  return static_cast<std::size_t>(
      std::count_if(plugin.verdicts.begin(), plugin.verdicts.end(),
                    [](const engine::Verdict& one) { return !one.broken.empty(); }));
}

std::string conformance_text(const std::vector<engine::Conformance>& plugins) {
  std::string out;
  std::size_t laws = 0, broken = 0;
  for (const engine::Conformance& plugin : plugins) {
    out += text_of(plugin);
    laws += plugin.verdicts.size();
    broken += broken_laws(plugin);
  }
  return out + fmt::format("{} plugin{}: {} of {} laws hold\n", plugins.size(),
                           plugins.size() == 1 ? "" : "s", laws - broken, laws);
}

}  // namespace gopol::cli
