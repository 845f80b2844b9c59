#include "engine/record/leftovers.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <set>
#include <string_view>

#include "engine/real/write_file.h"

namespace gopol::engine {
namespace {

/// Where a change writes: beside its files, and beside what they lead to.
std::set<std::string> folders_of(const JournalEntry& begun, const Disk& disk) {
  std::set<std::string> out;
  for (const FileImage& image : begun.files) {
    out.insert(image.path.parent().text);
    const auto target = disk.resolve(image.path);
    if (target && *target) out.insert((*target)->parent().text);
  }
  return out;
}

}  // namespace

void remove_leftovers(const JournalEntry& begun, Disk& disk) {
  const std::string process = begun.run.substr(begun.run.rfind('-') + 1);
  if (process.empty() || process.find_first_not_of("0123456789") != std::string::npos) return;
  const std::string start = temporary_names(process);
  for (const std::string& folder : folders_of(begun, disk)) {
    const auto names = disk.list(Path(folder));
    if (!names) continue;
    for (const std::string& name : *names) {
      if (name.starts_with(start)) static_cast<void>(disk.remove(Path(folder) / name));
    }
  }
}

void sweep_state(const Path& state, Disk& disk) {
  const std::string_view start = ".gopol-";
  for (const Path& folder : {state, state / "policies", state / "old"}) {
    const auto names = disk.list(folder);
    for (const std::string& name : names ? *names : std::vector<std::string>()) {
      const auto digits = std::string_view(name).substr(std::min(start.size(), name.size()));
      pid_t process = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), process);
      const bool ours = name.starts_with(start) && read.ec == std::errc() && process > 0;
      const bool gone = ours && ::kill(process, 0) != 0 && errno == ESRCH;
      if (gone || process == ::getpid()) static_cast<void>(disk.remove(folder / name));
    }
  }
}

}  // namespace gopol::engine
