#include "providers/path.h"

#include <fmt/format.h>

#include <set>
#include <utility>
#include <vector>

#include "providers/fact_schema.h"
#include "providers/files/place.h"
#include "providers/path_block.h"
#include "providers/reading.h"

namespace gopol::providers {
namespace {

using dsl::Path;
using dsl::Value;
using engine::Change;
using engine::Host;
using engine::Observation;

dsl::Result<dsl::Done> valid_first(const Value& value) {
  const auto* path = value.as<Path>();
  if (path == nullptr || (path->is_absolute() && path->text.find(':') == std::string::npos))
    return dsl::Done{};
  return dsl::problem("P2004", fmt::format("`{}` cannot stand in PATH", path->text),
                      "give an absolute folder without `:`");
}

dsl::Schema make_schema() {
  dsl::Schema out;
  out.family = "path";
  out.doc = "the folders programs are looked for in";
  auto login =
      fact("login", list(),
           "PATH of a login shell, from the files it reads; unknown where they cannot tell");
  login.unknowable = true;
  auto gui = fact("gui", list(), "PATH of what the Finder starts; absent where there is no Finder");
  gui.optional = true;
  auto first =
      writable("first", path(), "the folder that gopol's block puts first for login shells");
  first.optional = first.unsettable = true;
  first.validate = valid_first;
  out.attributes = {std::move(login), std::move(gui), std::move(first)};
  return out;
}

dsl::List folders(const std::vector<shell::PathEntry>& entries) {
  dsl::List out;
  for (const auto& entry : entries) out.items.push_back(entry.folder);
  return out;
}

Observation read_login(Observation out, const Host& host) {
  shell::LoginPath path = shell::login_path(host);
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

/// What comes before the block's folder all the same.
std::vector<std::string> hidden_by(const Value& first, const Host& host) {
  const auto* folder = first.as<Path>();
  if (folder == nullptr) return {};
  const shell::LoginPath path = shell::login_path(host);
  if (path.entries.empty() || path.entries.front().folder == folder->text) return {};
  const auto& entry = path.entries.front();
  if (entry.unknown) return {entry.unknown->reason};
  return {fmt::format("{} puts `{}` before it", entry.origin, entry.folder)};
}

Observation read_slot(const engine::Slot& slot, const Host& host) {
  Observation out{.slot = slot};
  if (slot.attribute == "login") return read_login(std::move(out), host);
  if (slot.attribute == "gui") {
    out.origin = "launchd";
    out.value = host.system().platform() == "macos" ? Value(folders(shell::gui_path()))
                                                    : Value(dsl::Absent{});
    return out;
  }
  out.value = put_first_now(host);
  out.origin = path_block_file(host).text;
  out.findings = hidden_by(out.value, host);
  return out;
}

class PathProvider final : public engine::Provider {
 public:
  const dsl::Schema& schema() const override { return schema_; }

  engine::Observed observe(const engine::Query& query, const Host& host) const override {
    engine::Observed out;
    for (const engine::Slot& slot : query.slots) out.push_back(read_slot(slot, host));
    return out;
  }

  dsl::Result<engine::Prepared> prepare(const Change&, const Host& host) const override {
    return prepare_put_first(host);
  }

  dsl::Result<dsl::Done> apply(const Change& change, Host& host) const override {
    const engine::Assignment* first = change.find("first");
    if (first == nullptr) return dsl::Done{};
    if (first->to.is_absent()) return put_first_no_more(host);
    if (const auto* folder = first->to.as<Path>()) return put_first(*folder, host);
    return dsl::problem("R4002", "the policy does not say which folder comes first",
                        "give it with `=`");
  }

  dsl::Result<dsl::Done> undo(const engine::Undo& undo, Host& host) const override {
    return files::take_back(undo, host.disk());
  }

 private:
  dsl::Schema schema_ = make_schema();
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
