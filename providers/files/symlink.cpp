#include "providers/files/symlink.h"

#include <fmt/format.h>

#include <utility>

#include "providers/files/place.h"
#include "providers/read/fact_schema.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::files {
namespace {

using engine::FileStatus;

dsl::Result<dsl::Done> valid_target(const Value& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr || !text->empty()) return dsl::Done{};
  return dsl::problem("P2004", "a link needs a target", "to have no link, write `absent`");
}

dsl::Schema symlink_schema() {
  dsl::Schema out = family("symlink", "one symbolic link", path());
  out.existence = true;
  auto target =
      writable("target", text(), "where it leads, as written: absolute, or relative to its folder");
  target.optional = true;
  target.validate = valid_target;
  out.attributes = {std::move(target)};
  return out;
}

Value attribute_of_link(const std::string& name, const Path& path, const Host& host) {
  const auto status = host.disk().stat(path);
  if (!status) return unknown(status.error());
  const bool there = status->type != FileStatus::Type::absent;
  if (there && status->type != FileStatus::Type::symlink)
    return wrong_kind(path, status->type, "link");
  if (name == "exists") return there;
  if (!there) return dsl::Absent{};
  auto target = host.disk().read_link(path);
  if (!target) return unknown(target.error());
  return *target ? Value(std::move(**target)) : Value(dsl::Absent{});
}

/// The target to write: moved by the change, or asserted beside it.
dsl::Result<std::string> wanted_target(const Change& change) {
  const engine::Assignment* moved = change.find("target");
  const Value* value = moved != nullptr ? &moved->to : change.wanted_value("target");
  const auto* text = value == nullptr ? nullptr : value->as<std::string>();
  if (text != nullptr && !text->empty()) return *text;
  return dsl::problem("R4002", fmt::format("the link `{}` has no target to lead to", change.key),
                      "give it one: `target = \"…\"`");
}

Observation read_link(const Slot& slot, const Host& host) {
  return {.slot = slot,
          .value = attribute_of_link(slot.attribute, Path(slot.key), host),
          .origin = slot.key};
}

class SymlinkProvider final : public SlotProvider<Alone<read_link>> {
 public:
  SymlinkProvider() : SlotProvider(symlink_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    using Kind = engine::FileEdit::Kind;
    const Path path(change.key);
    const auto status = host.disk().stat(path);
    if (!status) return status.error();
    if (status->type != FileStatus::Type::absent && status->type != FileStatus::Type::symlink) {
      return dsl::problem("R4002", fmt::format("`{}` is not a link", path.text),
                          "nothing was changed");
    }
    if (wants_absent(change))
      return prepare_name({.path = path, .kind = Kind::remove}, host.disk());
    auto target = wanted_target(change);
    if (!target) return target.error();
    return prepare_name({.path = path, .kind = Kind::link, .bytes = std::move(*target)},
                        host.disk());
  }
};

}  // namespace

std::unique_ptr<engine::Provider> symlink_provider() { return std::make_unique<SymlinkProvider>(); }

}  // namespace gopol::providers::files
