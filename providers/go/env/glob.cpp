#include "providers/go/env/glob.h"

#include <algorithm>
#include <cstddef>

namespace gopol::providers::go {
namespace {

/// The bytes of the code point at the front; a stray byte counts as one.
std::size_t code_point(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return std::min(length, text.size());
}

/// One unit of a pattern other than `*`, tried against the front of `text`.
struct Unit {
  bool malformed = false, fits = false;
  std::size_t pattern_bytes = 0, text_bytes = 0;
};

/// The code point of a class' end, escapes resolved; empty if the pattern breaks off.
std::string_view class_end(std::string_view pattern, std::size_t& at) {
  if (at < pattern.size() && pattern[at] == '\\') ++at;
  if (at >= pattern.size()) return {};
  const std::string_view out = pattern.substr(at, code_point(pattern.substr(at)));
  at += out.size();
  return out;
}

Unit class_unit(std::string_view pattern, std::string_view text) {
  Unit out;
  std::size_t at = 1;
  const bool negated = at < pattern.size() && pattern[at] == '^';
  if (negated) ++at;
  out.text_bytes = text.empty() ? 0 : code_point(text);
  const std::string_view wanted = text.substr(0, out.text_bytes);
  bool found = false;
  for (bool first = true;; first = false) {
    if (at >= pattern.size()) return {true, false, 0, 0};
    if (pattern[at] == ']' && !first) break;
    if (pattern[at] == ']' || pattern[at] == '-') return {true, false, 0, 0};
    const std::string_view low = class_end(pattern, at);
    std::string_view high = low;
    if (at < pattern.size() && pattern[at] == '-') {
      ++at;
      if (at < pattern.size() && (pattern[at] == ']' || pattern[at] == '-'))
        return {true, false, 0, 0};
      high = class_end(pattern, at);
    }
    if (low.empty() || high.empty()) return {true, false, 0, 0};
    found = found || (low <= wanted && wanted <= high);  // UTF-8 keeps the order of code points
  }
  out.pattern_bytes = at + 1;
  out.fits = !text.empty() && text.front() != '/' && found != negated;
  return out;
}

Unit unit(std::string_view pattern, std::string_view text) {
  if (pattern.front() == '[') return class_unit(pattern, text);
  if (pattern.front() == '?') {
    return {false, !text.empty() && text.front() != '/', 1, text.empty() ? 0 : code_point(text)};
  }
  const std::size_t escape = pattern.front() == '\\' ? 1 : 0;
  if (pattern.size() == escape) return {true, false, 0, 0};
  return {false, !text.empty() && text.front() == pattern[escape], escape + 1, 1};
}

}  // namespace

bool path_match(std::string_view pattern, std::string_view text) {
  // The usual greedy walk: on a mismatch the last `*` takes one more byte, never a slash.
  std::size_t p = 0, t = 0, star = std::string_view::npos, star_text = 0;
  while (p < pattern.size() || t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
      continue;
    }
    if (p < pattern.size()) {
      const Unit next = unit(pattern.substr(p), text.substr(t));
      if (next.malformed) return false;
      if (next.fits) {
        p += next.pattern_bytes;
        t += next.text_bytes;
        continue;
      }
    }
    if (star == std::string_view::npos || star_text >= text.size() || text[star_text] == '/')
      return false;
    star_text += code_point(text.substr(star_text));
    p = star + 1;
    t = star_text;
  }
  return true;
}

bool match_prefix_patterns(std::string_view globs, std::string_view module_path) {
  while (!globs.empty()) {
    const std::size_t comma = std::min(globs.find(','), globs.size());
    std::string_view glob = globs.substr(0, comma);
    globs.remove_prefix(std::min(comma + 1, globs.size()));
    if (glob.ends_with('/')) glob.remove_suffix(1);
    if (glob.empty()) continue;
    auto slashes = std::count(glob.begin(), glob.end(), '/');
    std::size_t end = 0;
    for (; end < module_path.size(); ++end) {
      if (module_path[end] == '/' && slashes-- == 0) break;
    }
    const bool too_short = end == module_path.size() && slashes > 0;
    if (!too_short && path_match(glob, module_path.substr(0, end))) return true;
  }
  return false;
}

}  // namespace gopol::providers::go
