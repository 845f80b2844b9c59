#include "dsl/check/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "dsl/value/near_miss.h"

namespace gopol::dsl::checking {
namespace {

/// How many of the leading names make the longest known family.
struct Split {
  const Schema* family = nullptr;
  std::size_t used = 0;  ///< steps behind the head
};

Split split(const Word& head, const std::vector<RefStep>& steps, const Schemas& schemas) {
  Split out;
  std::string name(head.text);
  for (std::size_t used = 0;; ++used) {
    if (const Schema* family = schemas.find(name)) out = {family, used};
    if (used == steps.size() || !steps[used].name) return out;
    name += '.';
    name += steps[used].name.text;
  }
}

void report_unknown_fact(Ref reference, Context& context) {
  std::vector<std::string> all;
  for (const Schema& schema : context.schemas.families) {
    for (const AttributeSchema& attribute : schema.attributes) {
      all.push_back(schema.family + "." + attribute.name);
    }
  }
  for (const auto& [name, type] : context.labels) all.push_back("label." + std::string(name));
  const std::string written(reference.text());
  auto out =
      problem("P2001", reference.span(), fmt::format("no fact `{}`", written), "unknown name");
  if (const auto near = near_miss(written, all)) {
    out =
        with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), reference.span(), *near);
  } else if (reference.single()) {
    out.help = "write a text in quotes, or declare the name with `let`";
  } else {
    out.help = "`gopol facts` lists the facts there are";
  }
  context.error(std::move(out));
}

std::optional<std::string> index_text(Expression index, Context& context) {
  const String text = index.as<String>();
  if (text && !text.interpolated()) return text.decoded();
  context.error("P2004", index.span(), "an index is a text in quotes", "not a text");
  return {};
}

/// `[0]` behind a list: the fact is one of its elements.
void take_element(Expression index, Named& named, Context& context) {
  const Type& type = *named.type;
  std::uint32_t number = 0;
  const std::string_view text = index.text();
  const bool is_number =
      index.kind() == NodeKind::integer &&
      std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
  const bool is_list = type.kind == TypeKind::list || type.kind == TypeKind::chain;
  if (!is_number || !is_list) {
    context.error("P2004", index.span(), fmt::format("`{}` has no such part", to_text(named.slot)),
                  is_list ? "not a number" : "not a list");
    return;
  }
  named.element = number;
  Type element{type.kind == TypeKind::chain ? TypeKind::text : type.element, {}, type.words, {}};
  if (type.kind == TypeKind::chain) element.words = {"direct", "off"};
  named.type = &context.made_types.emplace_back(std::move(element));
}

std::optional<Named> resolve_label(Ref reference, const std::vector<RefStep>& steps,
                                   Context& context) {
  if (steps.size() != 1 || !steps[0].name) {
    report_unknown_fact(reference, context);
    return {};
  }
  const auto declared = context.labels.find(steps[0].name.text);
  if (declared == context.labels.end()) {
    report_unknown_fact(reference, context);
    return {};
  }
  Named out;
  out.slot = {"label", {}, steps[0].name.text, {}};
  out.type = &declared->second;
  out.context = true;
  return out;
}

std::optional<Named> resolve_anew(Ref reference, Context& context) {
  const auto steps = reference.steps();
  if (reference.head().text == "label") return resolve_label(reference, steps, context);
  const Split found = split(reference.head(), steps, context.schemas);
  if (found.family == nullptr) {
    report_unknown_fact(reference, context);
    return {};
  }
  Named out;
  out.slot.family = found.family->family;
  out.context = found.family->context;
  std::size_t at = found.used;
  if (found.family->key) {
    if (at == steps.size() || !steps[at].index) {
      context.error("P2001", reference.span(),
                    fmt::format("`{}` names many things; say which", found.family->family),
                    "no key", fmt::format("write `{}[\"...\"]`", found.family->family));
      return {};
    }
    auto key = index_text(steps[at++].index, context);
    if (!key) return {};
    out.slot.key = std::move(*key);
  }
  if (at == steps.size() || !steps[at].name) {
    context.error("P2001", reference.span(),
                  fmt::format("`{}` is not a fact by itself", reference.text()), "no attribute",
                  fmt::format("it has {}", fmt::join(attribute_names(*found.family), ", ")));
    return {};
  }
  const Word name = steps[at++].name;
  const AttributeSchema* attribute = find_attribute(*found.family, name.text);
  if (attribute == nullptr) {
    report_unknown_fact(reference, context);
    return {};
  }
  out.slot.attribute = name.text;
  out.type = &attribute->type;
  if (attribute->indexed) {
    if (at == steps.size() || !steps[at].index) {
      context.error("P2001", reference.span(), fmt::format("`{}` needs an index", reference.text()),
                    "", fmt::format("write `{}[\"...\"]`", reference.text()));
      return {};
    }
    auto index = index_text(steps[at++].index, context);
    if (!index) return {};
    out.slot.index = std::move(*index);
  }
  if (at + 1 == steps.size() && steps[at].index) take_element(steps[at++].index, out, context);
  if (at != steps.size()) {
    context.error("P2001", reference.span(), fmt::format("`{}` has no parts", to_text(out.slot)),
                  "too long");
    return {};
  }
  return out;
}

}  // namespace

std::vector<std::string> attribute_names(const Schema& schema) {
  std::vector<std::string> out;
  for (const AttributeSchema& attribute : schema.attributes) out.push_back(attribute.name);
  return out;
}

std::optional<Named> resolve(Ref reference, Context& context) {
  const std::string_view written = reference.text();
  if (const auto known = context.named.find(written); known != context.named.end())
    return known->second;
  auto out = resolve_anew(reference, context);
  if (out) context.named.emplace(written, *out);
  return out;
}

}  // namespace gopol::dsl::checking
