#include "providers/files/directory.h"

#include <fmt/format.h>

#include "providers/files/attributes.h"
#include "providers/files/place.h"
#include "providers/read/fact_schema.h"
#include "providers/read/reading.h"

namespace gopol::providers::files {
namespace {

using dsl::Path;
using dsl::Value;
using engine::Change;
using engine::FileStatus;
using engine::Host;

dsl::Schema directory_schema() {
  dsl::Schema out;
  out.family = "directory";
  out.doc = "one folder: its mode and owner";
  out.key = path();
  out.existence = true;
  out.attributes = {mode_attribute(), owner_attribute()};
  return out;
}

Value attribute_of_folder(const std::string& name, const Path& path, const FileStatus& status,
                          const Host& host) {
  const bool there = status.type != FileStatus::Type::absent;
  if (there && status.type != FileStatus::Type::folder)
    return wrong_kind(path, status.type, "folder");
  if (name == "exists") return there;
  if (!there) return dsl::Absent{};
  return name == "mode" ? mode_text(status.mode) : owner_name(status.uid, host);
}

class DirectoryProvider final : public engine::Provider {
 public:
  const dsl::Schema& schema() const override { return schema_; }

  engine::Observed observe(const engine::Query& query, const Host& host) const override {
    engine::Observed out;
    for (const engine::Slot& slot : query.slots) {
      const Path path(slot.key);
      const auto status = host.disk().stat_target(path);
      out.push_back({.slot = slot,
                     .value = status ? attribute_of_folder(slot.attribute, path, *status, host)
                                     : unknown(status.error()),
                     .origin = path.text});
    }
    return out;
  }

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    using Kind = engine::FileEdit::Kind;
    const Path path(change.key);
    if (wants_absent(change)) {
      auto out = prepare_name({.path = path, .kind = Kind::remove_folder}, host.disk());
      out.note = "only if it is empty";
      return out;
    }
    const auto status = status_of(path, FileStatus::Type::folder, host.disk());
    if (!status) return status.error();
    const bool is_new = status->type == FileStatus::Type::absent;
    const auto want = wanted_attributes(change, is_new, host);
    if (!want) return want.error();
    auto out = prepare_edit({.path = path,
                             .kind = is_new ? Kind::folder : Kind::attributes,
                             .attributes = *want},
                            host.disk());
    // Its mode belongs to its owner, whoever may write into it.
    const std::uint32_t mine = host.system().user().uid;
    const bool others = !is_new && status->uid != mine && mine != 0;
    if (others || owner_needs_root(*want, *status, host)) out.needs_root = true;
    return out;
  }

 private:
  dsl::Schema schema_ = directory_schema();
};

}  // namespace

std::unique_ptr<engine::Provider> directory_provider() {
  return std::make_unique<DirectoryProvider>();
}

}  // namespace gopol::providers::files
