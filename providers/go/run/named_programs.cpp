#include "providers/go/run/named_programs.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "providers/go/env/flags.h"
#include "providers/go/run/effective.h"
#include "providers/path/path.h"
#include "providers/read/go_text.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;
using engine::Host;

constexpr int first_with_auth = 24, first_with_cache_program = 24;  // go 1.24

std::string first_word(std::string_view command) {
  const auto words = split_quoted(command);
  return words && !words->empty() ? words->front() : std::string();
}

std::vector<NamedProgram> named(const Variables& variables) {
  std::vector<NamedProgram> out;
  const auto flags = split_quoted(variables.find("GOFLAGS", "").value);
  for (const std::string& flag : flags ? *flags : std::vector<std::string>{}) {
    std::string_view text = flag;
    while (text.starts_with('-')) text.remove_prefix(1);
    constexpr std::string_view name = "toolexec=";
    if (text.starts_with(name)) out.push_back({"GOFLAGS", first_word(text.substr(name.size()))});
  }
  if (variables.minor() >= first_with_auth) {
    const std::string auth = variables.find("GOAUTH", "netrc").value;
    for (const std::string_view one : split(auth, ';')) {
      const std::string word = first_word(one);
      constexpr std::array<std::string_view, 3> built_in = {"off", "netrc", "git"};
      if (std::find(built_in.begin(), built_in.end(), word) == built_in.end())
        out.push_back({"GOAUTH", word});
    }
  }
  if (variables.minor() >= first_with_cache_program)
    out.push_back({"GOCACHEPROG", first_word(variables.find("GOCACHEPROG", "").value)});
  std::erase_if(out, [](const NamedProgram& one) { return one.program.empty(); });
  return out;
}

/// Nothing: it cannot be told.
std::optional<bool> is_there(const std::string& program, const Host& host,
                             const shell::LoginPath& login) {
  if (program.find('/') == std::string::npos) {
    const FirstProgram first = first_program(program, login.entries, host);
    if (first.path.is_unknown()) return {};
    return first.path.is_known();
  }
  if (!program.starts_with('/')) return {};  // below the folder that go is started in
  const auto status = host.disk().stat_target(Path(program));
  if (!status) return {};
  return status->type == engine::FileStatus::Type::regular;
}

}  // namespace

std::vector<NamedProgram> missing_programs(const Host& host, const shell::LoginPath& login,
                                           const Variables& variables) {
  std::vector<NamedProgram> out;
  for (NamedProgram& one : named(variables)) {
    const auto there = is_there(one.program, host, login);
    one.unknown = !there;
    if (!there || !*there) out.push_back(std::move(one));
  }
  return out;
}

std::vector<NamedProgram> missing_programs(const Host& host) {
  const auto login = shell::login_path(host);
  const EffectiveGo go = effective_go(host, host.system().user().home);
  auto out = missing_programs(host, login, Variables(host, login, go.root));
  std::erase_if(out, [](const NamedProgram& one) { return one.unknown; });
  return out;
}

}  // namespace gopol::providers::go
