#include "providers/go/env/env_in_force.h"

#include <algorithm>
#include <string>
#include <utility>

#include "providers/go/env/env_validate.h"

namespace gopol::providers::go {
namespace {

/// Empty: it is not set, or nobody knows.
std::string text_in(const shell::LoginPath& session, std::string_view name) {
  const shell::ShellVariable* set = session.variable(name);
  return set != nullptr ? set->value.value_or("") : "";
}

}  // namespace

/// What a variable may follow from beside itself, where its own file has no line for it.
std::vector<std::string_view> EnvInSessions::deciding(std::string_view name) const {
  std::vector<std::string_view> out{"GOENV"};
  const auto said = files_.said(name);
  if (said && said->layer == EnvSaid::Layer::user_file) return out;
  if (name == "GONOPROXY" || name == "GONOSUMDB") out.push_back("GOPRIVATE");
  if (name == "GOMODCACHE" || name == "GOBIN") out.push_back("GOPATH");
  if (name == "CC" || name == "CXX" || name == "CGO_ENABLED")
    out.insert(out.end(), {"CC", "GOOS", "GOARCH"});
  if (said || is_set_by_toolchain(name)) out.push_back("GOROOT");
  return out;
}

const EnvView& EnvInSessions::view(const shell::LoginPath& session) const {
  const auto at = views_.find(&session);
  if (at != views_.end()) return at->second;
  EnvView made(host_, login_, go_,
               [&session](std::string_view name) { return text_in(session, name); });
  return views_.emplace(&session, std::move(made)).first->second;
}

/// Of what stands by itself the line that sets it, else that of what it follows from.
std::string EnvInSessions::origin(const shell::LoginPath& session, std::string_view name) const {
  if (!text_in(session, name).empty()) return session.variable(name)->origin;
  for (const std::string_view other : deciding(name)) {
    if (!text_in(session, other).empty()) return session.variable(other)->origin;
  }
  return {};
}

std::optional<Met> EnvInSessions::met(const shell::LoginPath& session, const EnvVariable& variable,
                                      const dsl::Value& written) const {
  const std::string_view name = variable.name;
  const shell::ShellVariable* own = session.variable(name);
  if (own != nullptr && !own->value) return untold(session, *own);
  const bool decides = own != nullptr && !own->value->empty();
  const auto others = deciding(name);
  for (const std::string_view other : others) {
    const shell::ShellVariable* set = session.variable(other);
    if (decides || set == nullptr || set->value) continue;
    return untold(session, *set);
  }
  const bool concerned = decides || std::any_of(others.begin(), others.end(), [&](auto other) {
                           return !text_in(session, other).empty();
                         });
  if (!concerned) return {};
  const std::string text = view(session).text(name);
  if (text == files_.text(name)) return {};
  dsl::Value value = value_of(variable, text);
  if (value == written) return {};
  return Met{std::move(value), origin(session, name)};
}

}  // namespace gopol::providers::go
