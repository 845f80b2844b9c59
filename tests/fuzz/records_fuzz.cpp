// Lines of any bytes as what gopol itself wrote, or a plugin says: refused, or read and then
// written and read again as the same. Every reader gets all of it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dsl/policy/value_type.h"
#include "engine/encoding/value_json.h"
#include "engine/plugin/plugin_protocol.h"
#include "engine/record/journal_line.h"
#include "engine/recorded/machine_file.h"
#include "tests/fuzz/require.h"

using namespace gopol;
using gopol::tests::require;

namespace {

void try_value(std::string_view text) {
  const auto value = engine::value_from_json(text);
  if (!value) return;
  const std::string written = engine::to_json(*value);
  const auto again = engine::value_from_json(written);
  require(again.has_value() && engine::to_json(*again) == written);
}

void try_journal(std::string_view line) {
  static_cast<void>(engine::read_head(line));
  engine::JournalContent content;
  if (!engine::read_line(line, content)) return;
  for (const auto& entry : content.entries) {
    const std::string written = engine::entry_line(entry);
    engine::JournalContent again;
    require(engine::read_line(written, again) && again.entries.size() == 1);
    require(engine::entry_line(again.entries.front()) == written);
  }
}

/// The first line is a schema, the rest what is observed by it.
void try_plugin(std::string_view text) {
  const auto end = text.find('\n');
  const auto schema = engine::plugin::read_schema(text.substr(0, end));
  if (!schema) return;
  if (end == std::string_view::npos) return;
  const auto observed = engine::plugin::read_observed(text.substr(end + 1), *schema);
  if (!observed) return;
  for (const auto& one : *observed) {
    const auto* shape = dsl::find_attribute(*schema, one.slot.attribute);
    const bool has_type = !one.value.is_absent() && !one.value.is_unknown();
    require(shape != nullptr && (!has_type || dsl::is_of_type(one.value, shape->type)));
  }
}

void try_machine(std::string_view text) {
  dsl::SourceMap sources;
  static_cast<void>(
      engine::parse_machine_file(sources.add("machine.toml", std::string(text)), sources));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_value(text);
  try_journal(text);
  try_plugin(text);
  try_machine(text);
  return 0;
}
