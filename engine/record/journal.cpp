#include "engine/record/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>

#include "engine/encoding/sha256.h"
#include "engine/encoding/text_references.h"
#include "engine/plan/disclosure.h"
#include "engine/real/rooted_path.h"
#include "engine/record/journal_line.h"
#include "engine/record/old_bytes.h"

namespace gopol::engine {
namespace {

dsl::Diagnostic broken(const Path& file, std::size_t line) {
  return dsl::problem(
      "R4102", fmt::format("line {} of the journal `{}` is no journal line", line, file.text),
      "nothing was changed; move the file away to go on without its undo steps");
}

/// Reads whole lines; answers how many bytes they take. What follows is torn.
Result<std::size_t> read_lines(const Path& file, std::string_view text, JournalContent& into) {
  std::size_t taken = 0;
  std::map<std::string, std::optional<std::string>> known;
  const auto fetch = [&](const std::string& name) {
    const auto [at, is_new] = known.try_emplace(name);
    if (is_new) at->second = OldBytes(file.parent()).get(name);
    return at->second;
  };
  for (std::size_t number = 1;; ++number) {
    const std::size_t end = text.find('\n', taken);
    if (end == std::string_view::npos) break;
    const std::string_view line = text.substr(taken, end - taken);
    if (number == 1 && read_head(line) == HeadKind::newer) {
      return dsl::problem("R4102",
                          fmt::format("the journal `{}` was written by a newer gopol", file.text),
                          "use that version");
    }
    const bool good =
        number == 1 ? read_head(line) == HeadKind::ours : read_line(line, into, fetch);
    if (!good) return broken(file, number);
    taken = end + 1;
  }
  // A torn head is a part of ours; anything else without a line end is another's file.
  if (taken == 0 && !head_line().starts_with(text)) return broken(file, 1);
  return taken;
}

/// Brings the contents that stand apart.
void fetch_old(const Path& file, JournalContent& content) {
  const OldBytes kept(file.parent());
  for (JournalEntry& entry : content.entries) {
    for (std::size_t i = 0; i < entry.old.size(); ++i) {
      if (entry.old[i].empty()) continue;
      auto bytes = kept.get(entry.old[i]);
      entry.bytes_gone = entry.bytes_gone || !bytes;
      if (bytes) entry.files[i].bytes = std::move(*bytes);
    }
  }
}

}  // namespace

std::vector<JournalEntry> JournalContent::unfinished() const {
  std::set<std::pair<std::string_view, std::uint64_t>> over;
  for (const JournalEntry& entry : entries) {
    if (entry.step != Step::intent) over.emplace(entry.run, entry.change);
  }
  std::vector<JournalEntry> out;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(out),
               [&](const JournalEntry& entry) {
                 return !over.contains({entry.run, entry.change});
               });
  return out;
}

std::set<std::string> JournalContent::old_since(std::chrono::system_clock::time_point then) const {
  std::set<std::string> out;
  for (const JournalEntry& entry : entries) {
    if (entry.at < then) continue;
    out.insert(entry.apart.begin(), entry.apart.end());
    for (std::size_t i = 0; i < entry.files.size(); ++i) {
      const bool is_read = i < entry.old.size() && !entry.old[i].empty();
      if (is_read) out.insert(entry.old[i]);
      if (!entry.files[i].bytes.empty()) out.insert(sha256(entry.files[i].bytes));
      if (!entry.files[i].kept.empty()) out.emplace(entry.files[i].kept.name());
    }
  }
  return out;
}

std::set<std::string> JournalContent::kept_names() const {
  std::set<std::string> out;
  for (const JournalEntry& entry : entries) {
    for (const FileImage& file : entry.files) {
      if (!file.kept.empty()) out.emplace(file.kept.name());
    }
  }
  return out;
}

PostImage post_image(const FileImage& image) {
  PostImage out{image.path, "", image.status.type};
  if (out.type == FileStatus::Type::absent) return out;
  out.mode = image.status.mode;
  const bool has_bytes =
      out.type == FileStatus::Type::regular || out.type == FileStatus::Type::symlink;
  if (has_bytes) out.sha256 = sha256(image.bytes);
  return out;
}

Result<std::vector<PostImage>> post_images(const std::vector<FileImage>& images, const Disk& disk) {
  std::vector<PostImage> out;
  for (const FileImage& image : images) {
    const auto now = image_of(image.path, disk);
    if (!now) return now.error();
    out.push_back(post_image(*now));
  }
  return out;
}

Result<JournalContent> read_journal(const Path& file) {
  const Descriptor opened = open_file(file.text, O_RDONLY | O_NONBLOCK);
  JournalContent content;
  if (!opened && errno == ENOENT) return content;
  std::string text;
  if (!opened) return disk_problem("read", file, errno);
  if (const int error = read_some(opened.number(), 0, UINT64_MAX, text)) {
    return disk_problem("read", file, error);
  }
  const auto taken = read_lines(file, text, content);
  if (!taken) return taken.error();
  fetch_old(file, content);
  return content;
}

Result<Journal> Journal::open(const Path& file) {
  Descriptor opened = open_file(file.text, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
  if (!opened) return disk_problem("open", file, errno);
  std::string text;
  if (const int error = read_some(opened.number(), 0, UINT64_MAX, text)) {
    return disk_problem("read", file, error);
  }
  JournalContent content;
  const auto taken = read_lines(file, text, content);
  if (!taken) return taken.error();
  fetch_old(file, content);
  if (*taken < text.size() && ::ftruncate(opened.number(), static_cast<off_t>(*taken)) != 0) {
    return disk_problem("drop the torn last line of", file, errno);
  }
  Journal journal(file, std::move(opened), std::move(content));
  if (*taken > 0) return journal;
  const auto written = journal.write(head_line());
  if (!written) return written.error();
  if (const int error = flush_folder(file.parent().text)) return disk_problem("write", file, error);
  return journal;
}

Result<Done> Journal::write(std::string line) {
  line += '\n';
  if (broken_)
    return disk_problem("write", path_, EIO, "an earlier line could not be written whole");
  const off_t before = ::lseek(file_.number(), 0, SEEK_END);
  int error = write_all(file_.number(), line);
  if (error == 0) error = flush(file_.number());
  if (error == 0) return Done{};
  // Take back what got in; if even that fails, the next opening drops it, so nothing may come
  // after.
  broken_ = before < 0 || ::ftruncate(file_.number(), before) != 0;
  return disk_problem("write", path_, error, "gopol does nothing that it cannot write down first");
}

void Journal::forget_older(std::chrono::system_clock::time_point now, std::chrono::seconds keep,
                           const std::set<std::string>& others) {
  std::set<std::string> names = content_.old_since(now - keep);
  names.insert(others.begin(), others.end());
  OldBytes(path_.parent()).keep_only(names);
}

Result<Done> Journal::begin_run(const JournalRun& run) {
  auto written = write(begin_line(run));
  if (written) content_.runs.push_back(run);
  return written;
}

/// What files held, and what values may hold that is a secret, stands apart before the line that
/// tells of it.
Result<Done> Journal::put_apart(JournalEntry& entry, detail::TextsApart& apart) const {
  const auto is_of_this = [&](const JournalEntry& one) {
    return one.step == Step::intent && one.run == entry.run && one.change == entry.change;
  };
  const auto intent = std::find_if(content_.entries.rbegin(), content_.entries.rend(), is_of_this);
  const bool is_outcome = entry.step != Step::intent && intent != content_.entries.rend();
  for (const FileImage& image : is_outcome ? intent->files : entry.files) {
    if (stands_apart(image)) detail::add_text(apart, image.bytes);
  }
  for (const auto& move : entry.moves) {
    if (!move.was || !may_hold_secret(move.slot, *move.was)) continue;
    const detail::Json rest = detail::refer(detail::json_of(*move.was), apart);
    for (const std::string& text : detail::texts_of(rest)) {
      detail::add_text(apart, text);
      entry.apart.insert(sha256(text));
    }
  }
  OldBytes old(path_.parent());
  for (const auto& [name, bytes] : apart) {
    if (auto kept = old.put(bytes); !kept) return kept;
  }
  return Done{};
}

Result<Done> Journal::append(const JournalEntry& entry) {
  JournalEntry whole = entry;
  detail::TextsApart apart;
  if (auto kept = put_apart(whole, apart); !kept) return kept;
  auto written = write(entry_line(whole, apart));
  if (written) content_.entries.push_back(std::move(whole));
  return written;
}

Result<Done> Journal::end_run(const std::string& run, std::chrono::system_clock::time_point at,
                              const std::string& outcome) {
  auto written = write(end_line(run, at, outcome));
  for (JournalRun& known : content_.runs) {
    if (!written || known.run != run) continue;
    known.ended = at;
    known.outcome = outcome;
  }
  return written;
}

}  // namespace gopol::engine
