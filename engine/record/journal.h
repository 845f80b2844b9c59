#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/encoding/texts_apart.h"
#include "engine/plan/provider.h"
#include "engine/real/descriptor.h"
#include "engine/source/blame.h"

namespace gopol::engine {

/// intent: about to act, with all that is needed to take it back. Then exactly one of done and
/// failed, unless the run was killed.
enum class Step { intent, done, failed };

std::string_view name(Step step);

/// What a path is after a change, in short: enough to see later whether it is still so.
struct PostImage {
  Path path;
  std::string sha256;  ///< of a file's bytes, or of the target of a link; else empty
  FileStatus::Type type = FileStatus::Type::regular;
  std::optional<std::uint32_t> mode =
      {};  ///< not known beforehand, nor of an older gopol's journal
  bool operator==(const PostImage&) const = default;
};

/// Names a change among all that the journal knows.
struct ChangeName {
  std::string run;
  std::uint64_t change = 0;  ///< counts within its run
  auto operator<=>(const ChangeName&) const = default;
};

/// One step of one change.
struct JournalEntry {
  std::chrono::system_clock::time_point at;  ///< whole seconds are kept
  std::string run;
  std::uint64_t change = 0;  ///< counts within its run
  Step step = Step::intent;
  std::string family, key;
  struct Move {
    Slot slot;
    std::string from, to;  ///< as the plan printed them
    /// The values: before (Absent: it was unset, or not there), and with `done` what it became.
    /// Nothing in the journal of an older gopol.
    std::optional<Value> was = {}, became = {};
    std::string place = {};  ///< file:line of what asks for this slot; empty: the entry's
    std::optional<BlameCommit> written = {};  ///< with the intent: who wrote that line
    bool operator==(const Move&) const = default;
  };
  std::vector<Move> moves;
  std::string rule, place, commit;     ///< `place` is file:line, of the first move
  std::string because;                 ///< of the rule
  std::optional<BlameCommit> written;  ///< with the intent: who wrote the line at `place`
  std::vector<FileImage> files;        ///< with the intent: what its files were before
  /// Of a journal that was read, by file: the SHA-256 of bytes that are kept apart; empty: none
  /// are.
  std::vector<std::string> old;
  std::set<std::string> apart;  ///< and of texts that values of its moves lie in
  bool bytes_gone = false;      ///< some of them are not kept any more
  /// With the intent what its edits will make; with the outcome what is there.
  std::vector<PostImage> after;
  std::vector<Path> trees;    ///< what it makes anew, if a folder with all that is in it
  bool beyond_files = false;  ///< it moves what `files` do not show
  bool irreversible = false;
  std::vector<ChangeName> takes_back;  ///< of an undo: the changes whose slots it moves back
  std::string detail;
};

/// A run as the journal saw it; without an end it was killed, or is still going on.
struct JournalRun {
  std::string run, command, policy;
  std::chrono::system_clock::time_point begun;
  std::optional<std::chrono::system_clock::time_point> ended;
  std::string outcome;
};

struct JournalContent {
  std::vector<JournalRun> runs;
  std::vector<JournalEntry> entries;
  /// The contents that changes since then need to be taken back.
  std::set<std::string> old_since(std::chrono::system_clock::time_point then) const;
  /// The files that have other names, and were given one more when they were replaced: its own
  /// name.
  std::set<std::string> kept_names() const;
  /// Intents without an outcome, oldest first: a killed run's, to be finished or taken back.
  std::vector<JournalEntry> unfinished() const;
};

/// What is at the path of each image now.
Result<std::vector<PostImage>> post_images(const std::vector<FileImage>& images, const Disk& disk);
PostImage post_image(const FileImage& image);

/// Reads only: a torn last line is ignored and left. A missing journal is an empty one.
Result<JournalContent> read_journal(const Path& file);

/// How long old contents are kept, if `[journal] keep` says nothing.
inline constexpr std::chrono::hours usual_keep{24 * 90};

/// What gopol did: lines of JSON, a versioned head first, only ever appended, each flushed to the
/// medium before the next step. What files held before stands apart (old_bytes.h), flushed before
/// the line that names it; an older gopol's journal has it in its lines. A last line torn by a
/// crash is dropped when it is opened again.
class Journal {
 public:
  /// `file` is a real path in the state folder. Errors (R4102): a newer version's, a line that is
  /// none.
  static Result<Journal> open(const Path& file);

  const JournalContent& content() const { return content_; }
  /// Old contents that neither a change of the last `keep` nor `others` needs are removed.
  void forget_older(std::chrono::system_clock::time_point now, std::chrono::seconds keep,
                    const std::set<std::string>& others = {});
  Result<Done> begin_run(const JournalRun& run);
  Result<Done> append(const JournalEntry& entry);
  Result<Done> end_run(const std::string& run, std::chrono::system_clock::time_point at,
                       const std::string& outcome);

 private:
  Journal(Path path, Descriptor file, JournalContent content)
      : path_(std::move(path)), file_(std::move(file)), content_(std::move(content)) {}
  Result<Done> write(std::string line);
  Result<Done> put_apart(JournalEntry& entry, detail::TextsApart& apart) const;

  Path path_;
  Descriptor file_;
  JournalContent content_;
  bool broken_ = false;  ///< a line may be half there: nothing may follow it
};

}  // namespace gopol::engine
