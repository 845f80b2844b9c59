#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/result.h"

namespace gopol::providers::shell {

/// A text and how messages call it: the file's path.
struct NamedText {
  std::string_view path, text;
};

/// The part of a file that gopol keeps, between `# >>> gopol NAME >>>` and `# <<< gopol NAME <<<`.
struct Block {
  std::size_t begin = 0, end = 0;  ///< bytes, markers and their line ends included
  std::uint32_t line = 0;          ///< of the first marker, from 1
  std::uint32_t last_line = 0;     ///< of the second
  std::string body;                ///< whole lines
  bool after_open_line = false;    ///< the line before it had no end, which putting it added
};

/// The block of that name; nothing if there is none. Errors (R4002, with the line): a block that is
/// not closed, one inside another, two of one name: gopol then leaves the file alone.
dsl::Result<std::optional<Block>> find_block(const NamedText& file, std::string_view name);

/// The text with that block: replaced where it stands, else appended. `body` is whole lines.
dsl::Result<std::string> put_block(const NamedText& file, std::string_view name,
                                   std::string_view body);

/// The text without it: what was there before it was put, to the byte.
dsl::Result<std::string> remove_block(const NamedText& file, std::string_view name);

/// The text with that block, or without one for an empty body.
dsl::Result<std::string> with_block(const NamedText& file, std::string_view name,
                                    std::string_view body);

}  // namespace gopol::providers::shell
