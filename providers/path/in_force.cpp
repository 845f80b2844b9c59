#include "providers/path/in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace gopol::providers {
namespace {

using dsl::Value;
using engine::Elsewhere;
using Places = dsl::SharedList<Elsewhere>;

constexpr const char* in_login = "login shells";
constexpr const char* in_terminal = "terminals";

bool same(const Met& a, const Met& b) {
  const bool unknown = a.value.is_unknown() && b.value.is_unknown();
  return a.origin == b.origin && (unknown || a.value == b.value);
}

void add(const char* where, Met met, Places& out) {
  out.push_back({where, std::move(met.value), std::move(met.origin)});
}

/// What PATH has where a folder is looked for, other blocks' folder left out.
std::vector<shell::PathEntry> others_left_out(const std::vector<shell::PathEntry>& path,
                                              const std::optional<dsl::Path>& others) {
  std::vector<shell::PathEntry> out;
  for (const auto& entry : path) {
    if (!others || entry.unknown || entry.folder != others->text) out.push_back(entry);
  }
  return out;
}

std::optional<Met> meet_absent(const std::vector<shell::PathEntry>& path,
                               const std::vector<dsl::Path>& absent) {
  for (const auto& entry : path) {
    if (entry.unknown) return Met{*entry.unknown, entry.origin};
    const auto at = std::find(absent.begin(), absent.end(), dsl::Path(entry.folder));
    if (at == absent.end()) continue;
    dsl::List gone;  // those that still are
    for (const dsl::Path& folder : absent) {
      const bool back = std::any_of(path.begin(), path.end(), [&](const auto& one) {
        return !one.unknown && one.folder == folder.text;
      });
      if (!back) gone.items.push_back(folder.text);
    }
    return Met{gone.items.empty() ? Value(dsl::Absent{}) : Value(std::move(gone)), entry.origin};
  }
  return {};
}

/// The folders in front, from `from` on, as many as are wanted there; `origin` of the first that is
/// another.
std::optional<Met> meet_front(const std::vector<shell::PathEntry>& path,
                              const std::vector<dsl::Path>& wanted, std::size_t from) {
  dsl::List front;
  std::string origin;
  for (std::size_t i = 0; i < from + wanted.size() && i < path.size(); ++i) {
    if (path[i].unknown) return Met{*path[i].unknown, path[i].origin};
    if (i < from) continue;
    const bool other = path[i].folder != wanted[i - from].text;
    if (other && origin.empty()) origin = path[i].origin;
    front.items.push_back(path[i].folder);
  }
  if (origin.empty() && front.items.size() == wanted.size()) return {};
  return Met{std::move(front), std::move(origin)};
}

std::optional<Met> meet_first(const std::vector<shell::PathEntry>& path, const dsl::Path& wanted) {
  auto out = meet_front(path, {wanted}, 0);
  const auto* front = out ? out->value.as<dsl::List>() : nullptr;
  if (front == nullptr) return out;
  const std::string first = front->items.empty() ? "" : front->items.front();
  out->value = first.empty() ? Value(dsl::Absent{}) : Value(dsl::Path(first));
  return out;
}

bool edits_folder(const shell::PathEdits& edits, const dsl::Path& folder) {
  const auto holds = [&](const std::vector<dsl::Path>& all) {
    return std::find(all.begin(), all.end(), folder) != all.end();
  };
  return edits.first == folder || holds(edits.before) || holds(edits.absent);
}

}  // namespace

const shell::LoginPath& WorkSessions::login() const {
  if (!login_) login_ = shell::login_path(host_);
  return *login_;
}

const shell::LoginPath& WorkSessions::terminal() const {
  if (!terminal_) terminal_ = shell::terminal_path(host_);
  return *terminal_;
}

Places WorkSessions::elsewhere(const AskSession& ask) const {
  Places out;
  auto here = ask(login()), there = ask(terminal());
  if (here && there && same(*here, *there)) {
    out.push_back(
        {fmt::format("{} and {}", in_login, in_terminal), std::move(here->value), here->origin});
    return out;
  }
  if (here) add(in_login, std::move(*here), out);
  if (there) add(in_terminal, std::move(*there), out);
  return out;
}

Places WorkSessions::elsewhere_in_terminal(const AskSession& ask) const {
  Places out;
  if (auto met = ask(terminal())) add(in_terminal, std::move(*met), out);
  return out;
}

std::size_t weight_of(const Places& places) {
  std::size_t out = 0;
  for (const Elsewhere& one : places) out += one.value.is_unknown() ? 1 : 2;
  return out;
}

Met untold(const shell::LoginPath& session, const shell::ShellVariable& variable) {
  if (!variable.name.empty()) return {shell::not_told(variable, variable.name), variable.origin};
  if (!variable.origin.empty())
    return {dsl::Unknown{fmt::format("{} runs what nobody follows", variable.origin), ""}, ""};
  const dsl::Unknown* why = session.unknown();
  return {why != nullptr ? *why : shell::not_told(variable, "it"), ""};
}

AskSession asks_variable(std::string_view name, Value written) {
  return [name = std::string(name),
          written = std::move(written)](const shell::LoginPath& session) -> std::optional<Met> {
    const shell::ShellVariable* set = session.variable(name);
    if (set == nullptr) return written.is_absent() ? std::nullopt : std::optional(Met{{}, ""});
    if (!set->value) return untold(session, *set);
    if (written == Value(*set->value)) return {};
    return Met{*set->value, set->origin};
  };
}

AskSession asks_first_with(std::string_view program, dsl::Path folder, const engine::Host& host) {
  return [program = std::string(program), folder = std::move(folder),
          &host](const shell::LoginPath& session) -> std::optional<Met> {
    for (const auto& entry : session.entries) {
      if (entry.unknown) return Met{*entry.unknown, entry.origin};
      if (entry.folder == folder.text) return {};
      const auto status = host.disk().stat_target(dsl::Path(entry.folder) / program);
      const bool is_program =
          status && status->type == engine::FileStatus::Type::regular && (status->mode & 0111) != 0;
      if (is_program) return Met{false, entry.origin};
    }
    return Met{false, ""};
  };
}

AskSession asks_path(std::string_view attribute, shell::PathEdits edits,
                     std::optional<dsl::Path> others) {
  if (others && edits_folder(edits, *others)) others.reset();
  return [attribute = std::string(attribute), edits = std::move(edits),
          others = std::move(others)](const shell::LoginPath& session) -> std::optional<Met> {
    const auto path = others_left_out(session.entries, others);
    if (attribute == "absent") return meet_absent(path, edits.absent);
    if (attribute == "first") return edits.first ? meet_first(path, *edits.first) : std::nullopt;
    if (edits.before.empty()) return {};
    return meet_front(path, edits.before, edits.first ? 1 : 0);
  };
}

}  // namespace gopol::providers
