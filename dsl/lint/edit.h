#pragma once

#include <string>

#include "dsl/syntax/view.h"
#include "dsl/value/diagnostic.h"

namespace gopol::dsl::lint {

/// The node's tokens with the parentheses that stand right around them; those leave no node.
struct Tokens {
  std::uint32_t first = 0, end = 0;  ///< half-open, neither is trivia
};
Tokens with_parentheses(const View& node);

SourceSpan span_of(const Tree& tree, Tokens tokens);

/// The text of the node without blanks and comments between its tokens: what it says.
std::string bare_text(const View& node);

/// Whether a comment stands among these tokens; what holds one is not removed.
bool has_comment(const Tree& tree, Tokens tokens);

/// The span, with its line end if its lines hold nothing else, and the blanks before it at the end
/// of a line: for removing it.
SourceSpan whole_lines(const Tree& tree, SourceSpan span);

/// With a safe fix, its title as help unless there is one.
Diagnostic fixed(Diagnostic diagnostic, std::string title, std::vector<Edit> edits);

}  // namespace gopol::dsl::lint
