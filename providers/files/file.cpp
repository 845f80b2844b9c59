#include "providers/files/file.h"

#include <fmt/format.h>

#include <utility>

#include "providers/files/attributes.h"
#include "providers/files/place.h"
#include "providers/read/fact_schema.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::files {
namespace {

using engine::FileStatus;

dsl::Schema file_schema() {
  dsl::Schema out = family("file", "one file: its content, mode and owner", path());
  out.existence = true;
  auto content = writable("content", text(), "all of its bytes");
  content.optional = true;
  // Read beside the policy before anything is planned; from then on it is `content`.
  auto from = writable("from", text(), "a file beside the policy whose text is the content");
  from.input = true;
  out.attributes = {std::move(content), std::move(from), mode_attribute(), owner_attribute()};
  return out;
}

Value attribute_of_file(const std::string& name, const Path& path, const FileStatus& status,
                        const Host& host) {
  const bool there = status.type != FileStatus::Type::absent;
  if (there && status.type != FileStatus::Type::regular)
    return wrong_kind(path, status.type, "file");
  if (name == "exists") return there;
  if (!there) return dsl::Absent{};
  if (name == "mode") return mode_text(status.mode);
  if (name == "owner") return owner_name(status.uid, host);
  FileText text = read_text(host, path);
  return text.there ? Value(std::move(text.text)) : text.why_not;
}

/// The bytes to write, if any: what the change moves; for a new file what is asserted, or nothing.
dsl::Result<std::optional<std::string>> wanted_content(const Change& change, bool is_new) {
  const engine::Assignment* moved = change.find("content");
  const Value* value = moved != nullptr ? &moved->to
                       : is_new         ? change.wanted_value("content")
                                        : nullptr;
  if (value != nullptr && value->is_unknown()) {
    return dsl::problem("R4002", "what the policy allows does not say which content to write",
                        "give the content with `=`");
  }
  const auto* text = value == nullptr ? nullptr : value->as<std::string>();
  if (text != nullptr) return std::optional(*text);
  return is_new ? std::optional<std::string>("") : std::nullopt;
}

Observation read_file(const Slot& slot, const Host& host) {
  return read_status(slot, host, attribute_of_file);
}

class FileProvider final : public SlotProvider<Alone<read_file>> {
 public:
  FileProvider() : SlotProvider(file_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    using Kind = engine::FileEdit::Kind;
    const Path path(change.key);
    const auto status = status_of(path, FileStatus::Type::regular, host.disk());
    if (!status) return status.error();
    const bool of_content = change.find("content") != nullptr || change.find("exists") != nullptr;
    if (wants_absent(change) && !of_content && status->size > 0) {
      return dsl::problem("R4002", fmt::format("`{}` holds what somebody wrote since", path.text),
                          "nothing was changed");
    }
    if (wants_absent(change))
      return prepare_name({.path = path, .kind = Kind::remove}, host.disk());
    const bool is_new = status->type == FileStatus::Type::absent;
    const auto want = wanted_attributes(change, is_new, host);
    if (!want) return want.error();
    auto content = wanted_content(change, is_new);
    if (!content) return content.error();
    auto out = prepare_edit({.path = path,
                             .kind = *content ? Kind::write : Kind::attributes,
                             .bytes = std::move(*content).value_or(""),
                             .attributes = *want,
                             .whole = change.find("content") != nullptr},
                            host.disk());
    if (owner_needs_root(*want, *status, host)) out.demands.needs_root = true;
    return out;
  }
};

}  // namespace

std::unique_ptr<engine::Provider> file_provider() { return std::make_unique<FileProvider>(); }

}  // namespace gopol::providers::files
