#include "engine/apply/undo_folders.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "engine/apply/undo_files.h"
#include "engine/record/held_state.h"

namespace gopol::engine {
namespace {

using Folders = std::map<std::string, FileImage>;

bool is_folder(const Path& path, const std::vector<PostImage>& after) {
  return std::any_of(after.begin(), after.end(), [&](const PostImage& one) {
    return one.path == path && one.type == FileStatus::Type::folder;
  });
}

/// What changes made on their way, those that still stand aside.
Folders folders_of_gone_changes(const JournalContent& journal) {
  std::set<ChangeName> standing;
  for (const MadeChange& change : standing_changes(journal)) standing.insert(change.name());
  std::map<ChangeName, const JournalEntry*> intents;
  Folders out;
  for (const JournalEntry& entry : journal.entries) {
    const ChangeName name{entry.run, entry.change};
    if (entry.step == Step::intent) intents[name] = &entry;
    const auto intent = intents.find(name);
    if (entry.step == Step::intent || intent == intents.end() || standing.contains(name)) continue;
    const auto& trees = intent->second->trees;
    for (const FileImage& before : intent->second->files) {
      const bool is_tree = std::find(trees.begin(), trees.end(), before.path) != trees.end();
      const bool is_made = before.status.type == FileStatus::Type::absent && !is_tree &&
                           is_folder(before.path, entry.after);
      if (is_made) out.emplace(before.path.text, before);
    }
  }
  return out;
}

void add_folders(const Folders& folders, MadeChange& change) {
  auto& files = change.intent.files;
  std::map<std::string, FileImage> missing;  // the outermost first
  for (const FileImage& file : files) {
    for (Path above = file.path.parent(); !above.empty(); above = above.parent()) {
      const auto known = folders.find(above.text);
      if (known != folders.end()) missing.emplace(above.text, known->second);
      if (above.text == "/") break;
    }
  }
  for (const FileImage& file : files) missing.erase(file.path.text);
  std::vector<FileImage> first;
  for (auto& [path, image] : missing) first.push_back(std::move(image));
  if (!change.intent.old.empty())
    change.intent.old.insert(change.intent.old.begin(), first.size(), "");
  files.insert(files.begin(), first.begin(), first.end());
}

}  // namespace

std::vector<MadeChange> with_empty_folders(std::vector<MadeChange> chosen,
                                           const JournalContent& journal) {
  const Folders folders = folders_of_gone_changes(journal);
  if (folders.empty()) return chosen;
  for (MadeChange& change : chosen) add_folders(folders, change);
  return chosen;
}

Result<Done> close_killed(Journal& journal, Host& host,
                          const std::function<void(const JournalEntry&)>& tell) {
  std::set<ChangeName> begun;
  for (const JournalEntry& entry : journal.content().unfinished())
    begun.insert(entry.takes_back.begin(), entry.takes_back.end());
  if (!begun.empty()) {
    for (const MadeChange& change : standing_changes(journal.content())) {
      if (begun.contains(change.name())) remove_made_folders(change, host.disk());
    }
  }
  return close_unfinished(journal, host, tell);
}

}  // namespace gopol::engine
