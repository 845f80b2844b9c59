#include "dsl/syntax/encoding.h"

#include <fmt/format.h>

#include <vector>

#include "dsl/syntax/lex.h"

namespace gopol::dsl::detail {

void check_encoding(const Tree& tree, const SourceMap& sources, Diagnostics& errors) {
  const std::size_t bad = first_invalid_byte(tree.text);
  if (bad == tree.text.size()) return;
  const auto begin = static_cast<std::uint32_t>(bad);
  const SourceSpan span{tree.source, begin, begin + 1};
  const LineColumn at = sources.locate(tree.source, begin);
  const auto byte = static_cast<unsigned char>(tree.text[bad]);
  std::erase_if(errors, [&](const Diagnostic& d) {
    return d.code == "P1001" && d.primary && d.primary->span.begin <= begin &&
           begin < d.primary->span.end;
  });
  errors.push_back(problem(
      "P1009", span,
      byte == 0 ? fmt::format("NUL byte at {}:{}", at.line, at.column)
                : fmt::format("byte 0x{:02X} at {}:{} is not UTF-8", byte, at.line, at.column),
      "here", "save the file as UTF-8"));
}

}  // namespace gopol::dsl::detail
