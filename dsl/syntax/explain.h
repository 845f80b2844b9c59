#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/syntax/recovery.h"
#include "dsl/syntax/tree.h"
#include "dsl/value/diagnostic.h"
#include "dsl/value/source.h"

namespace gopol::dsl::detail {

/// What a rule needed; some needs have slips of their own.
enum class Need { other, assign, assert_op, colon, open, close, until, depth };

/// The message of a rule that had to match.
struct Expected {
  const char* message = nullptr;
  const char* help = "";
  Need need = Need::other;
};

/// A rule that had to match and did not. Positions count significant tokens.
struct Failure {
  std::uint32_t at = 0;    ///< the token it met
  std::uint32_t item = 0;  ///< where the item began
  Block block = Block::file;
  Expected expected;
};

/// Finds the words for a failure: one of the common slips, or what was expected and found.
class Explainer {
 public:
  Explainer(const Tree& tree, const Significant& tokens, const SourceMap& sources)
      : tree_(tree), tokens_(tokens), sources_(sources) {}

  Diagnostic explain(const Failure& failure) const;
  /// P1002: the brace at `open` is not closed before `at`.
  Diagnostic unclosed(std::uint32_t open, std::uint32_t at) const;
  SourceSpan span(std::uint32_t at) const;

 private:
  TokenKind kind(std::uint32_t at) const;
  std::string_view text(std::uint32_t at) const;
  std::string found(std::uint32_t at) const;
  Diagnostic junk(std::uint32_t at) const;
  Diagnostic bad_number(std::uint32_t at) const;
  Diagnostic bad_string(std::uint32_t at) const;
  Diagnostic single_quoted(std::uint32_t at) const;
  Diagnostic foreign(std::uint32_t at, const char* ours, std::string replacement) const;
  /// A slip in place of a sign, or nothing.
  std::optional<Diagnostic> sign_slip(const Failure& failure) const;
  std::uint32_t suggested_line(std::uint32_t open, std::uint32_t at) const;

  const Tree& tree_;
  const Significant& tokens_;
  const SourceMap& sources_;
};

}  // namespace gopol::dsl::detail
