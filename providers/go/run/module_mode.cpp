#include "providers/go/run/module_mode.h"

#include <fmt/format.h>

#include <string_view>

#include "dsl/value/go_version.h"
#include "providers/go/env/flags.h"
#include "providers/read/reading.h"

namespace gopol::providers::go {

using dsl::Path;

ModuleMode module_mode(const Variables& variables, const engine::Disk& disk, const Path& folder) {
  ModuleMode out{variables.find("GO111MODULE", ""), true, {}};
  const std::string& mode = out.setting.value;
  if (mode.empty() || mode == "on") return out;
  out.on = mode == "auto" && find_upward(disk, folder, "go.mod");
  if (mode != "auto" && mode != "off")
    out.wrong = fmt::format("unknown environment setting GO111MODULE={}", mode);
  return out;
}

std::optional<AskingModule> newer_than_workspace(const engine::Host& host, const Path& work) {
  // What a file without a `go` line means, and the first version that is strict about it.
  constexpr std::string_view of_work = "1.18", of_module = "1.16", strict = "1.21";
  const std::string text = read_text(host, work).text;
  const auto own = mod_line(text, "go");
  for (const std::string& used : used_modules(text)) {
    const Path folder = used.starts_with('/') ? Path(used) : work.parent() / used;
    const Path file = Path(folder.text) / "go.mod";
    const auto line = mod_line(read_text(host, file).text, "go");
    const std::string asks = line ? line->value : std::string(of_module);
    if (dsl::go_version::compare(asks, own ? own->value : of_work) > 0 &&
        dsl::go_version::compare(asks, strict) >= 0)
      return AskingModule{asks, fmt::format("{}:{}", file.text, line ? line->number : 1)};
  }
  return {};
}

std::optional<Path> other_mod_file(const Variables& variables) {
  const auto words = split_quoted(variables.find("GOFLAGS", "").value);
  if (!words) return {};
  std::optional<Path> out;
  for (const std::string& word : *words) {
    std::string_view flag = word;
    while (flag.starts_with('-')) flag.remove_prefix(1);
    constexpr std::string_view name = "modfile=";
    if (flag.starts_with(name)) out = Path(flag.substr(name.size()));
  }
  return out;
}

}  // namespace gopol::providers::go
