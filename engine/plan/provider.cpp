#include "engine/plan/provider.h"

#include <algorithm>
#include <iterator>

namespace gopol::engine {
const Value* Query::input(const std::string& key, const std::string& attribute) const {
  const auto resource = inputs.find(key);
  if (resource == inputs.end()) return nullptr;
  const auto value = resource->second.find(attribute);
  return value == resource->second.end() ? nullptr : &value->second;
}

namespace {

const Assignment* find_in(const std::vector<Assignment>& assignments, std::string_view attribute) {
  for (const Assignment& assignment : assignments) {
    if (assignment.slot.attribute == attribute) return &assignment;
  }
  return nullptr;
}

}  // namespace

const Assignment* Change::find(std::string_view attribute) const {
  return find_in(assignments, attribute);
}

const Value* Change::wanted_value(std::string_view attribute) const {
  const Assignment* found = find_in(wanted, attribute);
  return found != nullptr ? &found->to : nullptr;
}

std::vector<Prepared::Write> Prepared::all_writes() const {
  std::vector<Write> out = writes;
  for (const FileEdit& edit : edits) out.push_back({edit.path, edit.whole});
  return out;
}

void Prepared::append(Prepared more) {
  std::move(more.edits.begin(), more.edits.end(), std::back_inserter(edits));
  std::move(more.writes.begin(), more.writes.end(), std::back_inserter(writes));
  std::move(more.images.begin(), more.images.end(), std::back_inserter(images));
  demands = demands | more.demands;
}

void Prepared::add_note(const std::string& more) {
  if (!note.empty() && !more.empty()) note += "; ";
  note += more;
}

Result<Prepared> FactProvider::prepare(const Change&, const Host&) const {
  return dsl::problem("P2007", "`" + schema().family + "` is only read; nothing can change it");
}

const Provider* provider_of(const Providers& providers, std::string_view family) {
  for (const auto& provider : providers) {
    if (provider->schema().family == family) return provider.get();
  }
  return nullptr;
}

dsl::Schemas schemas_of(const Providers& providers) {
  dsl::Schemas out;
  for (const auto& provider : providers) out.families.push_back(provider->schema());
  std::sort(out.families.begin(), out.families.end(),
            [](const dsl::Schema& a, const dsl::Schema& b) { return a.family < b.family; });
  return out;
}

}  // namespace gopol::engine
