#include <algorithm>
#include <optional>

#include "providers/shell/pattern/built.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_steps = 20'000;

/// One pattern against one text. `*` tries each length, so steps are counted.
class Matcher {
 public:
  Matcher(const Built& pattern, std::string_view text, bool open)
      : pattern_(pattern), text_(text), open_(open) {}

  Truth run(std::size_t p, std::size_t t) {
    if (++steps_ > most_steps) return Truth::maybe;
    while (p < pattern_.text.size()) {
      if (pattern_.is_active(p, "*")) return star(p, t);
      if (pattern_.is_active(p, "(|")) return Truth::maybe;
      if (t == text_.size()) return open_ ? Truth::maybe : Truth::no;
      std::size_t next = p + 1;
      if (!one(p, t, next)) return Truth::no;
      p = next;
      ++t;
    }
    if (t < text_.size()) return Truth::no;
    return open_ || !pattern_.why.empty() ? Truth::maybe : Truth::yes;
  }

 private:
  Truth star(std::size_t p, std::size_t t) {
    if (p + 1 == pattern_.text.size() && pattern_.why.empty()) return Truth::yes;
    Truth out = Truth::no;
    for (; t <= text_.size() && out != Truth::yes; ++t) out = either(out, run(p + 1, t));
    return open_ ? either(out, Truth::maybe) : out;
  }

  bool one(std::size_t p, std::size_t t, std::size_t& next) const {
    if (pattern_.is_active(p, "?")) return true;
    if (!pattern_.is_active(p, "[")) return pattern_.text[p] == text_[t];
    const std::size_t end = pattern_.text.find(']', p + 2);
    if (end == std::string::npos) return pattern_.text[p] == text_[t];
    next = end + 1;
    std::string_view set(pattern_.text.data() + p + 1, end - p - 1);
    const bool inverted = set.starts_with('!') || set.starts_with('^');
    if (inverted) set.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (i + 2 < set.size() && set[i + 1] == '-') {
        found = found || (set[i] <= text_[t] && text_[t] <= set[i + 2]);
        i += 2;
      } else {
        found = found || set[i] == text_[t];
      }
    }
    return found != inverted;
  }

  const Built& pattern_;
  std::string_view text_;
  bool open_ = false;
  int steps_ = 0;
};

Built part(const Built& of, std::size_t from, std::size_t to) {
  Built out;
  out.text = of.text.substr(from, to - from);
  out.kinds.assign(of.kinds.begin() + static_cast<std::ptrdiff_t>(from),
                   of.kinds.begin() + static_cast<std::ptrdiff_t>(to));
  return out;
}

void append(Built& to, const Built& more) {
  to.text += more.text;
  to.kinds.insert(to.kinds.end(), more.kinds.begin(), more.kinds.end());
}

/// `a(b|c)d` as `abd` and `acd`; nothing: it holds no such choice, or one that is not simple.
std::optional<std::vector<Built>> alternatives(const Built& pattern) {
  std::size_t open = 0;
  while (open < pattern.text.size() && !pattern.is_active(open, "(")) ++open;
  if (open == pattern.text.size()) return {};
  if (open > 0 && pattern.is_active(open - 1, "@?+*!")) return {};
  std::vector<Built> inside;
  std::size_t from = open + 1, at = from;
  for (; at < pattern.text.size() && !pattern.is_active(at, ")"); ++at) {
    if (pattern.is_active(at, "(")) return {};
    if (!pattern.is_active(at, "|")) continue;
    inside.push_back(part(pattern, from, at));
    from = at + 1;
  }
  if (at == pattern.text.size()) return {};
  inside.push_back(part(pattern, from, at));
  std::vector<Built> out;
  for (const Built& one : inside) {
    Built whole = part(pattern, 0, open);
    append(whole, one);
    append(whole, part(pattern, at + 1, pattern.text.size()));
    whole.why = pattern.why;
    out.push_back(std::move(whole));
  }
  return out;
}

}  // namespace

Truth matches(const Built& pattern, const Text& text) {
  if (const auto several = alternatives(pattern); several && several->size() <= 100) {
    Truth out = Truth::no;
    for (const Built& one : *several) out = either(out, matches(one, text));
    return out;
  }
  return Matcher(pattern, text.text, !text.whole()).run(0, 0);
}

Text cut(const Text& text, const Built& pattern, Cut how) {
  const Text unknown{"", "it uses what cannot be told from files"};
  if (!text.whole() || !pattern.why.empty()) return unknown;
  const bool front = how == Cut::shortest_front || how == Cut::longest_front;
  const bool longest = how == Cut::longest_front || how == Cut::longest_back;
  const std::size_t size = text.text.size();
  for (std::size_t i = 0; i <= size; ++i) {
    const std::size_t length = longest ? size - i : i;
    const std::string piece = front ? text.text.substr(0, length) : text.text.substr(size - length);
    const Truth fits = matches(pattern, {piece, {}});
    if (fits == Truth::maybe) return unknown;
    if (fits == Truth::no) continue;
    return {front ? text.text.substr(length) : text.text.substr(0, size - length), {}};
  }
  return text;
}

}  // namespace gopol::providers::shell
