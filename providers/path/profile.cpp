#include "providers/path/profile.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "providers/files/place.h"
#include "providers/read/fact_schema.h"
#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"
#include "providers/shell/managed_block.h"
#include "providers/shell/shells.h"
#include "providers/shell/variable_line.h"

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
dsl::Result<Variables> variables_in(Shell shell, const Block& block, std::string_view path) {
  Variables out;
  std::uint32_t number = block.line;
  if (block.after_open_line) ++number;
  for (const std::string_view line : lines_with_ends(block.body)) {
    ++number;
    const std::string_view body = without_end(line);
    if (body.empty() || take_line(shell, body, out)) continue;
    return dsl::problem(
        "R4002", fmt::format("{}:{}: gopol did not write this line of its block", path, number),
        "move it out of the block, or remove it");
  }
  return out;
}

std::string body_of(Shell shell, const Variables& variables) {
  std::string out;
  for (const auto& [name, value] : variables) out += export_line(shell, name, value);
  return out;
}

/// The profile of one shell, read once for all its variables.
struct Profile {
  Shell shell = Shell::sh;
  Path path;
  FileText text;
  Value unknown;  ///< Unknown: nothing can be said
  std::optional<Block> block;
  Variables variables;
  std::map<std::string, std::uint32_t, std::less<>> hidden_at;  ///< by a line after the block
};

void find_hiding_lines(Profile& profile) {
  std::uint32_t number = 0;
  for (const std::string_view line : lines_with_ends(profile.text.text)) {
    if (++number <= profile.block->last_line) continue;
    const std::string_view name = variable_set_by(profile.shell, without_end(line));
    if (!name.empty()) profile.hidden_at[std::string(name)] = number;
  }
}

Profile read_profile(const std::string& key, const engine::Query&, const Host& host) {
  Profile out;
  out.shell = shell_of(key);
  out.path = profile_file(out.shell, host);
  out.text = read_text(host, out.path);
  if (!out.text.there) {
    if (out.text.why_not.is_unknown()) out.unknown = out.text.why_not;
    return out;
  }
  auto block = find_block({out.path.text, out.text.text}, key);
  if (!block) {
    out.unknown = unknown(block.error());
    return out;
  }
  out.block = std::move(*block);
  if (!out.block) return out;
  auto variables = variables_in(out.shell, *out.block, out.path.text);
  if (!variables) {
    out.unknown = unknown(variables.error());
    return out;
  }
  out.variables = std::move(*variables);
  find_hiding_lines(out);
  return out;
}

Observation read_variable(const Slot& slot, const Profile& profile, const Host&) {
  Observation out{.slot = slot, .value = dsl::Absent{}, .origin = profile.path.text};
  const auto at = profile.variables.find(slot.attribute);
  if (!is_variable_name(slot.attribute)) {
    out.value = dsl::Unknown{fmt::format("`{}` is no name of a variable", slot.attribute),
                             "use letters, digits and `_`"};
  } else if (profile.unknown.is_unknown()) {
    out.value = profile.unknown;
  } else if (at != profile.variables.end()) {
    out.value = at->second;
    const auto hides = profile.hidden_at.find(slot.attribute);
    if (hides != profile.hidden_at.end()) {
      out.findings.push_back(fmt::format("hidden by {}:{}, which comes after gopol's block",
                                         profile.path.text, hides->second));
    }
  }
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
    auto text =
        with_block({now.path.text, now.text.text}, change.key, body_of(now.shell, *variables));
    if (!text) return text.error();
    return files::prepare_part(now.path, now.text.text, std::move(*text), host.disk());
  }
};

}  // namespace

std::unique_ptr<engine::Provider> profile_provider() { return std::make_unique<ProfileProvider>(); }

}  // namespace gopol::providers::shell
