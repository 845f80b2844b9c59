#include "engine/record/leftovers.h"

#include <set>

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

}  // namespace gopol::engine
