#include "dsl/check/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/value/near_miss.h"

namespace gopol::dsl::checking {
namespace {

constexpr std::size_t most_suggestions = 20;  // near misses that are looked for in one check

}  // namespace

bool Names::add(Name name, SourceSpan span) {
  const Entry* first = find(name);
  if (first == nullptr) {
    index_.add(NameHash()(name), entries_.size());
    entries_.push_back({name, span, {}, {}});
    return true;
  }
  auto out = problem("P2009", span, fmt::format("`{}` is named twice", name), "named again");
  out.related.push_back({first->place, "named here first"});
  context_.error(std::move(out));
  return false;
}

void Names::add_rule(Name name, std::uint32_t rule) {
  const bool last = entries_.back().name == name;  // mostly it was added just before
  Entry& entry =
      last ? entries_.back() : entries_[static_cast<std::size_t>(find(name) - entries_.data())];
  if (entry.rule) {
    entry.overrides.push_back(rule);
  } else {
    entry.rule = rule;
  }
}

const Names::Entry* Names::find(Name name) const {
  const auto at =
      index_.find(NameHash()(name), [&](std::uint32_t i) { return entries_[i].name == name; });
  return at ? &entries_[*at] : nullptr;
}

SharedList<std::uint32_t> Names::rules(const QName& written, const std::string& profile) {
  const std::string name = written.name();
  for (const Name full : {Name(profile.empty() ? name : profile + "." + name), Name(name)}) {
    const Entry* entry = find(full);
    if (entry == nullptr || !entry->rule) continue;
    SharedList<std::uint32_t> out{*entry->rule};
    for (const std::uint32_t other : entry->overrides) out.push_back(other);
    return out;
  }
  report_unknown(written, profile);
  return {};
}

void Names::report_unknown(const QName& written, const std::string& profile) {
  const std::string name = written.name();
  auto out = problem("P2009", written.span(), fmt::format("no rule `{}`", name), "unknown rule");
  if (++unknown_ <= most_suggestions) {
    std::vector<std::string> all;
    for (const Entry& entry : entries_) {
      if (!entry.rule) continue;
      const std::string& full = entry.name;
      const bool own = !profile.empty() && full.starts_with(profile + ".");
      all.push_back(own ? full.substr(profile.size() + 1) : full);
    }
    std::sort(all.begin(), all.end());
    if (const auto near = near_miss(name, all)) {
      out =
          with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), written.span(), *near);
    }
  }
  context_.error(std::move(out));
}

}  // namespace gopol::dsl::checking
