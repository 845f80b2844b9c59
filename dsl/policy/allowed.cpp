#include "dsl/policy/allowed.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <unordered_set>

namespace gopol::dsl {
namespace {

bool within(const Range& range, const Value& value) {
  if (range.low) {
    const auto place = order(value, range.low->value);
    if (!place || *place < 0 || (*place == 0 && !range.low->included)) return false;
  }
  if (range.high) {
    const auto place = order(value, range.high->value);
    if (!place || *place > 0 || (*place == 0 && !range.high->included)) return false;
  }
  return true;
}

const std::vector<std::string>* items_of(const Value& value) {
  static const std::vector<std::string> none;
  if (const auto* list = value.as<List>()) return &list->items;
  if (const auto* set = value.as<Set>()) return &set->items;
  return value.is_absent() ? &none : nullptr;
}

bool edits_hold(const Allowed& allowed, const Value& value) {
  if (allowed.includes.empty() && allowed.excludes.empty()) return true;
  const auto* items = items_of(value);
  if (items == nullptr) return false;
  const std::unordered_set<std::string_view> present(items->begin(), items->end());
  const auto is_present = [&](const std::string& item) { return present.count(item) != 0; };
  return std::all_of(allowed.includes.begin(), allowed.includes.end(), is_present) &&
         std::none_of(allowed.excludes.begin(), allowed.excludes.end(), is_present);
}

bool globs_hold(std::span<const std::string> globs, const Value& value) {
  if (globs.empty()) return true;
  const auto* text = value.as<std::string>();
  const auto* path = value.as<Path>();
  if (text == nullptr && path == nullptr) return false;
  return std::all_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return path != nullptr ? glob_matches(glob, path->text, true) : glob_matches(glob, *text);
  });
}

bool holds_value(std::span<const Value> values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// The tighter of two lower bounds; `high` turns the comparison round.
std::optional<Bound> tighter(const std::optional<Bound>& a, const std::optional<Bound>& b,
                             bool high) {
  if (!a) return b;
  if (!b) return a;
  const auto place = order(a->value, b->value);
  if (!place) return a;
  if (*place == 0) return Bound{a->value, a->included && b->included};
  return (*place > 0) != high ? a : b;
}

bool is_empty(const Range& range) {
  if (!range.low || !range.high) return false;
  const auto place = order(range.low->value, range.high->value);
  return place && (*place > 0 || (*place == 0 && !(range.low->included && range.high->included)));
}

void append_missing(SharedList<Value>& to, const SharedList<Value>& from) {
  for (const Value& item : from) {
    if (std::find(to.begin(), to.end(), item) == to.end()) to.push_back(item);
  }
}

void append_missing(SharedList<std::string>& to, const SharedList<std::string>& from) {
  if (from.empty()) return;
  std::unordered_set<std::string> seen(to.begin(), to.end());
  for (const std::string& item : from) {
    if (seen.insert(item).second) to.push_back(item);
  }
}

bool overlap(std::span<const std::string> a, std::span<const std::string> b) {
  if (a.empty() || b.empty()) return false;
  const std::unordered_set<std::string_view> seen(a.begin(), a.end());
  return std::any_of(b.begin(), b.end(),
                     [&](const std::string& item) { return seen.count(item) != 0; });
}

/// `current` with what is missing appended in byte order and what is excluded removed.
Value edited(const Allowed& allowed, const Value& current, const Type& type) {
  const auto* items = items_of(current);
  std::vector<std::string> out = items != nullptr ? *items : std::vector<std::string>{};
  const std::unordered_set<std::string> gone(allowed.excludes.begin(), allowed.excludes.end());
  std::erase_if(out, [&](const std::string& item) { return gone.count(item) != 0; });
  std::vector<std::string> missing;
  const std::unordered_set<std::string> present(out.begin(), out.end());
  std::copy_if(allowed.includes.begin(), allowed.includes.end(), std::back_inserter(missing),
               [&](const std::string& item) { return present.count(item) == 0; });
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  out.insert(out.end(), missing.begin(), missing.end());
  if (type.kind == TypeKind::set) {
    std::sort(out.begin(), out.end());
    return Set{std::move(out)};
  }
  return List{std::move(out)};
}

std::optional<Value> preferred(const std::vector<Value>& candidates, Preference preference) {
  if (candidates.empty()) return {};
  if (preference == Preference::first) return candidates.front();
  const Value* best = &candidates.front();
  for (const Value& candidate : candidates) {
    const auto place = order(candidate, *best);
    if (place && (preference == Preference::newest ? *place > 0 : *place < 0)) best = &candidate;
  }
  return *best;
}

std::optional<Value> end_of(const Range& range, Preference preference) {
  const auto& wanted = preference == Preference::oldest || !range.high ? range.low : range.high;
  const auto& other = &wanted == &range.low ? range.high : range.low;
  if (wanted && wanted->included) return wanted->value;
  if (other && other->included) return other->value;
  return {};
}

}  // namespace

bool contains(const Allowed& allowed, const Value& value) {
  if (value.is_unknown()) return false;
  if (allowed.one_of && !holds_value(*allowed.one_of, value)) return false;
  if (allowed.range && !within(*allowed.range, value)) return false;
  if (holds_value(allowed.none_of, value)) return false;
  return edits_hold(allowed, value) && globs_hold(allowed.globs, value);
}

std::optional<Allowed> meet(const Allowed& a, const Allowed& b) {
  Allowed out = a;
  if (b.range) {
    const Range mine = a.range.value_or(Range{});
    out.range =
        Range{tighter(mine.low, b.range->low, false), tighter(mine.high, b.range->high, true)};
    if (is_empty(*out.range)) return {};
  }
  append_missing(out.none_of, b.none_of);
  append_missing(out.includes, b.includes);
  append_missing(out.excludes, b.excludes);
  append_missing(out.globs, b.globs);
  if (overlap(out.includes, out.excludes)) return {};
  if (a.one_of || b.one_of) {
    const auto& candidates = a.one_of ? *a.one_of : *b.one_of;
    out.one_of.reset();
    std::vector<Value> left;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(left),
                 [&](const Value& v) {
                   return contains(out, v) && (!a.one_of || !b.one_of || holds_value(*b.one_of, v));
                 });
    if (left.empty()) return {};
    out.one_of = std::move(left);
  }
  return out;
}

std::optional<Value> choose(const Allowed& allowed, const Value& current, const Type& type,
                            Preference preference) {
  if (contains(allowed, current)) return current;
  if (allowed.one_of) {
    std::vector<Value> left;
    Allowed rest = allowed;
    rest.one_of.reset();
    std::copy_if(allowed.one_of->begin(), allowed.one_of->end(), std::back_inserter(left),
                 [&](const Value& v) { return contains(rest, v); });
    return preferred(left, preference);
  }
  if (!allowed.includes.empty() || !allowed.excludes.empty()) return edited(allowed, current, type);
  if (allowed.range && type.kind != TypeKind::version) return end_of(*allowed.range, preference);
  return {};
}

std::string to_text(const Allowed& allowed) {
  std::vector<std::string> parts;
  if (allowed.one_of) {
    std::vector<std::string> values;
    for (const Value& value : *allowed.one_of) values.push_back(to_text(value));
    parts.push_back(values.size() == 1 ? values[0]
                                       : fmt::format("one of {}", fmt::join(values, ", ")));
  }
  if (allowed.range) {
    const auto& [low, high] = *allowed.range;
    if (low && high && low->included) {
      parts.push_back(fmt::format("{} {} {}", to_text(low->value), high->included ? ".." : "..<",
                                  to_text(high->value)));
    } else {
      if (low) parts.push_back((low->included ? ">= " : "> ") + to_text(low->value));
      if (high) parts.push_back((high->included ? "<= " : "< ") + to_text(high->value));
    }
  }
  for (const Value& value : allowed.none_of) parts.push_back("not " + to_text(value));
  const auto list = [&](std::string_view word, std::span<const std::string> items) {
    if (!items.empty()) parts.push_back(fmt::format("{} [{}]", word, fmt::join(items, ", ")));
  };
  list("includes", allowed.includes);
  list("excludes", allowed.excludes);
  for (const std::string& glob : allowed.globs) parts.push_back("matches " + glob);
  return fmt::format("{}", fmt::join(parts, " and "));
}

bool glob_matches(std::string_view pattern, std::string_view text, bool paths) {
  // One row of "pattern up to here matches text up to there", moved along the pattern.
  std::vector<char> row(text.size() + 1, 0);
  row[0] = 1;
  for (std::size_t p = 0; p < pattern.size(); ++p) {
    if (pattern[p] == '*') {
      const bool deep = p + 1 < pattern.size() && pattern[p + 1] == '*';
      if (deep) ++p;
      for (std::size_t t = 0; t < text.size(); ++t) {
        if (row[t] != 0 && (deep || !paths || text[t] != '/')) row[t + 1] = 1;
      }
      continue;
    }
    for (std::size_t t = text.size(); t > 0; --t) {
      const char c = text[t - 1];
      const bool fits = pattern[p] == '?' ? !(paths && c == '/') : pattern[p] == c;
      row[t] = row[t - 1] != 0 && fits ? 1 : 0;
    }
    row[0] = 0;
  }
  return row[text.size()] != 0;
}

}  // namespace gopol::dsl
