#include "providers/go/env/env_file.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "providers/read/lines.h"

namespace gopol::providers::go {
namespace {

/// What an edit takes for the key of a line: all before the first `=`, unless a `#` comes first. It
/// is wider than what the reader takes: ` A=1` and `export A=1` have keys here.
std::string_view key_of(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#') return {};
    if (line[i] == '=') return line.substr(0, i);
  }
  return {};
}

/// Sorts the lines [from, to) by key; lines of one key keep their order.
void sort_block(std::vector<std::string>& lines, std::size_t from, std::size_t to) {
  const auto at = [&](std::size_t i) { return lines.begin() + static_cast<std::ptrdiff_t>(i); };
  std::stable_sort(at(from), at(to), [](const std::string& a, const std::string& b) {
    return key_of(a) < key_of(b);
  });
}

/// A block ends at a line without a key, and where a line was deleted (it is empty by then).
void sort_blocks(std::vector<std::string>& lines) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= lines.size(); ++i) {
    if (i == lines.size() || key_of(lines[i]).empty()) {
      sort_block(lines, start, i);
      start = i + 1;
    }
  }
}

}  // namespace

std::optional<EnvLine> env_file_line(std::string_view text, std::string_view key, EnvFile file) {
  std::optional<EnvLine> out;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() < 'A' || line.front() > 'Z') continue;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.substr(0, equals) != key) continue;
    out = EnvLine{std::string(line.substr(equals + 1)), number};
    if (file == EnvFile::of_toolchain) return out;
  }
  return out;
}

std::optional<std::string> env_file_value(std::string_view text, std::string_view key,
                                          EnvFile file) {
  auto line = env_file_line(text, key, file);
  return line ? std::optional(std::move(line->value)) : std::nullopt;
}

std::string edit_env_file(std::string_view text, const std::vector<EnvEdit>& edits) {
  const auto now = lines_with_ends(text);
  std::vector<std::string> lines(now.begin(), now.end());
  if (!lines.empty() && lines.back().back() != '\n') lines.back() += '\n';
  // Every key has one place: its last. Earlier duplicates become empty lines, which print as
  // nothing.
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string key(key_of(lines[i]));
    if (key.empty()) continue;
    const auto [at, is_new] = place.emplace(key, i);
    if (!is_new) {
      lines[at->second].clear();
      at->second = i;
    }
  }
  for (const EnvEdit& edit : edits) {
    const auto at = place.find(edit.key);
    if (!edit.value) {
      if (at != place.end()) lines[at->second].clear();
      continue;
    }
    const std::string line = edit.key + "=" + *edit.value + "\n";
    if (at != place.end()) {
      lines[at->second] = line;
    } else {
      place.emplace(edit.key, lines.size());
      lines.push_back(line);
    }
  }
  sort_blocks(lines);
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

}  // namespace gopol::providers::go
