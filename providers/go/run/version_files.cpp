#include "providers/go/run/version_files.h"

#include <algorithm>

#include "providers/read/go_text.h"
#include "providers/read/lines.h"

namespace gopol::providers::go {
namespace {

/// The words of a line, up to a comment.
std::vector<std::string> words_of(std::string_view line) {
  const auto words = words_in(line.substr(0, line.find('#')), " \t\r\n");
  return {words.begin(), words.end()};
}

std::string_view unquoted(std::string_view text) {
  text = trimmed(text);
  const bool quoted = text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

bool names_go(std::string_view key) { return key == "go" || key == "golang" || key == "core:go"; }

/// The first text in quotes; empty if there is none.
std::string first_text(std::string_view text) {
  const std::size_t from = text.find_first_of("\"'");
  if (from == std::string_view::npos) return {};
  const std::size_t end = text.find(text[from], from + 1);
  if (end == std::string_view::npos) return {};
  return std::string(text.substr(from + 1, end - from - 1));
}

/// "1.22", ["1.22", "1.21"] or { version = "1.22", … }; empty if it is none of them.
std::vector<std::string> mise_versions(std::string_view value) {
  value = trimmed(value);
  if (value.starts_with('{')) {
    const std::size_t at = value.find("version");
    value = at == std::string_view::npos ? std::string_view{} : value.substr(at);
  }
  std::string text = first_text(value);
  return text.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(text)};
}

}  // namespace

std::optional<VersionLine> go_version_file(std::string_view text) {
  std::size_t number = 0;
  for (const std::string_view line : lines_with_ends(text)) {
    ++number;
    const auto words = words_of(line);
    if (!words.empty()) return VersionLine{{words.front()}, number};
  }
  return {};
}

std::optional<VersionLine> tool_versions_file(std::string_view text,
                                              const std::vector<std::string_view>& tools) {
  std::size_t number = 0;
  for (const std::string_view line : lines_with_ends(text)) {
    ++number;
    auto words = words_of(line);
    if (words.empty() || std::find(tools.begin(), tools.end(), words.front()) == tools.end())
      continue;
    words.erase(words.begin());
    return VersionLine{std::move(words), number};
  }
  return {};
}

std::optional<VersionLine> mise_file(std::string_view text) {
  std::string section;
  std::size_t number = 0;
  for (const std::string_view whole : lines_with_ends(text)) {
    ++number;
    const std::string_view line = trimmed(without_end(whole));
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      section = std::string(trimmed(line.substr(1, std::min(line.find(']'), line.size()) - 1)));
      continue;
    }
    const std::size_t equals = std::min(line.find('='), line.size());
    std::string key(trimmed(line.substr(0, equals)));
    const std::string_view value = line.substr(std::min(equals + 1, line.size()));
    if (section.empty() && key == "tools") return VersionLine{{}, number};
    if (section.empty() && key.starts_with("tools.")) {
      key.erase(0, 6);
    } else if (section.starts_with("tools.") && key == "version") {
      key = section.substr(6);
    } else if (section != "tools") {
      continue;
    }
    if (names_go(unquoted(key))) return VersionLine{mise_versions(value), number};
  }
  return {};
}

}  // namespace gopol::providers::go
