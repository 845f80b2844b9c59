#include "dsl/syntax/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/policy/spell.h"
#include "dsl/value/harmless.h"
#include "dsl/value/utf8.h"

namespace gopol::dsl::detail {
namespace {

using K = TokenKind;

SourceSpan span_of(const Tree& tree, std::size_t begin, std::size_t bytes) {
  const auto from = static_cast<std::uint32_t>(begin);
  return {tree.source, from, from + static_cast<std::uint32_t>(bytes)};
}

Diagnostic no_utf8(const Tree& tree, const SourceMap& sources, std::size_t bad) {
  const SourceSpan span = span_of(tree, bad, 1);
  const LineColumn at = sources.locate(tree.source, span.begin);
  const auto byte = static_cast<unsigned char>(tree.text[bad]);
  return problem("P1009", span,
                 byte == 0
                     ? fmt::format("NUL byte at {}:{}", at.line, at.column)
                     : fmt::format("byte 0x{:02X} at {}:{} is not UTF-8", byte, at.line, at.column),
                 "here", "save the file as UTF-8");
}

std::uint32_t token_at(const Tree& tree, std::size_t byte) {
  const auto after = std::upper_bound(tree.offsets.begin(), tree.offsets.end(), byte);
  return static_cast<std::uint32_t>(after - tree.offsets.begin()) - 1;
}

/// What the character becomes: an escape in a text, a line end for a lone CR between tokens, else
/// nothing, since comments mean nothing and names hold letters. A raw text becomes a quoted one.
Fix fix_of(const Tree& tree, std::size_t at, std::size_t length) {
  const std::uint32_t token = token_at(tree, at);
  const K kind = tree.kinds[token];
  const std::string escape = unicode_escape(code_point(tree.text.substr(at)));
  if (kind == K::string || kind == K::bad_string)
    return {fmt::format("write `{}`", escape), Safety::safe, {{span_of(tree, at, length), escape}}};
  if (kind == K::raw) {
    const std::string_view raw = tree.token_text(token);
    return {fmt::format("write it in double quotes, with `{}`", escape),
            Safety::safe,
            {{tree.token_span(token), quoted(raw.substr(1, raw.size() - 2))}}};
  }
  if (kind == K::blank && tree.text[at] == '\r')
    return {"end the line with a line feed", Safety::safe, {{span_of(tree, at, 1), "\n"}}};
  return {"take it out", Safety::safe, {{span_of(tree, at, length), ""}}};
}

Diagnostic deceptive(const Tree& tree, std::size_t at) {
  const std::size_t length = utf8_sequence(tree.text.substr(at));
  const auto point = static_cast<std::uint32_t>(code_point(tree.text.substr(at)));
  Fix fix = fix_of(tree, at, length);
  Diagnostic out = problem(
      "P1010", span_of(tree, at, length),
      fmt::format("U+{:04X} may not stand in a policy: people do not see what it does", point),
      "this character", fix.title);
  out.fixes.push_back(std::move(fix));
  return out;
}

/// A byte order mark that begins the file, and the CR of a CR LF, are no trouble.
bool is_usual(std::string_view text, std::size_t at) {
  return (at == 0 && text.starts_with("\xef\xbb\xbf")) || text.substr(at, 2) == "\r\n";
}

/// No second word about a byte that was no token.
void forget_stray(Diagnostics& errors, std::uint32_t byte) {
  std::erase_if(errors, [&](const Diagnostic& d) {
    return d.code == "P1001" && d.primary && d.primary->span.begin <= byte &&
           byte < d.primary->span.end;
  });
}

/// Where the text holds what it may not: to the first NUL or byte that is not UTF-8. Of a raw text,
/// which is fixed as a whole, the first place.
std::vector<std::size_t> places_in(const Tree& tree) {
  std::vector<std::size_t> out;
  const std::string_view text = tree.text;
  for (std::size_t at = first_deceptive(text); at < text.size();
       at += first_deceptive(text.substr(at))) {
    const std::size_t length = utf8_sequence(text.substr(at));
    std::size_t next = at + std::max<std::size_t>(1, length);
    if (!is_usual(text, at)) {
      out.push_back(at);
      if (length == 0 || text[at] == '\0') break;
      const std::uint32_t token = token_at(tree, at);
      if (tree.kinds[token] == K::raw) next = tree.offsets[token + 1];
    }
    at = next;
  }
  return out;
}

}  // namespace

bool check_encoding(const Tree& tree, const SourceMap& sources, Diagnostics& errors) {
  const std::vector<std::size_t> places = places_in(tree);
  Diagnostics found;
  for (const std::size_t at : places) {
    const bool broken = tree.text[at] == '\0' || utf8_sequence(tree.text.substr(at)) == 0;
    Diagnostic one = broken ? no_utf8(tree, sources, at) : deceptive(tree, at);
    if (found.size() == most_errors && !broken) {  // the last one fixes all that follow
      found.back().fixes.push_back(std::move(one.fixes.front()));
      continue;
    }
    forget_stray(errors, one.primary->span.begin);
    found.push_back(std::move(one));
  }
  const std::size_t room = most_errors - std::min(found.size(), most_errors);
  const bool fits = errors.size() <= room;
  if (!fits) errors.erase(errors.begin() + static_cast<std::ptrdiff_t>(room), errors.end());
  errors.insert(errors.end(), found.begin(), found.end());
  return fits;
}

}  // namespace gopol::dsl::detail
