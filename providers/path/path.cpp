#include "providers/path/path.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "providers/path/path_block.h"
#include "providers/read/fact_schema.h"
#include "providers/read/plist_tree.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers {
namespace {

std::vector<Path> folders_of(const Value& value) {
  std::vector<Path> out;
  if (const auto* list = value.as<dsl::List>()) {
    for (const std::string& item : list->items) out.emplace_back(item);
  }
  return out;
}

dsl::Result<dsl::Done> valid_folder(const Path& folder) {
  if (folder.is_absolute() && folder.text.find(':') == std::string::npos) return dsl::Done{};
  return dsl::problem("P2004", fmt::format("`{}` cannot stand in PATH", folder.text),
                      "give an absolute folder without `:`");
}

dsl::Result<dsl::Done> valid_first(const Value& value) {
  const auto* folder = value.as<Path>();
  return folder == nullptr ? dsl::Done{} : valid_folder(*folder);
}

dsl::Result<dsl::Done> valid_folders(const Value& value) {
  for (const Path& folder : folders_of(value)) {
    if (auto valid = valid_folder(folder); !valid) return valid;
  }
  return dsl::Done{};
}

/// An attribute that the block in the profile keeps.
dsl::AttributeSchema in_block(std::string name, dsl::Type type, std::string doc) {
  auto out = writable(std::move(name), std::move(type), std::move(doc));
  out.optional = out.unsettable = true;
  out.affects = {"login", "terminal"};
  out.validate = out.type.kind == dsl::TypeKind::path ? valid_first : valid_folders;
  return out;
}

dsl::Schema path_schema() {
  const dsl::Type folders{dsl::TypeKind::list, {}, {}, dsl::TypeKind::path};
  dsl::Schema out = family("path", "the folders programs are looked for in");
  out.attributes = {
      may_be_unknown(
          fact("login", list(),
               "PATH of a login shell, from the files it reads; unknown where they cannot tell")),
      may_be_unknown(
          fact("terminal", list(),
               "PATH in a terminal's window: a login shell that is interactive, with the files it "
               "reads beyond those of `login`")),
      may_be_absent(
          fact("gui", list(), "PATH of what the Finder starts; absent where there is no Finder")),
      may_be_unknown(may_be_absent(
          fact("agent", list(),
               "PATH of an agent that launchd starts, unless the agent's own file sets another; "
               "absent where there is no launchd"))),
      in_block("first", path(), "the folder that gopol's block puts first for login shells"),
      in_block("before", folders,
               "folders that gopol's block puts before those PATH has, in this order, behind "
               "`first`, for login shells"),
      in_block("absent", folders, "folders that gopol's block takes out of PATH of login shells")};
  return out;
}

dsl::List folders(const std::vector<shell::PathEntry>& entries) {
  dsl::List out;
  for (const auto& entry : entries) out.items.push_back(entry.folder);
  return out;
}

dsl::List texts(const std::vector<Path>& folders) {
  dsl::List out;
  for (const Path& folder : folders) out.items.push_back(folder.text);
  return out;
}

/// The folders of a text as PATH is written.
dsl::List split(std::string_view text) {
  dsl::List out;
  while (!text.empty()) {
    out.items.emplace_back(text.substr(0, text.find(':')));
    text.remove_prefix(std::min(out.items.back().size() + 1, text.size()));
  }
  return out;
}

Observation read_shell(Observation out, const Host& host) {
  const bool login = out.slot.attribute == "login";
  shell::LoginPath path = login ? shell::login_path(host) : shell::terminal_path(host);
  out.findings = std::move(path.notes);
  if (const dsl::Unknown* why = path.unknown()) {
    out.value = *why;
    return out;
  }
  out.value = folders(path.entries);
  std::set<std::string> files;
  for (const auto& entry : path.entries)
    files.insert(entry.origin.substr(0, entry.origin.rfind(':')));
  out.origin = fmt::format("{}", fmt::join(files, ", "));
  return out;
}

/// What `launchctl config user path` sets for agents, and not for what the Finder starts.
/// Source: launchctl(1). Unverified: that launchd keeps it in this file under this name.
Observation read_agent(Observation out, const Host& host) {
  out.value = dsl::Absent{};
  if (host.system().platform() != "macos") return out;
  const Path file("/var/db/com.apple.xpc.launchd/config/user.plist");
  const FileText text = read_text(host, file);
  out.origin = "launchd";
  out.value = folders(shell::gui_path());
  if (text.why_not.is_unknown()) out.value = text.why_not;
  if (!text.there) return out;
  const auto plist = parse_plist(text.text);
  if (!plist) {
    out.value = dsl::Unknown{fmt::format("{} is no property list", file.text), ""};
  } else if (const std::string set = plist->text_of("PathEnvironmentVariable"); !set.empty()) {
    out.origin = file.text;
    out.value = split(set);
  }
  return out;
}

/// What its slots share.
struct PathSeen {
  PathBlock block;
  WorkSessions sessions;
  bool astray = false;
};

PathSeen see_path(const std::string&, const engine::Query&, const Host& host) {
  return {read_path_block(host), WorkSessions(host), is_path_block_astray(host)};
}

Observation read_block(Observation out, const PathSeen& seen, const Host& host) {
  const shell::PathEdits& edits = seen.block.edits;
  const std::string& name = out.slot.attribute;
  const auto& folders = name == "before" ? edits.before : edits.absent;
  out.value = seen.block.unreadable;
  if (name == "first") {
    if (edits.first) out.value = *edits.first;
  } else if (!folders.empty()) {
    out.value = texts(folders);
  }
  out.origin = seen.block.origin;
  if (out.value.is_absent() || out.value.is_unknown()) return out;
  out.elsewhere = path_elsewhere(name, edits, seen.sessions, host);
  out.misplaced = seen.astray || (!out.elsewhere.empty() && path_block_would_move(edits, host));
  return out;
}

Observation read_slot(const engine::Slot& slot, const PathSeen& seen, const Host& host) {
  Observation out{.slot = slot};
  if (slot.attribute == "login" || slot.attribute == "terminal")
    return read_shell(std::move(out), host);
  if (slot.attribute == "agent") return read_agent(std::move(out), host);
  if (slot.attribute != "gui") return read_block(std::move(out), seen, host);
  out.origin = "launchd";
  out.value = host.system().platform() == "macos" ? Value(folders(shell::gui_path()))
                                                  : Value(dsl::Absent{});
  return out;
}

/// What the change wants of one attribute.
dsl::Result<dsl::Done> take(const engine::Assignment& wish, shell::PathEdits& edits) {
  const auto* folder = wish.to.as<Path>();
  if (wish.to.is_unknown() ||
      (folder == nullptr && wish.slot.attribute == "first" && !wish.to.is_absent()))
    return dsl::problem("R4002", "the policy does not say which folder comes first",
                        "give it with `=`");
  if (wish.slot.attribute == "before") edits.before = folders_of(wish.to);
  if (wish.slot.attribute == "absent") edits.absent = folders_of(wish.to);
  if (wish.slot.attribute != "first") return dsl::Done{};
  edits.first.reset();
  if (folder != nullptr) edits.first = *folder;
  return dsl::Done{};
}

class PathProvider final : public SlotProvider<SharedByKey<see_path, read_slot>> {
 public:
  PathProvider() : SlotProvider(path_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    PathBlock block = read_path_block(host);
    for (const engine::Assignment& wish : change.assignments) {
      if (auto done = take(wish, block.edits); !done) return done.error();
    }
    return prepare_path_block(block.edits, host);
  }
};

}  // namespace

FirstProgram first_program(std::string_view name, const Host& host) {
  return first_program(name, shell::login_path(host).entries, host);
}

FirstProgram first_program(std::string_view name, const std::vector<shell::PathEntry>& path,
                           const Host& host) {
  for (const auto& entry : path) {
    if (entry.unknown) return {*entry.unknown, entry.origin};
    if (!entry.folder.starts_with('/')) {
      const std::string reason =
          fmt::format("{} puts `{}` into PATH, which depends on the current folder", entry.origin,
                      entry.folder);
      return {dsl::Unknown{reason, "use absolute folders in PATH"}, entry.origin};
    }
    const Path program = Path(entry.folder) / name;
    const auto status = host.disk().stat_target(program);
    if (!status) return {unknown(status.error()), entry.origin};
    if (status->type == engine::FileStatus::Type::regular && (status->mode & 0111) != 0)
      return {program, entry.origin};
  }
  return {dsl::Absent{}, ""};
}

std::unique_ptr<engine::Provider> path_provider() { return std::make_unique<PathProvider>(); }

}  // namespace gopol::providers
