#include "providers/lint/subject.h"

#include <bit>
#include <utility>

namespace gopol::providers::lint {
namespace {

void append(const dsl::Value& value, std::vector<std::string>& out) {
  if (const auto* list = value.as<dsl::List>()) {
    out.insert(out.end(), list->items.begin(), list->items.end());
  } else if (const auto* set = value.as<dsl::Set>()) {
    out.insert(out.end(), set->items.begin(), set->items.end());
  } else if (const auto* chain = value.as<dsl::Chain>()) {
    for (const auto& link : chain->links) out.push_back(link.text);
  } else if (value.is_known()) {
    out.push_back(dsl::to_text(value));
  }
}

}  // namespace

const dsl::Value* Said::value() const {
  const auto& one_of = assertion->allowed.one_of;
  return one_of && one_of->size() == 1 ? &one_of->front() : nullptr;
}

std::vector<std::string> Said::items() const {
  std::vector<std::string> out(assertion->allowed.includes);
  if (assertion->allowed.one_of) {
    for (const dsl::Value& value : *assertion->allowed.one_of) append(value, out);
  }
  return out;
}

Diagnostic finding(const Said& said, std::string message, std::string label, std::string help) {
  Diagnostic out = finding(said.span(), std::move(message), std::move(label), std::move(help));
  const auto& trail = said.assertion->trail;
  const auto& chain = said.rule->chain;
  out.related.insert(out.related.end(), trail.begin(), trail.end());
  out.related.insert(out.related.end(), chain.begin(), chain.end());
  out.about = said.assertion->slot.attribute;
  return out;
}

Subject::Subject(const dsl::Policy& policy, const Knowledge& knowledge)
    : policy_(policy),
      knowledge_(knowledge),
      kinds_(knowledge.macs),
      where_shared_(kinds_.where_shared(policy)) {
  where_.reserve(policy.rules.size());
  for (const dsl::Policy::Rule& rule : policy.rules) {
    where_.push_back(kinds_.where(rule.guard, policy, where_shared_).yes);
    for (const dsl::Assertion& assertion : rule.assertions) {
      about_[{assertion.slot.family, {}, assertion.slot.attribute, {}}].push_back(
          {&rule, &assertion, where_.back()});
    }
  }
}

const std::vector<Said>& Subject::about(dsl::Name family, dsl::Name attribute) const {
  static const std::vector<Said> nothing;
  const auto at = about_.find({family, {}, attribute, {}});
  return at == about_.end() ? nothing : at->second;
}

void FirstSaid::add(const Said& said) {
  Machines fresh = said.where & ~known_;
  known_ |= fresh;
  for (; fresh != 0; fresh &= fresh - 1)
    first_[static_cast<std::size_t>(std::countr_zero(fresh))] = &said;
}

const Said* FirstSaid::on(Machines where) const {
  where &= known_;
  return where == 0 ? nullptr : first_[static_cast<std::size_t>(std::countr_zero(where))];
}

}  // namespace gopol::providers::lint
