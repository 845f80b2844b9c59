#include <algorithm>
#include <charconv>
#include <optional>

#include "providers/shell/session/fish.h"

namespace gopol::providers::shell {
namespace {

/// Names that fish gives a value, or its own functions do.
bool may_be_fishs(std::string_view name) {
  return name.starts_with("__fish_") || name == "version" || name == "FISH_VERSION" ||
         name == "fish_pid" || name == "history" || name == "hostname" || name == "last_pid" ||
         name == "CMD_DURATION" || name == "pipestatus" || name == "fish_function_path" ||
         name == "fish_complete_path" || name == "fish_key_bindings" ||
         name.starts_with("fish_color") || name == "status_generation" || name == "umask";
}

std::optional<long> whole_number(std::string_view text) {
  long out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return {};
  return out;
}

}  // namespace

void fish_pick(const Fields& from, std::string_view index, Fields& out) {
  const auto size = static_cast<long>(from.items.size());
  const std::size_t dots = index.find("..");
  auto first = whole_number(index.substr(0, dots));
  auto last = dots == std::string_view::npos ? first : whole_number(index.substr(dots + 2));
  if (index.starts_with("..")) first = 1;
  if (index.ends_with("..")) last = -1;
  const bool from_end = first && last && (*first < 0 || *last < 0);
  if (!first || !last || *first == 0 || *last == 0 || (from_end && !from.why.empty())) {
    out.why = untold;
    return;
  }
  if (*first < 0) first = size + *first + 1;
  if (*last < 0) last = size + *last + 1;
  if (!from.why.empty() && std::max(*first, *last) > size) out.why = from.why;
  if (dots != std::string_view::npos && *first > size && *last > size) return;
  for (long at = *first;; at += *first <= *last ? 1 : -1) {
    if (at >= 1 && at <= size) out.items.push_back(from.items[static_cast<std::size_t>(at - 1)]);
    if (at == *last || at > size + 1) return;
  }
}

Fields fish_items(const Session& session, std::string_view name) {
  const State& state = session.state;
  Fields out;
  if (name == "PATH") {
    for (const PathEntry& entry : state.path) {
      if (entry.unknown) {
        out.why = entry.unknown->reason.text();
        return out;
      }
      out.items.push_back({entry.folder, {}});
    }
    return out;
  }
  if (name == "argv") {
    out.items = state.arguments;
  } else if (const auto at = state.variables.find(name);
             at != state.variables.end() && at->second.set) {
    out.items = at->second.items;
  } else if (const auto kept = state.universal.find(name); kept != state.universal.end()) {
    out.items = kept->second.items;
  } else if (name == "status") {
    out.items = {state.last == Truth::yes ? Text{"0", {}} : Text{"", untold}};
  } else if (at == state.variables.end()) {
    const bool given = may_be_fishs(name) || !value_of(session, name).whole();
    if (given) out.items = {{"", untold}};
  }
  return out;
}

}  // namespace gopol::providers::shell
