#include "engine/source/blame.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace gopol::engine {
namespace {

constexpr std::string_view by = "-by";
constexpr std::string_view standards[] = {"AES", "CVE", "GPL", "HTTP", "IEEE", "ISO",
                                          "RFC", "SHA", "TLS", "UTF",  "X"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

std::vector<std::string_view> message_lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    out.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

void add_once(std::vector<std::string>& out, std::string_view text) {
  if (std::find(out.begin(), out.end(), text) == out.end()) out.emplace_back(text);
}

bool names_somebody(std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon <= by.size()) return false;
  const std::string_view key = line.substr(0, colon);
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  const std::string_view end = key.substr(key.size() - by.size());
  return std::equal(end.begin(), end.end(), by.begin(), same) && is_letter(key.front()) &&
         std::all_of(key.begin(), key.end(), [](char c) { return is_letter(c) || c == '-'; });
}

std::size_t after_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// Where a ticket that begins at `at` ends; `at` itself: none does.
std::size_t end_of_ticket(std::string_view text, std::size_t at) {
  std::size_t number = at;
  if (text[at] == '#') {
    number = at + 1;
  } else if (is_upper(text[at])) {
    while (number < text.size() && (is_upper(text[number]) || is_digit(text[number]))) ++number;
    const std::string_view project = text.substr(at, number - at);
    const bool known =
        std::find(std::begin(standards), std::end(standards), project) != std::end(standards);
    if (known || project.size() < 2 || number == text.size() || text[number] != '-') return at;
    ++number;
  } else {
    return at;
  }
  const std::size_t end = after_digits(text, number);
  if (end == number || (end < text.size() && (is_word(text[end]) || text[end] == '-'))) return at;
  return end;
}

}  // namespace

const BlameCommit* Blame::find(std::string_view path, std::uint32_t line) const {
  const auto file = std::find_if(files.begin(), files.end(),
                                 [&](const BlamedFile& one) { return one.path == path; });
  if (file == files.end() || line == 0) return nullptr;
  std::uint64_t seen = 0;
  for (const BlameRun& run : file->runs) {
    seen += run.lines;
    if (line <= seen) return run.commit < commits.size() ? &commits[run.commit] : nullptr;
  }
  return nullptr;
}

std::string subject_of(std::string_view message) {
  for (const std::string_view line : message_lines(message)) {
    if (!line.empty()) return std::string(line);
  }
  return "";
}

std::vector<std::string> reviewers_in(std::string_view message) {
  std::vector<std::string_view> lines = message_lines(message);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  const auto paragraph = std::find(lines.rbegin(), lines.rend(), std::string_view());
  if (paragraph == lines.rend()) return {};  // a subject alone
  std::vector<std::string> out;
  for (auto line = paragraph.base(); line != lines.end(); ++line) {
    if (names_somebody(*line)) add_once(out, *line);
  }
  return out;
}

std::vector<std::string> tickets_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool inside =
        at > 0 && (is_word(text[at - 1]) || text[at - 1] == '-' || text[at - 1] == '&');  // `&#42;`
    const std::size_t end = inside ? at : end_of_ticket(text, at);
    if (end == at) continue;
    add_once(out, text.substr(at, end - at));
    at = end - 1;
  }
  return out;
}

}  // namespace gopol::engine
