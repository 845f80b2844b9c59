#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gopol::dsl::detail {

inline constexpr std::size_t page_width = 100;

/// Lines whose heads stand above each other are padded to one width.
enum class Column { none, clause, attribute, let };

struct Line {
  std::size_t indent = 0;
  std::string head, rest;  ///< with a blank between; no rest: the head is all
  std::string comment;     ///< at the end of the line
  Column column = Column::none;
  bool blank_before = false;
};

/// Columns that a text takes, one a code point.
std::size_t width(const std::string& text);

/// Aligns neighbours, then prints.
std::string print(std::vector<Line> lines);

}  // namespace gopol::dsl::detail
