#include "dsl/check/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/near_miss.h"

namespace gopol::dsl::checking {
namespace {

constexpr std::size_t most_suggestions = 20;  // near misses that are looked for in one check

}  // namespace

bool Names::add(const std::string& name, SourceSpan span) {
  const auto [at, is_new] = entries_.emplace(name, Entry{span, {}});
  if (is_new) return true;
  auto out = problem("P2009", span, fmt::format("`{}` is named twice", name), "named again");
  out.related.push_back({at->second.place, "named here first"});
  context_.error(std::move(out));
  return false;
}

const std::vector<std::uint32_t>* Names::rules(const QName& written, const std::string& profile) {
  const std::string name = written.name();
  for (const std::string& full : {profile.empty() ? name : profile + "." + name, name}) {
    const auto at = entries_.find(full);
    if (at != entries_.end() && !at->second.rules.empty()) return &at->second.rules;
  }
  report_unknown(written, profile);
  return nullptr;
}

void Names::report_unknown(const QName& written, const std::string& profile) {
  const std::string name = written.name();
  auto out = problem("P2009", written.span(), fmt::format("no rule `{}`", name), "unknown rule");
  if (++unknown_ <= most_suggestions) {
    std::vector<std::string> all;
    for (const auto& [full, entry] : entries_) {
      if (entry.rules.empty()) continue;
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
