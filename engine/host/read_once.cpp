#include "engine/host/read_once.h"

#include <map>
#include <tuple>
#include <utility>

#include "engine/host/refusing_disk.h"
#include "engine/host/same_system.h"

namespace gopol::engine {
namespace {

constexpr const char* only_looking = "nothing is changed while looking";
dsl::Diagnostic refusal() { return dsl::problem("R4002", only_looking, ""); }

using Texts = std::map<std::string, std::string>;  // by path

class ReadOnceDisk : public RefusingDisk {
 public:
  ReadOnceDisk(const Disk& disk, Texts instead)
      : RefusingDisk(only_looking), disk_(disk), instead_(std::move(instead)) {}

  Result<FileStatus> stat(const Path& path) const override {
    const std::string* text = other_text(path);
    return text != nullptr ? Result<FileStatus>(file_of(*text)) : disk_.stat(path);
  }
  Result<FileStatus> stat_target(const Path& path) const override {
    const std::string* text = other_text(path);
    return text != nullptr ? Result<FileStatus>(file_of(*text)) : disk_.stat_target(path);
  }
  Result<std::optional<Path>> resolve(const Path& path) const override {
    if (other_text(path) != nullptr) return std::optional(path);
    return disk_.resolve(path);
  }
  Result<std::optional<std::string>> read(const Path& path, Extent part) const override;
  Result<std::optional<std::string>> read_link(const Path& path) const override {
    return disk_.read_link(path);
  }
  Result<std::vector<std::string>> list(const Path& folder) const override {
    return disk_.list(folder);
  }
  std::vector<Xattr> xattrs(const Path& path) const override { return disk_.xattrs(path); }
  WriteAccess write_access(const Path& path) const override { return disk_.write_access(path); }
  Result<Path> written_path(const Path& path) const override { return disk_.written_path(path); }
  Result<Path> real_path(const Path& path) const override { return disk_.real_path(path); }

 private:
  using Bytes = Result<std::optional<std::string>>;
  using Part = std::tuple<std::string, std::uint64_t, std::uint64_t>;  ///< file, offset, size

  const std::string* other_text(const Path& path) const {
    const auto at = instead_.find(path.text);
    return at != instead_.end() ? &at->second : nullptr;
  }
  static FileStatus file_of(const std::string& text) {
    return {.type = FileStatus::Type::regular, .mode = 0644, .size = text.size()};
  }

  const Disk& disk_;
  const Texts instead_;
  mutable std::map<Part, Bytes> known_;
};

/// A part of what is known whole.
std::optional<std::string> cut(const std::optional<std::string>& bytes, Extent part) {
  if (!bytes || (part.offset == 0 && part.size >= bytes->size())) return bytes;
  return part.offset >= bytes->size() ? std::string() : bytes->substr(part.offset, part.size);
}

Result<std::optional<std::string>> ReadOnceDisk::read(const Path& path, Extent part) const {
  if (const std::string* text = other_text(path)) return cut(*text, part);
  const auto file = disk_.resolve(path);
  if (!file || !*file) return disk_.read(path, part);  // not there: nothing is read
  const auto whole = known_.find({(**file).text, 0, Extent{}.size});
  if (whole != known_.end()) return whole->second ? cut(*whole->second, part) : whole->second;
  const Part wanted{(**file).text, part.offset, part.size};
  auto at = known_.find(wanted);
  if (at == known_.end()) at = known_.emplace(wanted, disk_.read(path, part)).first;
  return at->second;
}

class ReadOncePrograms : public Programs {
 public:
  explicit ReadOncePrograms(const Programs& programs) : programs_(programs) {}
  Result<Output> query(const Command& command) const override { return programs_.query(command); }
  Result<Output> run(const Command&) override { return refusal(); }

 private:
  const Programs& programs_;
};

class SameNetwork : public Network {
 public:
  explicit SameNetwork(const Network& network) : network_(network) {}
  dsl::Value reaches(const std::string& host, std::chrono::milliseconds deadline) const override {
    return network_.reaches(host, deadline);
  }
  Result<HttpAnswer> probe(const std::string& url,
                           std::chrono::milliseconds deadline) const override {
    return network_.probe(url, deadline);
  }
  Result<FetchedArchive> fetch_archive(const ArchiveRequest&) override { return refusal(); }

 private:
  const Network& network_;
};

}  // namespace

Host read_once(const Host& host, std::map<std::string, std::string> instead) {
  return Host(std::make_unique<ReadOnceDisk>(host.disk(), std::move(instead)),
              std::make_unique<ReadOncePrograms>(host.programs()), same_system(host.system()),
              std::make_unique<SameNetwork>(host.network()));
}

}  // namespace gopol::engine
