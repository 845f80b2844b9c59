#include "providers/go/env/vcs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "providers/go/env/glob.h"
#include "providers/read/go_text.h"

namespace gopol::providers::go {
namespace {

template <class... Args>
dsl::Diagnostic bad_rule(fmt::format_string<Args...> text, Args&&... args) {
  return dsl::problem("P2004", fmt::format(text, std::forward<Args>(args)...),
                      "write `pattern:vcs|vcs,...`, such as `public:git,private:all`");
}

bool is_relative_url(std::string_view pattern) {
  return pattern == "." || pattern == ".." || pattern.starts_with("./") ||
         pattern.starts_with("../");
}

using Seen = std::map<std::string, std::string_view>;  ///< the item of each pattern

dsl::Result<VcsRule> parse_rule(std::string_view item, Seen& seen) {
  if (item.empty()) return bad_rule("empty entry in GOVCS");
  const std::size_t colon = item.find(':');
  if (colon == std::string_view::npos) {
    return bad_rule("malformed entry in GOVCS (missing colon): \"{}\"", item);
  }
  const std::string_view pattern = trimmed(item.substr(0, colon)),
                         list = trimmed(item.substr(colon + 1));
  if (pattern.empty()) return bad_rule("empty pattern in GOVCS: \"{}\"", item);
  if (list.empty()) return bad_rule("empty VCS list in GOVCS: \"{}\"", item);
  if (is_relative_url(pattern))
    return bad_rule("relative pattern not allowed in GOVCS: \"{}\"", pattern);
  VcsRule rule{std::string(pattern), {}};
  const auto [at, is_new] = seen.emplace(rule.pattern, item);
  if (!is_new)
    return bad_rule("unreachable pattern in GOVCS: \"{}\" after \"{}\"", item, at->second);
  for (const std::string_view name : split(list, '|')) {
    if (trimmed(name).empty()) return bad_rule("empty VCS name in GOVCS: \"{}\"", item);
    rule.allowed.emplace_back(trimmed(name));
  }
  return rule;
}

bool matches(const std::string& pattern, std::string_view module_path, bool is_private) {
  if (pattern == "private") return is_private;
  if (pattern == "public") return !is_private;
  return match_prefix_patterns(pattern, module_path);
}

}  // namespace

dsl::Result<std::vector<VcsRule>> parse_vcs(std::string_view text) {
  std::vector<VcsRule> rules;
  if (trimmed(text).empty()) return rules;
  Seen seen;
  for (const std::string_view part : split(trimmed(text), ',')) {
    const std::string_view item = trimmed(part);
    auto rule = parse_rule(item, seen);
    if (!rule) return rule.error();
    rules.push_back(std::move(*rule));
  }
  return rules;
}

VcsRule deciding_rule(const std::vector<VcsRule>& rules, std::string_view module_path,
                      bool is_private) {
  for (const VcsRule& rule : rules) {
    if (matches(rule.pattern, module_path, is_private)) return rule;
  }
  return is_private ? VcsRule{"private", {"all"}} : VcsRule{"public", {"git", "hg"}};
}

bool allows_vcs(const std::vector<VcsRule>& rules, std::string_view module_path, bool is_private,
                std::string_view vcs) {
  const auto allowed = deciding_rule(rules, module_path, is_private).allowed;
  return std::any_of(allowed.begin(), allowed.end(),
                     [&](const std::string& name) { return name == vcs || name == "all"; });
}

}  // namespace gopol::providers::go
