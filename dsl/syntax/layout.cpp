#include "dsl/syntax/layout.h"

#include <algorithm>
#include <functional>

namespace gopol::dsl::detail {
namespace {

using Lines = std::vector<Line>;

std::string body(const Line& line) {
  return line.rest.empty() ? line.head : line.head + " " + line.rest;
}

/// Calls `each` with every longest run of lines of which each `joins` the one before.
void runs(Lines& lines, const std::function<bool(const Line&)>& member,
          const std::function<bool(const Line&, const Line&)>& joins,
          const std::function<void(std::size_t, std::size_t)>& each) {
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin + 1;
    if (member(lines[begin])) {
      while (end < lines.size() && member(lines[end]) && joins(lines[end - 1], lines[end])) ++end;
      each(begin, end);
    }
    begin = end;
  }
}

void align_heads(Lines& lines) {
  runs(
      lines, [](const Line& line) { return line.column != Column::none && !line.rest.empty(); },
      [](const Line& above, const Line& line) {
        return above.column == line.column && above.indent == line.indent && !line.blank_before &&
               above.rest.find('\n') == std::string::npos;
      },
      [&](std::size_t begin, std::size_t end) {
        std::size_t widest = 0;
        for (std::size_t i = begin; i < end; ++i) widest = std::max(widest, width(lines[i].head));
        for (std::size_t i = begin; i < end; ++i) {
          lines[i].head.append(widest - width(lines[i].head), ' ');
        }
      });
}

void align_comments(Lines& lines) {
  runs(
      lines,
      [](const Line& line) {
        return !line.comment.empty() && body(line).find('\n') == std::string::npos;
      },
      [](const Line&, const Line& line) { return !line.blank_before; },
      [&](std::size_t begin, std::size_t end) {
        std::size_t widest = 0;
        for (std::size_t i = begin; i < end; ++i)
          widest = std::max(widest, lines[i].indent + width(body(lines[i])));
        for (std::size_t i = begin; i < end; ++i) {
          lines[i].comment.insert(0, widest - lines[i].indent - width(body(lines[i])), ' ');
        }
      });
}

}  // namespace

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string print(Lines lines) {
  align_heads(lines);
  align_comments(lines);
  std::string out;
  for (const Line& line : lines) {
    if (line.blank_before && !out.empty()) out += '\n';
    out.append(line.indent, ' ');
    out += body(line);
    if (!line.comment.empty()) out += "  " + line.comment;
    out += '\n';
  }
  return out;
}

}  // namespace gopol::dsl::detail
