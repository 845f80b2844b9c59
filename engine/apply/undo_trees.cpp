#include "engine/apply/undo_trees.h"

namespace gopol::engine {

std::vector<Path> trees_of(const MadeChange& change, const Disk& disk) {
  std::vector<Path> out;
  for (const Path& path : change.intent.trees) {
    const auto now = disk.stat(path);
    if (now && now->type == FileStatus::Type::folder) out.push_back(path);
  }
  return out;
}

bool purge_aside(UndoStep& step, const Providers& providers, const Host& host) {
  const Provider* provider = provider_of(providers, step.back.family);
  if (provider == nullptr || step.back.assignments.empty() || step.of.empty()) return false;
  step.purged = provider->kept_aside(step.back, host);
  if (step.purged.empty()) return false;
  step.way = UndoStep::Way::files;
  MadeChange& change = step.of.front();  // as if it had made them
  change.intent.files.clear();
  change.intent.old.clear();
  change.intent.trees.clear();
  change.after.clear();
  for (const Path& path : step.purged) {
    const auto now = image_of(path, host.disk());
    if (!now) continue;
    change.intent.files.push_back({path, {}, ""});
    change.after.push_back(post_image(*now));
    if (now->status.type == FileStatus::Type::folder) change.intent.trees.push_back(path);
  }
  return true;
}

}  // namespace gopol::engine
