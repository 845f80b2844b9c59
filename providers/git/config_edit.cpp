#include "providers/git/config_edit.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "dsl/value/ascii.h"

namespace gopol::providers::git {
namespace {

using Type = ConfigPart::Type;
using Parts = std::vector<ConfigPart>;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string section_line(const ConfigKey& key) {
  if (!key.subsection) return "[" + key.section + "]\n";
  return fmt::format("[{} \"{}\"]\n", key.section, escaped(*key.subsection, "\"\\"));
}

std::string value_line(const ConfigKey& key, std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
    } else if (c == '\t') {
      text += "\\t";
    } else {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
  }
  const bool quotes = value.starts_with(' ') || value.ends_with(' ') ||
                      value.find_first_of(";#") != std::string_view::npos;
  const char* quote = quotes ? "\"" : "";
  return fmt::format("\t{} = {}{}{}\n", key.name, quote, text, quote);
}

/// What a key's place in a file is.
class Place {
 public:
  Place(std::string_view text, const Parts& parts, const ConfigKey& key)
      : text_(text), parts_(parts), key_(key.canonical()) {
    section_ = key_.substr(0, key_.size() - key.name.size() - 1);
    bool inside = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      // git would also put a line of `url.A.x` behind `[url.a]`, where it sets `url.a.x`.
      if (parts[i].type == Type::section) inside = parts[i].name == section_;
      const bool counts = parts[i].type == Type::section || parts[i].type == Type::entry;
      if (inside && counts) last_ = i;
      if (parts[i].type == Type::entry && parts[i].name == key_) entries_.push_back(i);
    }
  }

  const std::vector<std::size_t>& entries() const { return entries_; }

  std::string with(const ConfigKey& key, std::string_view value) const {
    const std::string line = value_line(key, value);
    if (!entries_.empty()) {
      const ConfigPart& old = parts_[entries_.front()];
      return before(old.begin) + line + std::string(text_.substr(old.end));
    }
    if (!last_) return ended(text_) + section_line(key) + line;
    std::size_t end = parts_[*last_].end;
    // The line end behind a section's `]` is a part of its own.
    if (text_[end - 1] != '\n') {
      if (text_.substr(end, 2) == "\r\n") ++end;
      if (end < text_.size() && text_[end] == '\n') ++end;
    }
    return ended(text_.substr(0, end)) + line + std::string(text_.substr(end));
  }

  std::string without() const {
    const std::size_t at = entries_.front();
    std::size_t begin = parts_[at].begin, end = parts_[at].end;
    if (const auto whole = lonely_section(at)) {
      begin = whole->first;
      end = whole->second;
    }
    return before(begin) + std::string(text_.substr(end));
  }

 private:
  bool is_section(const ConfigPart& part) const {
    return part.old_style ? part.name == dsl::lowered(section_) : part.name == section_;
  }

  static std::string ended(std::string_view text) {
    return std::string(text) + (text.empty() || text.back() == '\n' ? "" : "\n");
  }

  /// What stays before an entry: blanks on its own line go with it.
  std::string before(std::size_t begin) const {
    while (begin > 0 && is_blank(text_[begin - 1])) --begin;
    return ended(text_.substr(0, begin));
  }

  /// The extent of the section that the entry is alone in, with the sections of the same name
  /// around it; nothing if another entry or a comment is near.
  std::optional<std::pair<std::size_t, std::size_t>> lonely_section(std::size_t entry) const {
    std::size_t first = entry;
    bool in_section = false;
    for (; first > 0; --first) {
      const ConfigPart& part = parts_[first - 1];
      if (part.type == Type::comment) return {};
      if (part.type == Type::entry) {
        if (!in_section) return {};
        break;
      }
      if (part.type == Type::section) {
        if (!is_section(part)) break;
        in_section = true;
      }
    }
    std::size_t last = entry + 1;
    for (; last < parts_.size(); ++last) {
      const ConfigPart& part = parts_[last];
      if (part.type == Type::comment || part.type == Type::entry) return {};
      if (part.type == Type::section && !is_section(part)) break;
    }
    return std::pair{parts_[first].begin,
                     last < parts_.size() ? parts_[last].begin : parts_.back().end};
  }

  std::string_view text_;
  const Parts& parts_;
  std::string key_, section_;
  std::optional<std::size_t> last_;   ///< of the key's section, or its last entry
  std::vector<std::size_t> entries_;  ///< that set the key
};

/// Whether the edited file says of the key what is wanted, and the same as before of all others. A
/// file that ends in `\` swallows what git itself writes behind it.
bool holds(const Parts& before, const ConfigText& after, const std::string& key,
           const std::optional<std::string>& value) {
  const auto entries = [](const Parts& parts, const auto& counts) {
    std::vector<std::pair<std::string, std::optional<std::string>>> out;
    for (const ConfigPart& part : parts) {
      if (part.type == Type::entry && counts(part)) out.emplace_back(part.name, part.value);
    }
    return out;
  };
  const auto other = [&](const ConfigPart& part) { return part.name != key; };
  const auto ours = entries(after.parts, [&](const ConfigPart& part) { return part.name == key; });
  const bool set = value ? ours.size() == 1 && ours.front().second == value : ours.empty();
  return after.broken_at == 0 && set && entries(before, other) == entries(after.parts, other);
}

}  // namespace

bool is_storable(std::string_view value) {
  return value.find_first_of(std::string_view("\0\r", 2)) == std::string_view::npos;
}

dsl::Result<std::string> edit_config(std::string_view text, const ConfigKey& key,
                                     const std::optional<std::string>& value) {
  const ConfigText parsed = parse_config(text);
  if (parsed.broken_at != 0) {
    return dsl::problem("R4002", fmt::format("git cannot read line {}", parsed.broken_at),
                        "mend it: git stops there too");
  }
  const Place place(text, parsed.parts, key);
  if (place.entries().size() > 1) {
    return dsl::problem("R4002",
                        fmt::format("{} lines set `{}`", place.entries().size(), key.canonical()),
                        "remove all but one: gopol does not choose between them");
  }
  if (!value && place.entries().empty()) return std::string(text);
  std::string out = value ? place.with(key, *value) : place.without();
  if (holds(parsed.parts, parse_config(out), key.canonical(), value)) return out;
  return dsl::problem("R4002", "the file ends within a line: a new one would be joined to it",
                      "remove the `\\` at its end");
}

}  // namespace gopol::providers::git
