#include "providers/path/profile.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "providers/path/block_place.h"
#include "providers/path/in_force.h"
#include "providers/read/fact_schema.h"
#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"
#include "providers/shell/shells.h"

namespace gopol::providers::shell {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

dsl::Result<dsl::Done> valid_value(const Value& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr || text->find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos)
    return dsl::Done{};
  return dsl::problem("P2004", "a variable in a profile is one line",
                      "take the line end out of it");
}

dsl::Schema profile_schema() {
  dsl::Schema out = family(
      "shell.profile", "variables that login shells set, from gopol's block in their profile file",
      word({"zsh", "bash", "sh", "fish"}));
  auto variable = writable("", text(), "an exported variable");
  variable.optional = variable.unsettable = true;
  variable.validate = valid_value;
  out.any_attribute = std::move(variable);
  return out;
}

/// A line as `export_line` writes it.
bool take_line(Shell shell, std::string_view line, Variables& out) {
  const std::string_view start = shell == Shell::fish ? "set -gx " : "export ";
  if (!line.starts_with(start)) return false;
  line.remove_prefix(start.size());
  const std::size_t end = line.find(shell == Shell::fish ? ' ' : '=');
  if (end == std::string_view::npos || !is_variable_name(line.substr(0, end))) return false;
  bool ok = true;
  std::string value = unquoted(shell, line.substr(end + 1), ok);
  if (ok) out[std::string(line.substr(0, end))] = std::move(value);
  return ok;
}

/// What the block says. Errors: a line in it that gopol did not write.
dsl::Result<Variables> variables_in(Shell shell, const PlacedBlock& block) {
  Variables out;
  std::uint32_t number = block.first_line;
  for (const std::string_view line : lines_with_ends(block.body)) {
    const std::string_view body = without_end(line);
    if (!body.empty() && !take_line(shell, body, out))
      return dsl::problem("R4002",
                          fmt::format("{}:{}: gopol did not write this line of its block",
                                      block.files.back().text, number),
                          "move it out of the block, or remove it");
    ++number;
  }
  return out;
}

std::string body_of(Shell shell, const Variables& variables) {
  std::string out;
  for (const auto& [name, value] : variables) out += export_line(shell, name, value);
  return out;
}

/// gopol's block for one shell, read once for all its variables.
struct Profile {
  Shell shell = Shell::sh;
  PlacedBlock block;
  WorkSessions sessions;
  std::string origin = {};
  Value unknown = {};  ///< Unknown: nothing can be said
  Variables variables = {};
  bool in_use = false;  ///< it is the user's login shell
};

/// What of the variables is out of force on a machine. Of a shell that the user does not use
/// nothing is: there is no session to ask.
WeighBlock weighs(const Variables& variables, Shell shell) {
  return [variables, shell](const Host& host) {
    std::size_t out = 0;
    if (login_shell(host.system()) != shell) return out;
    const WorkSessions sessions(host);
    for (const auto& [name, value] : variables)
      out += weight_of(sessions.elsewhere(asks_variable(name, value)));
    return out;
  };
}

Profile read_profile(const std::string& key, const engine::Query&, const Host& host) {
  const Shell shell = shell_of(key);
  Profile out{shell, find_placed({shell, key}, host), WorkSessions(host)};
  out.in_use = login_shell(host.system()) == shell;
  for (const Path& file : out.block.files)
    out.origin += (out.origin.empty() ? "" : ", ") + file.text;
  if (out.origin.empty()) out.origin = usual_file(shell, host).text;
  out.unknown = out.block.unreadable;
  if (out.unknown.is_unknown() || !out.block.there) return out;
  auto variables = variables_in(shell, out.block);
  if (variables)
    out.variables = std::move(*variables);
  else
    out.unknown = unknown(variables.error());
  return out;
}

Observation read_variable(const Slot& slot, const Profile& profile, const Host& host) {
  Observation out{.slot = slot, .value = dsl::Absent{}, .origin = profile.origin};
  const auto at = profile.variables.find(slot.attribute);
  if (!is_variable_name(slot.attribute)) {
    out.value = dsl::Unknown{fmt::format("`{}` is no name of a variable", slot.attribute),
                             "use letters, digits and `_`"};
    return out;
  }
  if (profile.unknown.is_unknown()) {
    out.value = profile.unknown;
    return out;
  }
  const bool written = at != profile.variables.end();
  if (written) out.value = at->second;
  if (profile.in_use)
    out.elsewhere = profile.sessions.elsewhere(asks_variable(slot.attribute, out.value));
  out.misplaced = !written;  // where it will stand is chosen when it is written
  if (!written) return out;
  out.misplaced =
      profile.block.astray ||
      (!out.elsewhere.empty() && would_move({profile.shell, slot.key.text()}, profile.block, host,
                                            weighs(profile.variables, profile.shell)));
  return out;
}

/// What the block shall say after the change.
dsl::Result<Variables> after(const Change& change, Variables variables) {
  for (const engine::Assignment& move : change.assignments) {
    const std::string& name = move.slot.attribute;
    if (!is_variable_name(name))
      return dsl::problem("R4002", fmt::format("`{}` is no name of a variable", name));
    if (move.to.is_absent()) {
      variables.erase(name);
      continue;
    }
    const auto* text = move.to.as<std::string>();
    if (text == nullptr)
      return dsl::problem("R4002",
                          fmt::format("the policy does not say which value `{}` shall have", name));
    if (auto valid = valid_value(move.to); !valid) return valid.error();
    variables[name] = *text;
  }
  return variables;
}

class ProfileProvider final : public SlotProvider<SharedByKey<read_profile, read_variable>> {
 public:
  ProfileProvider() : SlotProvider(profile_schema()) {}
  std::vector<std::string> keys(const Host&) const override { return schema().key->words; }

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    const Profile now = read_profile(change.key, {}, host);
    if (const auto* why = now.unknown.as<dsl::Unknown>())
      return dsl::problem("R4002", why->reason, why->remedy);
    const auto variables = after(change, now.variables);
    if (!variables) return variables.error();
    return place_block({now.shell, change.key}, body_of(now.shell, *variables), host,
                       weighs(*variables, now.shell));
  }
};

}  // namespace

std::unique_ptr<engine::Provider> profile_provider() { return std::make_unique<ProfileProvider>(); }

}  // namespace gopol::providers::shell
