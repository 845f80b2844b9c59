#include "providers/shell/session/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace gopol::providers::shell {
namespace {

constexpr std::string_view undecided = "whether the line runs cannot be told from files";

bool same(const PathEntry& a, const PathEntry& b) {
  return a.folder == b.folder && a.unknown.has_value() == b.unknown.has_value();
}

bool same(const std::vector<PathEntry>& a, const std::vector<PathEntry>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const PathEntry& left, const PathEntry& right) { return same(left, right); });
}

std::vector<PathEntry> joined_path(const State& a, const State& b, const State& before,
                                   const std::string& where) {
  std::vector<PathEntry> out;
  std::size_t at = 0;
  while (at < a.path.size() && at < b.path.size() && same(a.path[at], b.path[at])) {
    out.push_back(a.path[at]);
    if (out.back().unknown) return out;
    ++at;
  }
  if (at == a.path.size() && at == b.path.size()) return out;
  const auto& changed = same(a.path, before.path) ? b.path : a.path;
  if (at < changed.size() && changed[at].unknown) {
    out.push_back(changed[at]);
  } else {
    out.push_back(path_unknown(a, at < changed.size() ? changed[at].origin : where, undecided));
  }
  return out;
}

Variable joined(const Variable* a, const Variable* b, const std::string& where) {
  if (a != nullptr && b != nullptr && *a == *b) return *a;
  if ((a == nullptr && !b->set) || (b == nullptr && !a->set)) return a == nullptr ? *b : *a;
  const Variable* one = a != nullptr && !a->origin.empty() ? a : b != nullptr ? b : a;
  Variable out;
  out.colons = (a != nullptr && a->colons) || (b != nullptr && b->colons);
  const auto exported = [](const Variable* v) { return v != nullptr && v->set && v->exported; };
  out.exported = exported(a) || exported(b);
  out.origin = one->origin.empty() ? where : one->origin;
  if (a != nullptr && b != nullptr && a->items == b->items && a->set == b->set &&
      a->list == b->list && a->exported == b->exported) {
    out.items = a->items;
    out.list = a->list;
    out.set = a->set;
  } else {
    out.items = {{"", std::string(undecided)}};
  }
  return out;
}

template <typename Map, typename Join>
Map joined_maps(const Map& a, const Map& b, Join join) {
  Map out;
  const auto value = [](const Map& map, const auto& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
  };
  for (const auto& [key, one] : a) out.emplace(key, join(&one, value(b, key)));
  for (const auto& [key, one] : b) {
    if (!a.contains(key)) out.emplace(key, join(value(a, key), &one));
  }
  return out;
}

}  // namespace

std::string State::path_text() const {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) out += (i == 0 ? "" : ":") + path[i].folder;
  return out;
}

void State::set_path(std::vector<PathEntry> entries) {
  path = unique_text ? without_repetition(entries) : std::move(entries);
}

State joined(State a, State b, const State& before, const std::string& where) {
  State out;
  out.path = joined_path(a, b, before, where);
  out.variables = joined_maps(a.variables, b.variables, [&](const auto* one, const auto* other) {
    return joined(one, other, where);
  });
  out.universal = joined_maps(a.universal, b.universal, [&](const auto* one, const auto* other) {
    return joined(one, other, where);
  });
  out.advice = a.advice;
  out.functions = joined_maps(a.functions, b.functions, [](const auto* one, const auto* other) {
    return one != nullptr && other != nullptr && *one == *other ? *one : Function();
  });
  out.tables = joined_maps(a.tables, b.tables, [](const auto* one, const auto* other) {
    return one != nullptr ? *one : *other;
  });
  out.aliases = joined_maps(a.aliases, b.aliases, [](const auto* one, const auto* other) {
    return one != nullptr ? *one : *other;
  });
  out.options = joined_maps(a.options, b.options, [](const auto* one, const auto* other) {
    return one != nullptr && other != nullptr && *one == *other ? *one : Truth::maybe;
  });
  out.arguments = a.arguments == b.arguments ? std::move(a.arguments)
                                             : std::vector<Text>{{"", std::string(undecided)}};
  out.strange = a.strange ? std::move(a.strange) : std::move(b.strange);
  out.unique_list = a.unique_list && b.unique_list;
  out.unique_text = a.unique_text && b.unique_text;
  out.ties = std::move(a.ties);
  out.flow = a.flow;
  out.last = a.last == b.last ? a.last : Truth::maybe;
  return out;
}

PathEntry path_unknown(const State& state, const std::string& origin, std::string_view why) {
  return {"", origin,
          dsl::Unknown{fmt::format("{} prevents knowing PATH: {}", origin, why), state.advice}};
}

std::vector<PathEntry> path_of(const Text& text, const State& state, const std::string& origin) {
  std::vector<PathEntry> out;
  PathEntry current{"", origin, {}};
  bool empty = true;
  for (const char c : text.text) {
    empty = empty && (c == path_begin || c == path_end);
    if (c == ':') {
      out.push_back(std::exchange(current, {"", origin, {}}));
    } else if (c != path_begin && c != path_end) {
      current.folder += c;
    }
  }
  // Folders that were there keep the line that put them there.
  std::size_t number = 0, at = std::string::npos;
  for (std::size_t i = 0; i < text.text.size(); ++i) {
    if (text.text[i] == ':') ++number;
    if (text.text[i] != path_begin) continue;
    at = number;
    for (std::size_t j = 0; j < state.path.size() && at + j <= out.size(); ++j) {
      PathEntry& entry = at + j == out.size() ? current : out[at + j];
      if (entry.folder == state.path[j].folder) entry.origin = state.path[j].origin;
    }
  }
  if (!text.whole()) {
    const auto old = std::find_if(state.path.begin(), state.path.end(),
                                  [](const PathEntry& entry) { return entry.unknown.has_value(); });
    // Inside PATH itself: what was unknown there is.
    const bool of_path = at != std::string::npos && old != state.path.end() &&
                         text.text.find(path_end) == std::string::npos;
    out.push_back(of_path ? *old : path_unknown(state, origin, text.why));
    return out;
  }
  if (!empty || !out.empty()) out.push_back(std::move(current));
  return out;
}

std::vector<PathEntry> without_repetition(const std::vector<PathEntry>& entries) {
  std::vector<PathEntry> out;
  std::set<std::string_view> seen;
  for (const PathEntry& entry : entries) {
    if (entry.unknown || seen.insert(entry.folder).second) out.push_back(entry);
  }
  return out;
}

}  // namespace gopol::providers::shell
