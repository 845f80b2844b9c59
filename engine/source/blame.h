#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::engine {

/// A commit that wrote lines of a policy.
struct BlameCommit {
  std::string commit;                          ///< 40 hexadecimal digits
  std::string author;                          ///< `Name <address>`
  std::chrono::system_clock::time_point time;  ///< the author's
  std::string message;
  bool operator==(const BlameCommit&) const = default;
};

/// So many lines, one after the other, of one commit.
struct BlameRun {
  std::uint32_t lines = 0, commit = 0;  ///< index into Blame::commits
  bool operator==(const BlameRun&) const = default;
};

struct BlamedFile {
  std::string path;
  std::vector<BlameRun> runs;  ///< from the first line on
  bool operator==(const BlamedFile&) const = default;
};

/// Who wrote which line of the files of a policy.
struct Blame {
  std::vector<BlameCommit> commits;
  std::vector<BlamedFile> files;

  /// Of a line, counted from 1; nullptr: it is not known.
  const BlameCommit* find(std::string_view path, std::uint32_t line) const;
  bool operator==(const Blame&) const = default;
};

// What a commit's message says.
/// Its first line.
std::string subject_of(std::string_view message);
/// The trailers that name people: `Reviewed-by: Bob <bob@corp.example>`, Acked-by, Signed-off-by
/// and whatever else ends in `-by`, each once, from its last paragraph.
std::vector<std::string> reviewers_in(std::string_view message);
/// `PLAT-12` and `#42`, each once. What looks so and names a standard (UTF-8, SHA-256) is none.
std::vector<std::string> tickets_in(std::string_view text);

}  // namespace gopol::engine
