#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/value/path.h"
#include "dsl/value/result.h"
#include "dsl/value/value.h"

namespace gopol::engine {

using dsl::Done;
using dsl::Path;
using dsl::Result;

struct FileStatus {
  enum class Type { absent, regular, folder, symlink, other };
  Type type = Type::absent;
  std::uint32_t mode = 0;  ///< permission bits, 07777
  std::uint32_t uid = 0, gid = 0;
  std::uint64_t size = 0;
  bool operator==(const FileStatus&) const = default;
};

/// A part of a file: `size` bytes from `offset`; fewer at the end of the file.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t size = UINT64_MAX;
};

/// An extended attribute of a file or folder. An ACL is one too, as its system names and writes it.
struct Xattr {
  std::string name, value;
  bool operator==(const Xattr&) const = default;
};

/// What a replaced file shall have. What is not given is kept from the old file; a new one gets
/// 0666 (a folder 0777) less the umask and the owner of the process.
struct Attributes {
  std::optional<std::uint32_t> mode = {}, uid = {}, gid = {};
  /// Others of what is there stay; what is new has no others.
  std::optional<std::vector<Xattr>> xattrs = {};
  bool operator==(const Attributes&) const = default;
};

/// What replacing a file, and keeping its owner, would meet.
struct WriteAccess {
  enum class Kind {
    free,
    of_another,  ///< user: only root could
    read_only,   ///< one's own, but closed by its mode, or a disk that takes no writes
  };
  Kind kind = Kind::free;
  Path at = {};                   ///< what stands in the way
  std::uint64_t other_names = 0;  ///< hard links that would keep what is there now
};

/// The file system: real, a recorded machine's, or failing on purpose. Reading is const.
/// "Not there" is an answer, not an error; errors are R4002 with the path and the system's reason.
class Disk {
 public:
  virtual ~Disk() = default;

  virtual Result<FileStatus> stat(const Path& path) const = 0;         ///< lstat
  virtual Result<FileStatus> stat_target(const Path& path) const = 0;  ///< follows links
  virtual Result<std::optional<Path>> resolve(
      const Path& path) const = 0;  ///< realpath; nothing if it leads nowhere
  virtual Result<std::optional<std::string>> read(const Path& path,
                                                  Extent part = {}) const = 0;  ///< follows links
  virtual Result<std::optional<std::string>> read_link(
      const Path& path) const = 0;  ///< nothing if it is no link
  /// By name, those that this process may read; none of a link, nor of what is not there.
  virtual std::vector<Xattr> xattrs(const Path&) const { return {}; }
  virtual Result<std::vector<std::string>> list(
      const Path& folder) const = 0;  ///< sorted; empty if not there
  /// Of what is not there: making it.
  virtual WriteAccess write_access(const Path& path) const = 0;
  bool is_writable(const Path& path) const {
    return write_access(path).kind == WriteAccess::Kind::free;
  }
  /// Where a write lands: all links followed, also one that leads nowhere yet. Errors: a link that
  /// neither root nor this user made, more than 40 of them.
  virtual Result<Path> written_path(const Path& path) const = 0;
  /// Where it lies for other programs and libraries: elsewhere if the disk is a recorded machine's.
  virtual Result<Path> real_path(const Path& path) const = 0;

  /// Atomic and durable: temp file beside, fsync, rename. Follows a symlink to the file it names;
  /// keeps owner, mode and xattrs unless told otherwise. Makes missing folders.
  virtual Result<Done> replace(const Path& path, std::string_view bytes,
                               const Attributes& want = {}) = 0;
  virtual Result<Done> make_folder(const Path& path,
                                   const Attributes& want = {}) = 0;  ///< with parents
  virtual Result<Done> set_attributes(const Path& path,
                                      const Attributes& want) = 0;    ///< follows links
  virtual Result<Done> rename(const Path& from, const Path& to) = 0;  ///< durable
  /// A symlink, made or switched atomically. What is there and no link stays, as an error.
  virtual Result<Done> link(const Path& path, std::string_view target) = 0;
  /// A further name (a hard link) of a file; durable. What is at `name` already is an error.
  virtual Result<Done> add_name(const Path& file, const Path& name);
  virtual Result<Done> remove(
      const Path& path) = 0;  ///< a file, a link, an empty folder; absent is fine
  virtual Result<Done> remove_tree(
      const Path& path) = 0;  ///< also read-only ones; never follows links
};

/// A program to start, in the folder `/`: argv[0] is an absolute path; never a shell.
struct Command {
  std::vector<std::string> argv;
  std::string input;
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to a small fixed one
  std::chrono::milliseconds deadline{10'000};
  std::size_t most_output = 1 << 20;  ///< bytes on each stream; more is an error
  /// Called with each whole line of standard output as it comes; such lines are not kept.
  void (*on_line)(void* context, std::string_view line) = nullptr;
  void* context = nullptr;
};

struct Output {
  int status = 0;  ///< exit code; 128 + signal if it died of one
  std::string out, err;
};

/// Other programs. `query` promises not to change the machine; `run` may.
/// Errors (R4002): not startable, deadline passed (it and its children are killed), too much
/// output.
class Programs {
 public:
  virtual ~Programs() = default;
  virtual Result<Output> query(const Command& command) const = 0;
  virtual Result<Output> run(const Command& command) = 0;
};

struct User {
  Path home;
  std::uint32_t uid = 0, gid = 0;
};

/// What the kernel and the session say.
class System {
 public:
  virtual ~System() = default;
  virtual std::string_view platform() const = 0;  ///< `macos` or `linux`
  virtual const User& user() const = 0;
  virtual std::string user_name() const = 0;   ///< apart: takes a look into /etc/passwd
  virtual std::string user_shell() const = 0;  ///< the login shell; empty: nobody says
  virtual std::optional<std::string> environment(const std::string& name) const = 0;
  virtual std::optional<std::string> sysctl(
      const std::string& name) const = 0;   ///< macOS names; nothing: no such key
  virtual std::string machine() const = 0;  ///< uname -m: arm64, x86_64, aarch64
  virtual std::string host_name() const = 0;
  virtual std::chrono::system_clock::time_point now() const = 0;
};

/// What a mirror with the go.dev/dl layout is asked for.
struct ArchiveRequest {
  std::string mirror;    ///< https://go.dev/dl, http://…, file://…
  std::string version;   ///< as released: go1.22.2
  std::string os, arch;  ///< darwin or linux; arm64 or amd64
  std::string sha256;    ///< hex; empty: take it from the mirror's index
  Path staging;          ///< a folder that does not exist yet: `staging/go` will hold the tree
};

struct FetchedArchive {
  std::string url, sha256;
  std::uint64_t size = 0;
};

/// What a server said to one GET.
struct HttpAnswer {
  int status = 0;        ///< 0: there was no answer, `failure` says why
  std::string body;      ///< its first 64 KiB
  std::string failure;   ///< `connection refused`
  bool offline = false;  ///< the failure is this machine's: no route, no name server
};

/// What crosses the network; the work is done by the program gopol-net.
class Network {
 public:
  virtual ~Network() = default;
  /// true, false, or unknown: a TCP and TLS connection to `host[:port]` within the deadline.
  virtual dsl::Value reaches(const std::string& host, std::chrono::milliseconds deadline) const = 0;
  /// What an http or https address answers within the deadline; redirects are followed. Errors
  /// (R4002): it cannot be asked at all, which says nothing about the server.
  virtual Result<HttpAnswer> probe(const std::string& url,
                                   std::chrono::milliseconds deadline) const = 0;
  /// Downloads (resuming, retrying), checks SHA-256 while streaming, unpacks into staging; nothing
  /// is left behind if it fails. Errors: R4002 with what to do.
  virtual Result<FetchedArchive> fetch_archive(const ArchiveRequest& request) = 0;
};

/// All of the outside world. Const reaches only const: a plan that writes does not compile.
class Host {
 public:
  Host(std::unique_ptr<Disk> disk, std::unique_ptr<Programs> programs,
       std::unique_ptr<System> system, std::unique_ptr<Network> network);

  const Disk& disk() const { return *disk_; }
  Disk& disk() { return *disk_; }
  const Programs& programs() const { return *programs_; }
  Programs& programs() { return *programs_; }
  const System& system() const { return *system_; }
  const Network& network() const { return *network_; }
  Network& network() { return *network_; }

 private:
  std::unique_ptr<Disk> disk_;
  std::unique_ptr<Programs> programs_;
  std::unique_ptr<System> system_;
  std::unique_ptr<Network> network_;
};

}  // namespace gopol::engine
