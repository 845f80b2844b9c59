#include "providers/go/run/go_mod.h"

#include <algorithm>
#include <iterator>

#include "providers/read/go_text.h"
#include "providers/read/lines.h"

namespace gopol::providers::go {
namespace {

/// White space beyond ASCII, as UTF-8: to go it may stand before `go 1.22`. Source:
/// unicode.IsSpace.
constexpr std::string_view wide_blanks[] = {
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

std::string_view without_blanks(std::string_view text) {
  for (bool again = true; again;) {
    text = trimmed(text);
    again = false;
    for (const std::string_view blank : wide_blanks) {
      const bool front = text.starts_with(blank);
      if (front) text.remove_prefix(blank.size());
      const bool back = text.ends_with(blank);
      if (back) text.remove_suffix(blank.size());
      again = again || front || back;
    }
  }
  return text;
}

/// The words of a line of go.work, without its comment; a quoted one without its quotes.
std::vector<std::string> work_words(std::string_view line) {
  std::vector<std::string> out;
  while (true) {
    line = without_blanks(line);
    if (line.empty() || line.starts_with("//")) return out;
    const char quote = line.front();
    const bool quoted = quote == '"' || quote == '`';
    std::size_t end = quoted ? line.find(quote, 1) : line.find_first_of(" \t()");
    if (!quoted && end == 0) end = 1;
    if (end == std::string_view::npos) end = line.size();
    out.emplace_back(line.substr(quoted ? 1 : 0, end - (quoted ? 1 : 0)));
    line.remove_prefix(std::min(line.size(), end + (quoted ? 1 : 0)));
  }
}

}  // namespace

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
    std::string_view line = without_blanks(without_end(whole));
    if (!line.starts_with(key)) continue;
    line.remove_prefix(key.size());
    if (line.empty() || (line.front() != ' ' && line.front() != '\t')) continue;
    return ModLine{std::string(without_blanks(line.substr(0, line.find("//")))), number};
  }
  return {};
}

std::vector<std::string> used_modules(std::string_view work) {
  std::vector<std::string> out;
  bool inside = false;
  for (const std::string_view line : lines_with_ends(work)) {
    const auto words = work_words(without_end(line));
    if (words.empty()) continue;
    const bool opens = words.size() >= 2 && words[0] == "use" && words[1] == "(";
    if (inside && words[0] != ")") out.push_back(words[0]);
    if (!inside && !opens && words.size() >= 2 && words[0] == "use") out.push_back(words[1]);
    inside = opens || (inside && words[0] != ")");
  }
  return out;
}

}  // namespace gopol::providers::go
