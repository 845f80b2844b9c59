#include "providers/git/config_text.h"

#include <algorithm>
#include <utility>

#include "dsl/value/ascii.h"

namespace gopol::providers::git {
namespace {

using Type = ConfigPart::Type;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_key_byte(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ConfigText run() {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    // git counts the mark to no part; for what is copied it belongs to the first.
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    if (text_.find('\0') != std::string_view::npos || !read()) {
      out_.broken_at = std::max<std::size_t>(line_, 1);
      return std::move(out_);
    }
    end_part(text_.size());
    return std::move(out_);
  }

 private:
  /// The next byte; CR LF is one line end, and so is the end of the text.
  char next() {
    at_end_ = at_ >= text_.size();
    from_ = at_;
    if (ended_line_) ++line_;
    char c = '\n';
    if (!at_end_) {
      c = text_[at_++];
      if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') c = text_[at_++];
    }
    ended_line_ = c == '\n';
    return c;
  }

  void end_part(std::size_t end) {
    if (!out_.parts.empty()) out_.parts.back().end = end;
  }

  /// A part that begins with the byte just read.
  void begin_part(Type type) {
    if (type == Type::blank && !out_.parts.empty() && out_.parts.back().type == type) return;
    end_part(from_);
    ConfigPart part;
    part.type = type;
    part.begin = from_;
    part.line = line_;
    out_.parts.push_back(std::move(part));
  }

  bool read() {
    bool comment = false;
    while (true) {
      const char c = next();
      if (c == '\n') {
        if (at_end_) return true;
        begin_part(Type::blank);
        comment = false;
      } else if (comment) {
        continue;
      } else if (is_space(c)) {
        begin_part(Type::blank);
      } else if (c == '#' || c == ';') {
        begin_part(Type::comment);
        comment = true;
      } else if (c == '[') {
        begin_part(Type::section);
        if (!section()) return false;
      } else {
        if (!is_letter(c)) return false;
        begin_part(Type::entry);
        if (!entry(c)) return false;
      }
    }
  }

  bool section() {
    ConfigPart& part = out_.parts.back();
    part.old_style = true;
    while (true) {
      const char c = next();
      if (at_end_) return false;
      if (c == ']') break;
      if (is_space(c)) {
        part.old_style = false;
        if (!subsection(c, part.name)) return false;
        break;
      }
      if (!is_key_byte(c) && c != '.') return false;
      part.name += dsl::lower(c);
    }
    section_ = part.name;
    return !part.name.empty();
  }

  /// `"sub section"]` after a blank; `\` makes any byte mean itself.
  bool subsection(char c, std::string& name) {
    while (is_space(c)) {
      if (c == '\n') return false;
      c = next();
    }
    if (c != '"') return false;
    name += '.';
    while (true) {
      c = next();
      if (c == '\n') return false;
      if (c == '"') return next() == ']';
      if (c == '\\' && (c = next()) == '\n') return false;
      name += c;
    }
  }

  bool entry(char c) {
    std::string name = section_.empty() ? "" : section_ + ".";
    name += dsl::lower(c);
    while (true) {
      c = next();
      if (at_end_ || !is_key_byte(c)) break;
      name += dsl::lower(c);
    }
    while (c == ' ' || c == '\t') c = next();
    ConfigPart& part = out_.parts.back();
    part.name = std::move(name);
    if (c == '\n') return true;
    if (c != '=') return false;
    part.value.emplace();
    return value(*part.value, part.depends_on_git);
  }

  bool value(std::string& out, bool& depends_on_git) {
    bool quoted = false, comment = false, odd_blank = false;
    std::size_t blanks = 0;
    while (true) {
      char c = next();
      if (c == '\n') return !quoted;
      if (comment) continue;
      if (is_space(c) && !quoted) {
        if (!out.empty()) {
          ++blanks;
          odd_blank = odd_blank || c != ' ';
        }
        continue;
      }
      if (!quoted && (c == ';' || c == '#')) {
        comment = true;
        continue;
      }
      depends_on_git = depends_on_git || (blanks != 0 && odd_blank);
      out.append(std::exchange(blanks, 0), ' ');
      odd_blank = false;
      if (c == '"') {
        quoted = !quoted;
      } else if (c != '\\') {
        out += c;
      } else if (!escape(out)) {
        return false;
      }
    }
  }

  bool escape(std::string& out) {
    switch (const char c = next(); c) {
      case '\n': return true;  // goes on in the next line
      case 't': out += '\t'; return true;
      case 'b': out += '\b'; return true;
      case 'n': out += '\n'; return true;
      case '\\':
      case '"': out += c; return true;
      default: return false;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1;
  std::size_t from_ = 0;  ///< where the byte just read begins
  bool at_end_ = false, ended_line_ = false;
  std::string section_;
  ConfigText out_;
};

}  // namespace

std::string ConfigKey::canonical() const {
  return dsl::lowered(section) + "." + (subsection ? *subsection + "." : "") + dsl::lowered(name);
}

std::optional<ConfigKey> parse_config_key(std::string_view text) {
  const std::size_t first = text.find('.'), last = text.rfind('.');
  if (first == std::string_view::npos || first == 0 || last + 1 >= text.size()) return {};
  ConfigKey out{std::string(text.substr(0, first)), {}, std::string(text.substr(last + 1))};
  if (last != first) out.subsection = std::string(text.substr(first + 1, last - first - 1));
  const auto is_name = [](const std::string& part) {
    return std::all_of(part.begin(), part.end(), is_key_byte);
  };
  const bool odd = out.subsection &&
                   out.subsection->find_first_of(std::string_view("\n\0", 2)) != std::string::npos;
  if (odd || !is_name(out.section) || !is_name(out.name) || !is_letter(out.name.front())) return {};
  return out;
}

ConfigText parse_config(std::string_view text) { return Parser(text).run(); }

}  // namespace gopol::providers::git
