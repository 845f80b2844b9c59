#include "engine/apply/maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/apply/undo_files.h"
#include "engine/record/state_folder.h"

namespace gopol::engine {
namespace {

class MakerHere final : public Maker {
 public:
  MakerHere(const Providers& providers, Host& host) : providers_(providers), host_(host) {}

  Result<Ready> look(const PlannedChange& planned) override {
    const Host& reading = host_;
    auto prepared =
        provider_of(providers_, planned.change.family)->prepare(planned.change, reading);
    if (!prepared) return prepared.error();
    auto images = images_of(prepared->edits, reading.disk());
    if (!images) return images.error();
    Ready out{std::move(*prepared), std::move(*images), {}, {}};
    for (const Prepared::Write& write : out.prepared.writes) {
      const auto folders = missing_folders(write.path, reading.disk());
      out.folders.insert(out.folders.end(), folders.begin(), folders.end());
      const auto& known = out.prepared.images;
      const auto image = std::find_if(known.begin(), known.end(),
                                      [&](const auto& one) { return one.path == write.path; });
      if (image != known.end() && write.whole && image->status.type == FileStatus::Type::absent)
        out.trees.push_back(write.path);
    }
    return out;
  }

  void keep_files(Ready& ready, const Path& name) override {
    std::size_t number = 0;
    for (FileImage& image : ready.images) {
      const auto access = std::as_const(host_).disk().write_access(image.path);
      if (image.other_names == 0 || access.kind != WriteAccess::Kind::free) continue;
      Path kept(fmt::format("{}-{}", name.text, number++));
      const bool has_folder =
          host_.disk().make_folder(kept.parent(), {.mode = 0700}).operator bool();
      if (has_folder && host_.disk().add_name(image.path, kept)) image.kept = std::move(kept);
    }
  }

  Made make(const PlannedChange& planned, const Ready& ready) override {
    const Change& change = planned.change;
    const Provider& provider = *provider_of(providers_, change.family);
    Made out;
    auto done = make_change(change, ready.prepared, ready.images, provider, host_);
    if (!done) {
      out.why = done.error();
    } else {
      collect(wishes_of(change, provider), providers_, host_, out.seen);
      out.why = differences(change, out.seen);
    }
    if (auto after = post_images(ready.files(), host_.disk())) out.after = std::move(*after);
    return out;
  }

  Result<Done> put_back(const PutBack& back) override {
    return put_back_files(*back.change, back.keeps_trees, host_.disk());
  }

  Result<Done> forget_kept() override {
    forget_kept_by_root({}, host_);
    return Done{};
  }

 private:
  const Providers& providers_;
  Host& host_;
};

}  // namespace

std::vector<FileImage> Ready::files() const {
  std::vector<FileImage> out = folders;
  out.insert(out.end(), prepared.images.begin(), prepared.images.end());
  out.insert(out.end(), images.begin(), images.end());
  return out;
}

void forget_kept_by_root(const std::set<std::string>& but, Host& host) {
  const Path folder = kept_by_root(std::as_const(host).system());
  const auto status = std::as_const(host).disk().stat(folder);
  const auto names = std::as_const(host).disk().list(folder);
  if (!names || !status || status->type != FileStatus::Type::folder) return;
  for (const std::string& name : *names) {
    if (!but.contains(name)) static_cast<void>(host.disk().remove(folder / name));
  }
  // The user's, that of all users, and gopol's.
  Path empty = folder;
  for (int level = 0; level < 3 && host.disk().remove(empty); ++level) empty = empty.parent();
}

std::unique_ptr<Maker> maker_here(const Providers& providers, Host& host) {
  return std::make_unique<MakerHere>(providers, host);
}

void RootAccess::agree(const PlannedChange& planned) {
  late_ = late_ || maker_;
  work_.changes.push_back(&planned);
}

void RootAccess::agree(const PutBack& back) {
  late_ = late_ || maker_;
  work_.back.push_back(back);
}

Result<Maker*> RootAccess::maker() {
  if (!start_) return dsl::problem("R4005", "it needs root");
  if (late_) return dsl::problem("R4005", "this run asked for root already: run gopol again");
  if (!maker_) maker_ = start_(work_);
  if (!*maker_) return maker_->error();
  return (*maker_)->get();
}

std::vector<Wish> wishes_of(const Change& change, const Provider& provider) {
  std::vector<Wish> out;
  const auto& attributes = provider.schema().attributes;
  for (const Assignment& wanted : change.wanted) {
    const bool input = std::any_of(attributes.begin(), attributes.end(), [&](const auto& one) {
      return one.input && one.name == wanted.slot.attribute;
    });
    out.push_back({wanted.slot, wanted.to, input});
  }
  for (const Assignment& assignment : change.assignments) out.push_back({assignment.slot});
  return out;
}

}  // namespace gopol::engine
