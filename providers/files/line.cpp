#include "providers/files/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/files/place.h"
#include "providers/read/fact_schema.h"
#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::files {
namespace {

bool is_one_line(std::string_view text) {
  return text.find_first_of("\r\n") == std::string_view::npos;
}

dsl::Result<dsl::Done> valid_lines(const Value& value) {
  const auto* text = value.as<std::string>();
  const auto* list = value.as<dsl::List>();
  const bool fine =
      (text == nullptr || is_one_line(*text)) &&
      (list == nullptr || std::all_of(list->items.begin(), list->items.end(), is_one_line));
  if (fine) return dsl::Done{};
  return dsl::problem("P2004", "a line has no line end in it",
                      "give each line as an element of its own");
}

dsl::Schema line_schema() {
  dsl::Schema out = family("line", "lines of one file", path());
  auto lines =
      writable("lines", list(), "its lines, without their ends; absent if there is no file");
  lines.optional = true;
  lines.validate = valid_lines;
  out.attributes = {std::move(lines)};
  return out;
}

dsl::List list_of(std::string_view text) {
  dsl::List out;
  for (const std::string_view line : lines_with_ends(text))
    out.items.emplace_back(without_end(line));
  return out;
}

/// The text whose lines are `wanted`: lines that stay keep their bytes, new ones come last, with
/// the end that the line before them has.
std::string edited(std::string_view text, const std::vector<std::string>& wanted) {
  std::string out;
  std::size_t next = 0;
  std::string_view end = "\n";
  for (const std::string_view line : lines_with_ends(text)) {
    if (line.ends_with('\n')) end = line.ends_with("\r\n") ? "\r\n" : "\n";
    if (next == wanted.size() || without_end(line) != wanted[next]) continue;
    // A last line without an end that moves up, or is followed by new ones, needs one.
    if (!out.empty() && out.back() != '\n') out += end;
    out += line;
    ++next;
  }
  for (; next < wanted.size(); ++next) {
    if (!out.empty() && out.back() != '\n') out += end;
    out += wanted[next];
    out += end;
  }
  return out;
}

/// What the lines shall be, from what they are now: another change may have written since the plan.
dsl::Result<std::vector<std::string>> wanted_lines(const engine::Assignment& wanted,
                                                   std::string_view now) {
  const bool edits = !wanted.allowed.includes.empty() || !wanted.allowed.excludes.empty();
  std::optional<Value> chosen = wanted.to;
  if (edits && !wanted.allowed.one_of) {
    chosen = dsl::choose(wanted.allowed, list_of(now), list(), dsl::Preference::first);
  }
  const auto* lines = chosen ? chosen->as<dsl::List>() : nullptr;
  if (lines != nullptr) return lines->items;
  return dsl::problem(
      "R4002", fmt::format("the policy does not say which lines `{}` shall have", wanted.slot.key));
}

Observation read_lines(const Slot& slot, const Host& host) {
  const FileText text = read_text(host, Path(slot.key));
  return {.slot = slot,
          .value = text.there ? Value(list_of(text.text)) : text.why_not,
          .origin = slot.key};
}

class LineProvider final : public SlotProvider<Alone<read_lines>> {
 public:
  LineProvider() : SlotProvider(line_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    const engine::Assignment* wanted = change.find("lines");
    if (wanted == nullptr) return engine::Prepared{};
    const Path path(change.key);
    const auto before = host.disk().read(path);
    if (!before) return before.error();
    const auto lines = wanted_lines(*wanted, before->value_or(""));
    if (!lines) return lines.error();
    std::string after = edited(before->value_or(""), *lines);
    if (*before) return prepare_part(path, **before, std::move(after), host.disk());
    return prepare_edit({.path = path, .bytes = std::move(after)}, host.disk());
  }
};

}  // namespace

std::unique_ptr<engine::Provider> line_provider() { return std::make_unique<LineProvider>(); }

}  // namespace gopol::providers::files
