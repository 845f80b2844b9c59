#include "cli/print/reference_text.h"

#include <fmt/format.h>

#include <vector>

namespace gopol::cli {
namespace {

using dsl::AttributeSchema;
using dsl::Schema;

/// Text inside of a table's cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string use_of(const AttributeSchema& attribute) {
  if (!attribute.assertable) return "fact";
  if (attribute.input) return "input";
  return attribute.writable ? "enforce, warn" : "warn";
}

std::string remarks(const AttributeSchema& attribute) {
  std::vector<std::string> out;
  if (attribute.optional) out.emplace_back("may be absent");
  if (attribute.unknowable) out.emplace_back("may be unknown");
  if (attribute.unsettable) out.emplace_back("`unset`");
  if (attribute.implied) {
    out.push_back(fmt::format("`{}` unless said otherwise", dsl::to_text(*attribute.implied)));
  }
  return fmt::format("{}", fmt::join(out, "; "));
}

std::string row(const AttributeSchema& attribute, std::string_view name) {
  return fmt::format("| `{}` | {} | {} | {} | {} |\n", name, cell(dsl::to_text(attribute.type)),
                     use_of(attribute), cell(attribute.doc), cell(remarks(attribute)));
}

}  // namespace

std::string reference_text(const Schema& schema) {
  std::string out = fmt::format("## {}\n\n{}\n\n", schema.family, schema.doc);
  if (schema.key) {
    out +=
        fmt::format("One for each key: `{}[\"...\"]` in guards, `{} \"...\" {{ }}` in rules.\n\n",
                    schema.family, schema.family);
  }
  if (schema.existence) out += "`present` and `absent` may be asserted.\n\n";
  if (schema.attributes.empty() && !schema.any_attribute) return out;
  out += "| name | type | may be | what it is | remarks |\n|---|---|---|---|---|\n";
  for (const AttributeSchema& attribute : schema.attributes) {
    out += row(attribute, attribute.indexed ? attribute.name + "[\"...\"]" : attribute.name.text());
  }
  if (schema.any_attribute) out += row(*schema.any_attribute, "any other name");
  return out + "\n";
}

std::string reference_text(const dsl::Schemas& schemas) {
  std::string out =
      "# Facts and resources\n\n"
      "Made by `gopol explain reference`; `gopol explain go.env` shows one of them.\n\n"
      "A *fact* is only read. *warn* may be asserted by a `warn` rule: no program can set it. "
      "*input* says\n"
      "how or where, and is never compared.\n\n";
  for (const Schema& schema : schemas.families) out += reference_text(schema);
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace gopol::cli
