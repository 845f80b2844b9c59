#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dsl/syntax/tree.h"

namespace gopol::dsl::detail {

/// A comment on a line of its own.
struct OwnLine {
  std::string text;
  bool blank_before = false;
};

/// One of several things that stand in a row: items of a block, elements of a list.
struct Member {
  std::uint32_t node = 0, first = 0, end = 0;  ///< its tokens: [first, end)
  std::vector<OwnLine> comments;               ///< before it
  std::string comment;                         ///< after it, on its last line
  bool blank_before = false;
  bool first_on_line = false;
  bool verbatim = false;  ///< broken: copied as it is
};

struct Sequence {
  std::vector<Member> members;
  std::string comment;             ///< on the line of the opening bracket
  std::vector<OwnLine> remaining;  ///< after the last member
  bool ends_line = false;          ///< a line ends after the last member
};

/// The children of `node` that begin in tokens [from, to), with all comments of that stretch.
Sequence sequence(const Tree& tree, std::uint32_t node, std::uint32_t from, std::uint32_t to);

/// Joins broken members with what shares their lines, so that copying them moves no line end.
/// False: they share a line with what holds the sequence.
bool isolate_broken(Sequence& row);

}  // namespace gopol::dsl::detail
