#include "engine/net/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include "engine/net/answer.h"
#include "engine/net/entry_name.h"
#include "engine/net/stop.h"

namespace gopol::engine::net {
namespace {

constexpr std::uint64_t most_entries = 100'000;
constexpr std::uint64_t most_bytes = 3ull << 30;

struct CloseReader {
  void operator()(::archive* reader) const { archive_read_free(reader); }
};
struct CloseWriter {
  void operator()(::archive* writer) const { archive_write_free(writer); }
};

/// Where the reader gets its bytes; keeps the network's own words if it breaks.
struct Feed {
  const NextBytes& next;
  std::optional<dsl::Diagnostic> broken;
};

la_ssize_t feed(::archive* reader, void* context, const void** bytes) {
  auto& from = *static_cast<Feed*>(context);
  const auto piece = from.next();
  if (!piece) {
    from.broken = piece.error().front();
    archive_set_error(reader, EIO, "the connection broke");
    return ARCHIVE_FATAL;
  }
  *bytes = piece->data();
  return static_cast<la_ssize_t>(piece->size());
}

class Unpacker {
 public:
  explicit Unpacker(const NextBytes& next) : feed_{next, {}} {}
  Unpacking run();

 private:
  bool open();
  bool accept(archive_entry* entry);
  bool accept_link(archive_entry* entry, const std::string& name);
  bool write(archive_entry* entry);
  bool copy_content(archive_entry* entry);

  bool refuse(const std::string& name, const std::string& what) {
    return blame_archive(fmt::format("the archive holds {}: `{}`", what, name));
  }
  bool blame_archive(std::string message);
  bool blame_reader();
  bool blame_disk(archive_entry* entry);

  Feed feed_;
  std::unique_ptr<::archive, CloseReader> reader_{archive_read_new()};
  std::unique_ptr<::archive, CloseWriter> writer_{archive_write_disk_new()};
  std::uint64_t entries_ = 0, bytes_ = 0;
  Unpacking out_;
};

bool Unpacker::blame_archive(std::string message) {
  out_.trouble = trouble(std::move(message), "nothing was changed; do not trust this mirror");
  out_.is_the_archive = true;
  return false;
}

bool Unpacker::blame_reader() {
  if (feed_.broken) {
    out_.trouble = feed_.broken;
    return false;
  }
  const char* why = archive_error_string(reader_.get());
  return blame_archive(
      fmt::format("the archive is damaged: {}", why != nullptr ? why : "no reason"));
}

bool Unpacker::blame_disk(archive_entry* entry) {
  const int error = archive_errno(writer_.get());
  const char* words = archive_error_string(writer_.get());  // it may refuse what the system did not
  const std::string why = error != 0         ? std::strerror(error)
                          : words != nullptr ? words
                                             : "the entry does not fit those before it";
  out_.trouble =
      trouble(fmt::format("cannot unpack `{}`: {}", archive_entry_pathname(entry), why),
              error == ENOSPC ? "make room: an unpacked Go needs 300 MiB; nothing was changed"
                              : "nothing was changed");
  return false;
}

bool Unpacker::open() {
  if (!reader_ || !writer_) return blame_archive("no memory to unpack");
  archive_read_support_filter_gzip(reader_.get());
  archive_read_support_format_tar(reader_.get());
  archive_read_set_option(reader_.get(), "tar", "mac-ext", nullptr);
  archive_write_disk_set_options(
      writer_.get(), ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_SECURE_SYMLINKS |
                         ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_NOABSOLUTEPATHS);
  if (archive_read_open(reader_.get(), &feed_, nullptr, feed, nullptr) != ARCHIVE_OK) {
    return blame_reader();
  }
  return true;
}

/// In the locale of this program a name outside ASCII has no multibyte form: the bytes are handed
/// on.
std::string bytes_or(const char* utf8, const char* raw) {
  return utf8 != nullptr ? utf8 : raw != nullptr ? raw : "";
}

bool Unpacker::accept_link(archive_entry* entry, const std::string& name) {
  if (archive_entry_hardlink(entry) != nullptr || archive_entry_hardlink_utf8(entry) != nullptr) {
    const std::string target =
        bytes_or(archive_entry_hardlink_utf8(entry), archive_entry_hardlink(entry));
    if (!wrong_name(target).empty()) return refuse(name, "a hard link that leaves `go/`");
    archive_entry_copy_hardlink(entry, target.c_str());
    archive_entry_unset_size(entry);
    return true;
  }
  const std::string target =
      bytes_or(archive_entry_symlink_utf8(entry), archive_entry_symlink(entry));
  if (const auto what = wrong_target(name, target); !what.empty()) return refuse(name, what);
  archive_entry_copy_symlink(entry, target.c_str());
  return true;
}

bool Unpacker::accept(archive_entry* entry) {
  const std::string name =
      bytes_or(archive_entry_pathname_utf8(entry), archive_entry_pathname(entry));
  if (++entries_ > most_entries) {
    return blame_archive(fmt::format("the archive has more than {} entries", most_entries));
  }
  if (const auto what = wrong_name(name); !what.empty()) return refuse(name, what);
  archive_entry_copy_pathname(entry, name.c_str());
  const auto type = archive_entry_filetype(entry);
  const bool runs = (archive_entry_perm(entry) & 0111) != 0;
  archive_entry_set_perm(entry, type == AE_IFDIR || runs ? 0755 : 0644);
  if (type == AE_IFLNK || archive_entry_hardlink_utf8(entry) != nullptr ||
      archive_entry_hardlink(entry) != nullptr) {
    return accept_link(entry, name);
  }
  return type == AE_IFREG || type == AE_IFDIR || refuse(name, "a device, pipe or socket");
}

bool Unpacker::copy_content(archive_entry* entry) {
  const void* block = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  while (true) {
    if (is_stopped()) return blame_archive("it was stopped");
    const int read = archive_read_data_block(reader_.get(), &block, &size, &offset);
    if (read == ARCHIVE_EOF) return true;
    if (read < ARCHIVE_WARN) return blame_reader();
    bytes_ += size;
    if (bytes_ > most_bytes || offset < 0 || static_cast<std::uint64_t>(offset) > most_bytes) {
      return blame_archive(
          fmt::format("the archive unpacks to more than {} GiB", most_bytes >> 30));
    }
    if (archive_write_data_block(writer_.get(), block, size, offset) < ARCHIVE_OK) {
      return blame_disk(entry);
    }
  }
}

bool Unpacker::write(archive_entry* entry) {
  if (archive_write_header(writer_.get(), entry) < ARCHIVE_OK) return blame_disk(entry);
  const bool has_content =
      archive_entry_hardlink(entry) == nullptr && archive_entry_filetype(entry) == AE_IFREG;
  if (has_content && !copy_content(entry)) return false;
  return archive_write_finish_entry(writer_.get()) >= ARCHIVE_OK || blame_disk(entry);
}

Unpacking Unpacker::run() {
  archive_entry* entry = nullptr;
  bool good = open();
  while (good) {
    const int read = archive_read_next_header(reader_.get(), &entry);
    if (read == ARCHIVE_EOF) break;
    good = read < ARCHIVE_WARN ? blame_reader() : accept(entry) && write(entry);
  }
  if (good && archive_write_close(writer_.get()) < ARCHIVE_OK) {
    out_.trouble = trouble(
        fmt::format("cannot finish unpacking: {}", std::strerror(archive_errno(writer_.get()))));
  }
  return std::move(out_);
}

}  // namespace

Unpacking unpack(const NextBytes& next, const std::string& folder) {
  // Relative names let libarchive refuse every link on the way, and only those inside our folder.
  if (::chdir(folder.c_str()) != 0) {
    return {trouble(fmt::format("cannot enter `{}`: {}", folder, std::strerror(errno))), false};
  }
  Unpacking out = Unpacker(next).run();
  if (::chdir("/") != 0 && !out.trouble) out.trouble = trouble("cannot leave the staging folder");
  return out;
}

}  // namespace gopol::engine::net
