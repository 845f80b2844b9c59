#include "engine/apply/make_change.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/plan/disclosure.h"

namespace gopol::engine {
namespace {

Result<Done> make_edits(const std::vector<FileEdit>& edits, Disk& disk) {
  for (const FileEdit& edit : edits) {
    if (auto done = make(edit, disk); !done) return done;
  }
  return Done{};
}

dsl::Diagnostic changed_since(const Path& path) {
  return dsl::problem("R4006", fmt::format("`{}` changed since the plan was made", path.text),
                      "nothing was written to it; run `gopol apply` again");
}

}  // namespace

Result<Done> make_change(const Change& change, const Prepared& prepared,
                         std::span<const FileImage> images, const Provider& provider, Host& host) {
  auto done = make_edits(prepared.edits, host.disk());
  if (done) done = change.takes_back ? provider.undo(change, host) : provider.apply(change, host);
  if (done) return done;
  dsl::Diagnostics why = done.error();
  if (const auto back = restore(images, host.disk()); !back) {
    why.insert(why.end(), back.error().begin(), back.error().end());
  }
  return why;
}

dsl::Diagnostics differences(const Change& change, const Facts& facts) {
  dsl::Diagnostics out;
  for (const Assignment& assignment : change.assignments) {
    const Observation* seen = facts.find(assignment.slot);
    const bool unset =
        seen != nullptr && seen->inherited && dsl::contains(assignment.allowed, dsl::Absent{});
    if (seen != nullptr && (unset || dsl::contains(assignment.allowed, seen->value))) continue;
    const std::string value =
        seen == nullptr ? "nothing" : dsl::to_text(shown(seen->slot, seen->value));
    out.push_back(dsl::problem(
        "R4004",
        fmt::format("after writing `{}`, reading gave {}", dsl::to_text(assignment.slot), value),
        "a provider did not do what it said; please report it"));
  }
  return out;
}

void RunWrites::add(const Prepared& made) {
  for (Prepared::Write& write : made.all_writes()) paths_.push_back(std::move(write.path));
  others_acted_ = others_acted_ || made.edits.empty() || !made.writes.empty();
}

bool RunWrites::may_have_changed(const Path& written) const {
  return std::any_of(paths_.begin(), paths_.end(),
                     [&](const Path& path) { return written.is_within(path); });
}

Result<Done> RunWrites::check_unchanged(const Prepared& shown, const Prepared& now) const {
  const std::size_t count = std::max(shown.edits.size(), now.edits.size());
  for (std::size_t i = 0; i < count; ++i) {
    const FileEdit* was = i < shown.edits.size() ? &shown.edits[i] : nullptr;
    const FileEdit* is = i < now.edits.size() ? &now.edits[i] : nullptr;
    if (was != nullptr && is != nullptr && *was == *is) continue;
    const bool ours = (was != nullptr && may_have_changed(was->path)) ||
                      (is != nullptr && may_have_changed(is->path));
    if (others_acted_ || ours) continue;
    return changed_since(was != nullptr ? was->path : is->path);
  }
  // What the provider itself would write: nothing that was not shown.
  for (const Prepared::Write& write : now.writes) {
    const bool was_shown = std::any_of(
        shown.writes.begin(), shown.writes.end(),
        [&](const auto& one) { return one.path == write.path && one.whole == write.whole; });
    if (!was_shown && !others_acted_ && !may_have_changed(write.path))
      return changed_since(write.path);
  }
  return Done{};
}

}  // namespace gopol::engine
