#include "providers/tcc/evidence.h"

#include <fmt/format.h>

#include <utility>

#include "providers/machine/os.h"
#include "providers/read/reading.h"
#include "providers/tcc/responsible.h"

namespace gopol::providers::tcc {
namespace {

using dsl::Path;
using dsl::Unknown;
using engine::Host;

constexpr const char* folder = "Library/Application Support/com.apple.TCC";
constexpr int private_user_store = 27;  // since then no program reads the user's decisions

/// Reading takes a right of the program that started gopol.
Unknown unreadable(const std::string& why, const Host& host) {
  const std::string terminal = terminal_of(host);
  return {why + "; reading it takes Full Disk Access",
          fmt::format("give {} Full Disk Access, and start it anew: `gopol guide {}`", terminal,
                      slot_text(terminal, "SystemPolicyAllFiles"))};
}

/// Whether somebody writes to it now: what is on the disk may be half of a change then.
bool is_being_written(const Path& database, const Host& host) {
  for (const char* log : {"-journal", "-wal"}) {
    const auto status = host.disk().stat(Path(database.text + log));
    if (!status || status->size > 0) return true;
  }
  return false;
}

Source<Record> read_store(const Path& path, const Client& client, const Host& host) {
  Source<Record> out{.path = path};
  FileText file = read_text(host, path);
  const auto status = host.disk().stat_target(path);
  if (status && status->type == engine::FileStatus::Type::folder) {
    out.trouble = Unknown{fmt::format("`{}` is a folder", path.text), ""};
  } else if (const auto* refused = file.why_not.as<Unknown>()) {
    out.trouble = unreadable(refused->reason, host);
  } else if (!file.there) {
    out.trouble = Unknown{fmt::format("there is no `{}`", path.text), ""};
  } else if (is_being_written(path, host)) {
    out.trouble = Unknown{fmt::format("`{}` is being written", path.text), "try again"};
  } else if (auto record = read_record(std::move(file.text), client)) {
    out.content = std::move(*record);
  } else {
    out.trouble = Unknown{
        fmt::format("`{}` cannot be read: {}", path.text, record.error().front().message), ""};
  }
  return out;
}

/// Without such a file, no MDM says anything.
Source<Record> user_store(int macos, const Client& client, const Host& host) {
  const Path path = host.system().user().home / folder / "TCC.db";
  if (macos == 0) return {path, Unknown{"which macOS this is cannot be read", ""}, {}};
  if (macos < private_user_store) return read_store(path, client, host);
  return {path,
          Unknown{"since macOS 27 no program may read what the user decided",
                  "look in System Settings, Privacy & Security"},
          {}};
}

}  // namespace

Source<std::vector<Override>> overrides_of(const Client& client, const Host& host) {
  Source<std::vector<Override>> out{.path = Path("/") / folder / "MDMOverrides.plist"};
  const FileText file = read_text(host, out.path);
  if (const auto* refused = file.why_not.as<Unknown>())
    out.trouble = unreadable(refused->reason, host);
  if (!file.there) return out;
  if (auto read = read_overrides(file.text, client)) {
    out.content = std::move(*read);
  } else {
    out.trouble = Unknown{
        fmt::format("`{}` cannot be read: {}", out.path.text, read.error().front().message), ""};
  }
  return out;
}

Evidence gather(const Client& client, const Host& host) {
  Evidence out;
  out.client = client;
  out.macos = macos_number(host);
  out.boot = host.system().sysctl("kern.bootsessionuuid").value_or("");
  out.system = read_store(Path("/") / folder / "TCC.db", client, host);
  out.user = user_store(out.macos, client, host);
  out.overrides = overrides_of(client, host);
  return out;
}

}  // namespace gopol::providers::tcc
