#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::dsl {

/// Which text of a run; an index into its SourceMap.
struct SourceId {
  std::uint32_t index = 0;
  bool operator==(const SourceId&) const = default;
};

/// A stretch of one text: bytes, half-open.
struct SourceSpan {
  SourceId source;
  std::uint32_t begin = 0, end = 0;
  bool operator==(const SourceSpan&) const = default;
};

/// Where a person looks: both count from 1; a column is a byte, as compilers count.
struct LineColumn {
  std::uint32_t line = 1, column = 1;
  bool operator==(const LineColumn&) const = default;
};

/// Owns every text of a run, so that a place is twelve bytes and a text is never copied.
/// Line tables are made when a place is first printed.
class SourceMap {
 public:
  /// `name` is what diagnostics print: a path as the user wrote it, or `policy@commit`.
  SourceId add(std::string name, std::string text);

  /// What the next text will be called.
  SourceId next() const { return SourceId{static_cast<std::uint32_t>(sources_.size())}; }

  std::string_view name(SourceId id) const;
  std::string_view text(SourceId id) const;
  std::string_view text(SourceSpan span) const;
  LineColumn locate(SourceId id, std::uint32_t offset) const;
  /// The line (from 1) without its line end; empty past the last line.
  std::string_view line(SourceId id, std::uint32_t number) const;

 private:
  struct Source {
    std::string name, text;
    mutable std::vector<std::uint32_t> line_starts;  ///< empty until asked for
  };
  const std::vector<std::uint32_t>& line_starts(const Source& source) const;

  std::vector<std::unique_ptr<Source>> sources_;  ///< by pointer: texts must not move
};

}  // namespace gopol::dsl
