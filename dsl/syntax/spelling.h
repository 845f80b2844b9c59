#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dsl/syntax/tree.h"

namespace gopol::dsl::detail {

/// Writes tokens in one line, with the blanks that belong between them.
class Spelling {
 public:
  explicit Spelling(const Tree& tree);

  /// Tokens [from, to); trivia and commas before a closing bracket are left out.
  std::string line(std::uint32_t from, std::uint32_t to) const;
  bool has_comment(std::uint32_t from, std::uint32_t to) const;
  bool has_newline(std::uint32_t from, std::uint32_t to) const;
  /// The next significant token from `at` on, below `to`; `to` if none.
  std::uint32_t next(std::uint32_t at, std::uint32_t to) const;

 private:
  bool blank_between(std::uint32_t left, std::uint32_t right) const;

  const Tree& tree_;
  std::vector<bool> loose_;  ///< brackets that begin a list or a group: a blank stands before them
};

}  // namespace gopol::dsl::detail
