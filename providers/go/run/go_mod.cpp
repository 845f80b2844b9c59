#include "providers/go/run/go_mod.h"

#include "providers/read/go_text.h"
#include "providers/read/lines.h"

namespace gopol::providers::go {

std::optional<dsl::Path> find_upward(const engine::Disk& disk, const dsl::Path& folder,
                                     std::string_view name) {
  for (dsl::Path at = folder;; at = at.parent()) {
    const dsl::Path file = at / name;
    const auto status = disk.stat_target(file);
    if (status && status->type == engine::FileStatus::Type::regular) return file;
    if (at.text == "/" || at.empty()) return {};
  }
}

std::optional<ModLine> mod_line(std::string_view text, std::string_view key) {
  std::size_t number = 0;
  for (const std::string_view whole : lines_with_ends(text)) {
    ++number;
    std::string_view line = trimmed(without_end(whole));
    if (!line.starts_with(key)) continue;
    line.remove_prefix(key.size());
    if (line.empty() || (line.front() != ' ' && line.front() != '\t')) continue;
    return ModLine{std::string(trimmed(line.substr(0, line.find("//")))), number};
  }
  return {};
}

}  // namespace gopol::providers::go
