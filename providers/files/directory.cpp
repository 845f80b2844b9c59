#include "providers/files/directory.h"

#include <fmt/format.h>

#include "providers/files/attributes.h"
#include "providers/files/place.h"
#include "providers/read/fact_schema.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::files {
namespace {

using engine::FileStatus;

dsl::Schema directory_schema() {
  dsl::Schema out = family("directory", "one folder: its mode and owner", path());
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

Observation read_folder(const Slot& slot, const Host& host) {
  return read_status(slot, host, attribute_of_folder);
}

class DirectoryProvider final : public SlotProvider<Alone<read_folder>> {
 public:
  DirectoryProvider() : SlotProvider(directory_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    using Kind = engine::FileEdit::Kind;
    const Path path(change.key);
    if (wants_absent(change)) {
      auto out = prepare_name({.path = path, .kind = Kind::remove_folder}, host.disk());
      out.add_note("only if it is empty");
      return out;
    }
    const auto status = status_of(path, FileStatus::Type::folder, host.disk());
    if (!status) return status.error();
    const bool is_new = status->type == FileStatus::Type::absent;
    const auto want = wanted_attributes(change, is_new, host);
    if (!want) return want.error();
    auto out = prepare_edit(
        {.path = path, .kind = is_new ? Kind::folder : Kind::attributes, .attributes = *want},
        host.disk());
    // Its mode belongs to its owner, whoever may write into it.
    const std::uint32_t mine = host.system().user().uid;
    const bool others = !is_new && status->uid != mine && mine != 0;
    if (others || owner_needs_root(*want, *status, host)) out.demands.needs_root = true;
    return out;
  }
};

}  // namespace

std::unique_ptr<engine::Provider> directory_provider() {
  return std::make_unique<DirectoryProvider>();
}

}  // namespace gopol::providers::files
