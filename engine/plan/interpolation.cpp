#include "engine/plan/interpolation.h"

#include <string_view>
#include <utility>

namespace gopol::engine {

std::string as_written(const std::string& with_marks) {
  const auto spelled = [](std::string_view name) {
    return std::optional<std::string>("${" + std::string(name) + "}");
  };
  return dsl::interpolate(with_marks, spelled).value_or(with_marks);
}

std::string Interpolation::text(const std::string& with_marks) {
  const auto filled = dsl::interpolate(with_marks, [&](std::string_view name) {
    const std::size_t dot = name.find('.');
    return known_text({name.substr(0, dot), {}, name.substr(dot + 1), {}});
  });
  return filled.value_or(with_marks);
}

Value Interpolation::value(Value value) {
  if (auto* text_value = std::get_if<std::string>(&value.data)) *text_value = text(*text_value);
  if (auto* path = std::get_if<dsl::Path>(&value.data)) *path = dsl::Path(text(path->text));
  if (auto* list = std::get_if<dsl::List>(&value.data)) texts(list->items);
  if (auto* set = std::get_if<dsl::Set>(&value.data)) texts(set->items);
  if (auto* chain = std::get_if<dsl::Chain>(&value.data)) {
    for (auto& link : chain->links) link.text = text(link.text);
  }
  return value;
}

dsl::Allowed Interpolation::allowed(dsl::Allowed allowed) {
  if (allowed.one_of) {
    for (Value& one : allowed.one_of->edit()) one = value(std::move(one));
  }
  for (Value& one : allowed.none_of.edit()) one = value(std::move(one));
  for (auto* part : {&allowed.includes, &allowed.excludes, &allowed.globs}) texts(part->edit());
  return allowed;
}

dsl::Name Interpolation::key(const dsl::Assertion& assertion) {
  std::string out = text(assertion.slot.key);
  return assertion.key_is_path ? dsl::Name(dsl::Path(std::move(out)).text) : dsl::Name(out);
}

void Interpolation::texts(std::span<std::string> items) {
  for (std::string& item : items) item = text(item);
}

std::optional<std::string> Interpolation::known_text(const Slot& slot) {
  const Value& value = facts_.value(slot);
  if (value.is_known()) return dsl::to_text(value);
  if (!missing_) missing_ = slot;
  return {};
}

}  // namespace gopol::engine
