#include "providers/lint/go_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/policy/allowed.h"
#include "providers/go/env/env_variables.h"
#include "providers/lint/go_toolchain.h"

namespace gopol::providers::lint {
namespace {

/// Whether one of the words between blanks, `=` and `,` is this one.
bool has_word(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" =,\t"), text.size());
    if (text.substr(0, end) == word) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

bool repeats(const Said& said, const Myth& myth) {
  if (!myth.key.empty() && !dsl::glob_matches(myth.key, said.assertion->slot.key)) return false;
  const auto items = said.items();
  return std::any_of(items.begin(), items.end(), [&](const std::string& item) {
    return (myth.value.empty() || dsl::glob_matches(myth.value, item)) &&
           (myth.word.empty() || has_word(item, myth.word));
  });
}

/// What `=` and `includes` give a variable, as the value that go would see.
dsl::Value given(const Said& said) {
  if (const dsl::Value* value = said.value()) return *value;
  return dsl::List{std::vector<std::string>(said.assertion->allowed.includes)};
}

}  // namespace

Diagnostics module_mode(const Subject& subject) {
  Diagnostics out;
  for (const Said& said : subject.about_env("GO111MODULE")) {
    for (const std::string& mode : said.items()) {
      if (mode != "off" && mode != "auto") continue;
      out.push_back(finding(said, fmt::format("`GO111MODULE = {}` takes modules away", mode),
                            "go.mod is ignored", "write `unset GO111MODULE`"));
    }
  }
  return out;
}

Diagnostics myths(const Subject& subject) {
  // One setting is told once; of a GOROOT that L408 is about, nothing more.
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;
  const auto place = [](dsl::SourceSpan span) { return std::pair(span.source.index, span.begin); };
  for (const Diagnostic& root : switched_roots(subject)) told.insert(place(root.primary->span));
  Diagnostics out;
  for (const Myth& myth : subject.knowledge().myths) {
    for (const Said& said : subject.about(myth.family, myth.attribute)) {
      if (!repeats(said, myth) || !told.insert(place(said.span())).second) continue;
      out.push_back(finding(said, myth.truth, "a myth", myth.help));
      out.back().mend = myth.mend;
    }
  }
  return out;
}

Diagnostics foreign_programs(const Subject& subject) {
  Diagnostics out;
  for (const char* name : {"GOFLAGS", "GOAUTH", "GOCACHEPROG"}) {
    const go::EnvVariable* variable = go::find_env_variable(name);
    for (const Said& said : subject.about_env(name)) {
      const dsl::Value value = given(said);
      const bool empty = said.items().empty();
      if (empty || variable == nullptr || !go::runs_code(*variable, value)) continue;
      out.push_back(finding(
          said, "this makes go run another program, whatever is built", "runs code everywhere",
          "leave it to single builds, or say in `because` who keeps the program"));
    }
  }
  return out;
}

}  // namespace gopol::providers::lint
