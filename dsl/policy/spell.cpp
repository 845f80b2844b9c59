#include "dsl/policy/spell.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "dsl/value/harmless.h"
#include "dsl/value/utf8.h"

namespace gopol::dsl {
namespace {

/// A text in quotes whose front is the home folder.
std::string rooted(const std::string& text, const std::string& home) {
  const bool inside = !home.empty() && text.starts_with(home) &&
                      (text.size() == home.size() || text[home.size()] == '/');
  if (!inside) return quoted(text);
  std::string out = quoted(std::string_view(text).substr(home.size()));
  out.insert(1, "${user.home}");
  return out;
}

bool is_word_of(const std::string& text, const Type& type) {
  return std::find(type.words.begin(), type.words.end(), text) != type.words.end();
}

std::string list_of(const std::vector<std::string>& items, const std::string& home) {
  std::vector<std::string> out;
  for (const std::string& item : items) out.push_back(rooted(item, home));
  return fmt::format("[{}]", fmt::join(out, ", "));
}

std::string chain_of(const Chain& chain) {
  const auto one = [](const std::string& text) {
    return text == "direct" || text == "off" ? text : quoted(text);
  };
  if (chain.links.size() == 1) return one(chain.links.front().text);
  std::string out = "[";
  for (std::size_t i = 0; i < chain.links.size(); ++i) {
    if (i > 0) out += chain.links[i - 1].on_any_error ? " | " : ", ";
    out += one(chain.links[i].text);
  }
  return out + "]";
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '$': out += "\\$"; break;
      default: out += c;
    }
  }
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = first_deceptive(text), from = 0;; at += first_deceptive(text.substr(at))) {
    append_escaped(out, text.substr(from, at - from));
    if (at == text.size()) return out + "\"";
    const std::size_t length = utf8_sequence(text.substr(at));
    out += length != 0 && text[at] != '\0' ? unicode_escape(code_point(text.substr(at)))
                                           : std::string(1, text[at]);
    at += std::max<std::size_t>(1, length);
    from = at;
  }
}

std::string spelled(const Value& value, const Type& type, const std::string& home) {
  if (value.is_absent() || value.is_unknown()) return {};
  if (const auto* text = value.as<std::string>())
    return is_word_of(*text, type) ? *text : rooted(*text, home);
  if (const auto* path = value.as<Path>()) return rooted(path->text, home);
  if (const auto* list = value.as<List>()) return list_of(list->items, home);
  if (const auto* set = value.as<Set>()) return list_of(set->items, home);
  if (const auto* chain = value.as<Chain>()) return chain_of(*chain);
  if (value.as<SecretRef>() != nullptr) return {};
  return to_text(value);
}

}  // namespace gopol::dsl
