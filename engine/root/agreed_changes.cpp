#include <fmt/format.h>

#include <utility>

#include "engine/apply/undo_files.h"
#include "engine/plan/disclosure.h"
#include "engine/plan/set_aside.h"
#include "engine/record/state_folder.h"
#include "engine/root/serve.h"

namespace gopol::engine {
namespace {

dsl::Diagnostic moved(const Slot& slot, const Value& was, const Value& is) {
  return dsl::problem("R4006",
                      fmt::format("`{}` was {} when it was agreed to, is {}", dsl::to_text(slot),
                                  dsl::to_text(shown(slot, was)), dsl::to_text(shown(slot, is))),
                      "nothing was written; run `gopol apply` again");
}

}  // namespace

AgreedChanges::AgreedChanges(const RootTask& task, const Providers& providers, Host& host)
    : task_(task),
      providers_(providers),
      maker_(maker_here(providers, host)),
      host_(host),
      kept_(task.kept) {
  forget_kept_by_root(kept_, host);  // what is not told of any more
}

/// What is as asked already is no reason to refuse: another change brought it.
Result<Done> AgreedChanges::check_slots(const Change& change, const Provider& provider) const {
  Facts now;
  collect(wishes_of(change, provider), providers_, host_, now);
  for (const Assignment& one : change.assignments) {
    const Value& is = now.value(one.slot);
    if (is == one.from) continue;
    // An undo knows one value alone that is right.
    const bool is_right =
        one.allowed == dsl::Allowed{} ? is == one.to : dsl::contains(one.allowed, is);
    if (is.is_unknown() || !is_right) return moved(one.slot, one.from, is);
  }
  return Done{};
}

Result<Ready> AgreedChanges::look(std::size_t number) {
  looked_.reset();
  if (number < next_ || number >= task_.agreed.size())
    return dsl::problem("R4002", "root was not asked for this change, or its turn is past");
  next_ = number + 1;
  const PlannedChange& agreed = task_.agreed[number];
  const Provider* provider = provider_of(providers_, agreed.change.family);
  if (provider == nullptr) {
    return dsl::problem("R4002",
                        fmt::format("nobody knows `{}` here: a user's plugin is not run as root",
                                    agreed.change.family),
                        "put the plugin into the system's `providers.d`, and apply as root");
  }
  // Before it is read: a user's link could lead to what that user may not see.
  if (const Path path(agreed.change.key); path.is_absolute()) {
    if (const auto where = host_.disk().written_path(path); !where) return where.error();
  }
  if (auto same = check_slots(agreed.change, *provider); !same) return same.error();
  auto ready = maker_->look(agreed);
  if (!ready) return ready;
  for (const FileEdit& edit : ready->prepared.edits) {
    if (const auto where = host_.disk().written_path(edit.path); !where) return where.error();
  }
  if (auto same = writes_.check_unchanged(agreed.prepared, ready->prepared); !same)
    return same.error();
  if (ready->prepared.demands.irreversible && !agreed.prepared.demands.irreversible) {
    return dsl::problem("R4006", fmt::format("{} could not be undone now", name_of(agreed.change)),
                        "nothing was written; run `gopol apply` again");
  }
  looked_ = *ready;
  return ready;
}

Result<Ready> AgreedChanges::keep(std::size_t number, const std::string& name) {
  if (!looked_ || number + 1 != next_)
    return dsl::problem("R4002", "root keeps nothing of a change that it did not look at before");
  if (name.empty() || name.find_first_not_of("0123456789-") != std::string::npos)
    return dsl::problem("R4002", "root was asked to keep a file by another name than gopol's");
  maker_->keep_files(*looked_, kept_by_root(std::as_const(host_).system()) / name);
  for (const FileImage& image : looked_->images) {
    if (!image.kept.empty()) kept_.emplace(image.kept.name());
  }
  return *looked_;
}

Result<Made> AgreedChanges::make(std::size_t number) {
  if (!looked_ || number + 1 != next_)
    return dsl::problem("R4002", "root makes no change that it did not look at before");
  const Ready ready = std::move(*looked_);
  looked_.reset();
  writes_.add(ready.prepared);
  Made out = maker_->make(task_.agreed[number], ready);
  if (!out.why.empty()) forget_kept_by_root(kept_, host_);  // it is back, and the folder empty
  return out;
}

Result<Done> AgreedChanges::put_back(std::size_t number) {
  if (number >= task_.back.size())
    return dsl::problem("R4002", "root was not asked to put this back");
  RootTask::Back back = task_.back[number];
  const Path keeps = kept_by_root(std::as_const(host_).system());
  for (FileImage& file : back.change.intent.files) {
    if (const auto where = host_.disk().written_path(file.path.parent()); !where)
      return where.error();
    // What root itself did not keep is the user's word for it: its bytes do.
    if (file.kept.parent() != keeps) file.kept = {};
  }
  if (const auto changed = FilesThen(host_.disk()).changed_since(back.change)) {
    return dsl::problem("R4006",
                        fmt::format("`{}` is not as gopol left it any more", changed->text),
                        "nothing was written; run `gopol undo` again");
  }
  auto done = maker_->put_back({&back.change, back.keeps_trees});
  for (const FileImage& file : back.change.intent.files) kept_.erase(std::string(file.kept.name()));
  if (done) forget_kept_by_root(kept_, host_);
  return done;
}

}  // namespace gopol::engine
