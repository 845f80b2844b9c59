#include "dsl/syntax/slot.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dsl/syntax/expression.h"
#include "dsl/syntax/lex.h"
#include "dsl/value/near_miss.h"

namespace gopol::dsl {
namespace {

using K = TokenKind;

/// `.text` or `["text"]`.
struct SlotStep {
  bool index = false;
  std::string text;
};

std::string without_escapes(std::string_view literal) {
  std::string out;
  for (const StringPart& part : string_parts(literal, {})) out += part.text;
  return out;
}

bool is_literal(const Tree& tree, std::uint32_t at) {
  const TokenKind kind = tree.kinds[at];
  if (kind == TokenKind::raw) return true;
  if (kind != TokenKind::string) return false;
  for (const StringPart& part : string_parts(tree.token_text(at), {})) {
    if (part.reference) return false;
  }
  return true;
}

/// The steps of a text; nullopt if it is not a name with names and texts behind it, without blanks.
std::optional<std::vector<SlotStep>> steps_of(std::string_view text) {
  Tree tree;
  tree.text = text;
  detail::Significant significant;
  detail::lex(tree, significant);
  const std::uint32_t count = tree.token_count();
  const auto is = [&](std::uint32_t at, K kind) { return at < count && tree.kinds[at] == kind; };
  const auto names = [&](std::uint32_t at) { return at < count && is_word(tree.kinds[at]); };
  if (!names(0)) return {};
  std::vector<SlotStep> out{{false, std::string(tree.token_text(0))}};
  for (std::uint32_t at = 1; at < count;) {
    if (is(at, K::dot) && names(at + 1)) {
      out.push_back({false, std::string(tree.token_text(at + 1))});
      at += 2;
    } else if (is(at, K::bracket_open) && is(at + 2, K::bracket_close) &&
               is_literal(tree, at + 1)) {
      out.push_back({true, without_escapes(tree.token_text(at + 1))});
      at += 3;
    } else {
      return {};
    }
  }
  return out;
}

/// The longest family that the steps begin with and that leaves a step for its attribute, if there
/// is one, and how many of them make it.
std::pair<const Schema*, std::size_t> family_of(const std::vector<SlotStep>& steps,
                                                const Schemas& schemas) {
  std::pair<const Schema*, std::size_t> out{nullptr, 0};
  std::string name;
  for (std::size_t used = 0; used < steps.size() && !steps[used].index; ++used) {
    if (used > 0) name += '.';
    name += steps[used].text;
    const bool leaves_some = used + 1 < steps.size();
    if (const Schema* family = schemas.find(name); family != nullptr)
      if (leaves_some || out.first == nullptr) out = {family, used + 1};
  }
  return out;
}

Diagnostic unknown_slot(std::string_view text, const Schemas& schemas) {
  std::vector<std::string> all;
  for (const Schema& schema : schemas.families) {
    all.push_back(schema.family);
    for (const AttributeSchema& attribute : schema.attributes)
      all.push_back(schema.family + "." + attribute.name);
  }
  const auto near = near_miss(text, all);
  return problem(
      "P2001", fmt::format("no fact `{}`", text),
      near ? fmt::format("did you mean `{}`?", *near) : "`gopol facts` lists what there is");
}

}  // namespace

std::optional<Slot> parse_resource_name(std::string_view text, const Schemas& schemas) {
  const auto steps = steps_of(text);
  if (!steps) return {};
  const auto [schema, used] = family_of(*steps, schemas);
  if (schema == nullptr) return {};
  if (!schema->key)
    return used == steps->size() ? std::optional(Slot{schema->family, "", "", ""}) : std::nullopt;
  if (used + 1 != steps->size() || !steps->back().index) return {};
  return Slot{schema->family, steps->back().text, "", ""};
}

Result<Slot> parse_slot(std::string_view text, const Schemas& schemas) {
  const auto steps = steps_of(text);
  if (!steps) return unknown_slot(text, schemas);
  const auto [schema, used] = family_of(*steps, schemas);
  if (schema == nullptr) return unknown_slot(text, schemas);
  std::size_t at = used;
  const auto more = [&](bool index) { return at < steps->size() && (*steps)[at].index == index; };
  Slot out{schema->family, "", "", ""};
  if (schema->key) {
    if (!more(true))
      return problem("P2001", fmt::format("`{0}` needs a key: {0}[\"...\"]", schema->family));
    out.key = (*steps)[at++].text;
  }
  if (at == steps->size() && schema->existence) {
    out.attribute = "exists";
    return out;
  }
  if (!more(false)) return unknown_slot(text, schemas);
  out.attribute = (*steps)[at++].text;
  const AttributeSchema* attribute = find_attribute(*schema, out.attribute);
  if (attribute == nullptr) return unknown_slot(text, schemas);
  if (attribute->indexed) {
    if (!more(true))
      return problem("P2001", fmt::format("`{0}` needs an index: {0}[\"...\"]", text));
    out.index = (*steps)[at++].text;
  }
  if (at != steps->size()) return unknown_slot(text, schemas);
  return out;
}

}  // namespace gopol::dsl
