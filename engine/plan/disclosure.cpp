#include "engine/plan/disclosure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/value/ascii.h"
#include "dsl/value/secret.h"

namespace gopol::engine {
namespace {

using dsl::Allowed;
using dsl::Slot;
using dsl::Value;

std::string hidden() { return std::string(dsl::secret_mark); }

/// Content and lines of files: what a policy writes is read by all who read the policy.
bool is_content(const Slot& slot) {
  return (slot.family == "file" && slot.attribute == "content") ||
         (slot.family == "line" && slot.attribute == "lines");
}

/// Variables that name programs, folders, languages and Go's own settings.
bool is_everyday_variable(std::string_view name) {
  static constexpr std::array<std::string_view, 12> whole = {
      "PATH", "EDITOR", "VISUAL", "PAGER", "LANG", "LANGUAGE",
      "TERM", "SHELL",  "TMPDIR", "CC",    "CXX",  "SDKROOT"};
  static constexpr std::array<std::string_view, 5> fronts = {"GO", "CGO_", "LC_", "XDG_",
                                                             "HOMEBREW_"};
  static constexpr std::array<std::string_view, 7> ends = {"_HOME", "_DIR",   "_PATH", "PATH",
                                                           "_ROOT", "_FLAGS", "FLAGS"};
  if (dsl::names_secret(name)) return name == "GOAUTH";
  return std::find(whole.begin(), whole.end(), name) != whole.end() ||
         std::any_of(fronts.begin(), fronts.end(),
                     [&](std::string_view one) { return name.starts_with(one); }) ||
         std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view one) { return name.ends_with(one); });
}

/// Keys of git whose value is a credential, or a header that mostly is one.
bool is_secret_of_git(std::string_view key) {
  const std::string last = dsl::lowered(key.substr(key.rfind('.') + 1));
  if (last == "signingkey") return false;  // names a key
  return last == "extraheader" || last == "smtppass" || last == "proxysslkeypassword" ||
         dsl::names_secret(last);
}

bool is_variable(const Slot& slot) {
  if (slot.family == "shell.profile") return !is_everyday_variable(slot.attribute.text());
  if (slot.family == "session") return !is_everyday_variable(slot.key.text());
  return slot.family == "git.config" && is_secret_of_git(slot.key.text());
}

/// A number, a switch, a path and a version tell nothing; nor does an address, whose secrets the
/// door sees.
bool is_plain(std::string_view text) {
  if (text.empty() || text == "true" || text == "false" || text == hidden()) return true;
  if (text.find_first_not_of("0123456789.") == std::string_view::npos) return text.size() < 6;
  return text.front() == '/' || text.front() == '~' || text.front() == '$' ||
         text.find("://") != std::string_view::npos;
}

void hide(std::string& text) {
  if (!is_plain(text)) text = hidden();
}

void hide_all(std::vector<std::string>& items, const Allowed* wanted) {
  const auto is_named = [&](const std::string& item) {
    if (wanted == nullptr) return false;
    const auto has = [&](const auto& named) {
      return std::find(named.begin(), named.end(), item) != named.end();
    };
    return has(wanted->includes) || has(wanted->excludes);
  };
  for (std::string& item : items) {
    if (!is_named(item)) item = hidden();
  }
}

Value without_text(Value value, const Allowed* wanted, bool content) {
  if (auto* text = std::get_if<std::string>(&value.data)) {
    if (content)
      *text = hidden() + " (" + std::to_string(text->size()) + " bytes)";
    else
      hide(*text);
  } else if (auto* list = std::get_if<dsl::List>(&value.data)) {
    hide_all(list->items, wanted);
  } else if (auto* set = std::get_if<dsl::Set>(&value.data)) {
    hide_all(set->items, wanted);
  }
  return value;
}

}  // namespace

bool is_private(const Slot& slot) { return is_content(slot) || is_variable(slot); }

bool may_hold_secret(const Slot& slot, const Value& value) {
  return is_private(slot) || !dsl::secrets_in(dsl::to_text(value)).empty();
}

Value shown(const Slot& slot, Value value, const Allowed* wanted) {
  if (!is_private(slot)) return value;
  const bool content = is_content(slot);
  if (content && wanted != nullptr && wanted->one_of && dsl::contains(*wanted, value)) return value;
  return without_text(std::move(value), content ? wanted : nullptr, content);
}

Value shown_target(const Slot& slot, Value value, const Allowed& wanted) {
  if (slot.family == "file") return value;
  return shown(slot, std::move(value), &wanted);
}

Allowed shown(const Slot& slot, Allowed wanted) {
  return is_variable(slot) ? shown_before(slot, std::move(wanted)) : wanted;
}

Allowed shown_before(const Slot& slot, Allowed wanted) {
  if (!is_private(slot)) return wanted;
  const auto values = [content = is_content(slot)](dsl::SharedList<Value> list) {
    for (Value& value : list.edit()) value = without_text(std::move(value), nullptr, content);
    return list;
  };
  const auto texts = [](dsl::SharedList<std::string> list) {
    for (std::string& text : list.edit()) hide(text);
    return list;
  };
  if (wanted.one_of) wanted.one_of = values(*wanted.one_of);
  wanted.none_of = values(wanted.none_of);
  wanted.includes = texts(wanted.includes);
  wanted.excludes = texts(wanted.excludes);
  wanted.globs = texts(wanted.globs);
  return wanted;
}

Value shown_current(const Item& item) {
  return shown(item.slot, item.current, item.rule == no_rule ? nullptr : &item.allowed);
}

Allowed shown_wanted(const Item& item) {
  return item.rule == no_rule ? shown_before(item.slot, item.allowed)
                              : shown(item.slot, item.allowed);
}

Value shown_target(const Item& item) {
  return item.rule == no_rule ? shown(item.slot, item.target)
                              : shown_target(item.slot, item.target, item.allowed);
}

}  // namespace gopol::engine
