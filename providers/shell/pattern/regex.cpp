#include "providers/shell/pattern/regex.h"

#include <functional>

namespace gopol::providers::shell {
namespace {

constexpr int most_regex_steps = 50'000, most_regex_depth = 200;

/// Walks both at once; each piece is told what must fit behind it.
class Regex {
 public:
  using Then = std::function<bool(std::size_t)>;

  Regex(const Built& wanted, std::string_view text) : wanted_(wanted), text_(text) {}

  Truth run() {
    for (std::size_t from = 0; from <= text_.size() && !strange_; ++from) {
      if (any(0, size(), from, [](std::size_t) { return true; }))
        return strange_ ? Truth::maybe : Truth::yes;
    }
    return strange_ ? Truth::maybe : Truth::no;
  }

 private:
  std::size_t size() const { return wanted_.text.size(); }
  bool is(std::size_t at, char c) const {
    return at < size() && wanted_.text[at] == c && wanted_.kinds[at] != Built::Kind::quoted;
  }
  bool stop() {
    strange_ = true;
    return false;
  }

  /// Where the bracket at `from` closes.
  std::size_t shut(std::size_t from) {
    int depth = 0;
    for (std::size_t i = from; i < size(); ++i) {
      if (is(i, '\\'))
        ++i;
      else if (is(i, '['))
        i = end_of_set(i) - 1;
      else if (is(i, '('))
        ++depth;
      else if (is(i, ')') && --depth == 0)
        return i;
    }
    strange_ = true;
    return size();
  }

  std::size_t end_of_set(std::size_t from) {
    std::size_t i = from + 1;
    if (is(i, '^')) ++i;
    if (is(i, ']')) ++i;
    for (; i < size() && !is(i, ']'); ++i) {
      if (is(i, '[') && i + 1 < size() && wanted_.text[i + 1] == ':')
        i = std::min(wanted_.text.find(":]", i + 2), size() - 2) + 1;
    }
    if (i >= size()) strange_ = true;
    return std::min(i + 1, size());
  }

  /// Branches between bars.
  bool any(std::size_t from, std::size_t to, std::size_t at, const Then& then) {
    if (++steps_ > most_regex_steps || depth_ > most_regex_depth) return stop();
    ++depth_;
    bool out = false;
    std::size_t begin = from;
    for (std::size_t i = from; i <= to && !out && !strange_; ++i) {
      if (i < to && is(i, '\\'))
        ++i;
      else if (i < to && is(i, '['))
        i = end_of_set(i) - 1;
      else if (i < to && is(i, '('))
        i = shut(i);
      else if (i == to || is(i, '|')) {
        out = all(begin, i, at, then);
        begin = i + 1;
      }
    }
    --depth_;
    return out && !strange_;
  }

  bool all(std::size_t from, std::size_t to, std::size_t at, const Then& then) {
    if (++steps_ > most_regex_steps || depth_ > most_regex_depth) return stop();
    if (from >= to) return then(at);
    if (is(from, '^')) return at == 0 && all(from + 1, to, at, then);
    if (is(from, '$')) return at == text_.size() && all(from + 1, to, at, then);
    std::size_t end = from + 1;
    if (is(from, '(')) end = shut(from) + 1;
    if (is(from, '[')) end = end_of_set(from);
    if (is(from, '\\')) end = from + 2;
    if (strange_ || end > to || is(from, '{') || is(from, '*') || is(from, '+')) return stop();
    const bool star = is(end, '*'), plus = is(end, '+'), maybe = is(end, '?');
    if (is(end, '{')) return stop();
    const std::size_t next = end + (star || plus || maybe ? 1 : 0);
    if (next != end && (is(next, '?') || is(next, '+'))) return stop();
    return repeat(from, end, at,
                  plus            ? 1
                  : star || maybe ? 0
                                  : 1,
                  star || plus ? 2 : 1, [this, next, to, &then](std::size_t behind) {
                    return all(next, to, behind, then);
                  });
  }

  /// `least` times or more; `most` 1: once.
  bool repeat(std::size_t from, std::size_t to, std::size_t at, int least, int most,
              const Then& then) {
    if (++steps_ > most_regex_steps || ++depth_ > most_regex_depth) return stop();
    bool out = false;
    const Then again = [&](std::size_t behind) {
      if (most == 1) return then(behind);
      return behind != at && repeat(from, to, behind, 0, most, then);
    };
    out = atom(from, to, at, again);
    if (!out && !strange_ && least == 0) out = then(at);
    --depth_;
    return out && !strange_;
  }

  bool atom(std::size_t from, std::size_t to, std::size_t at, const Then& then) {
    if (is(from, '(')) {
      if (is(from + 1, '?')) return stop();
      return any(from + 1, to - 1, at, then);
    }
    return at < text_.size() && fits_letter(from, to, text_[at]) && then(at + 1);
  }

  bool fits_letter(std::size_t from, std::size_t to, char c) {
    if (is(from, '.')) return true;
    if (is(from, '[')) return in_set(from + 1, to - 1, c);
    if (!is(from, '\\')) return wanted_.text[from] == c;
    const char escaped = wanted_.text[from + 1];
    const bool digit = c >= '0' && c <= '9';
    if (escaped == 'd') return digit;
    if (escaped == 'w') return is_name_byte(c);
    if (escaped == 's') return c == ' ' || c == '\t' || c == '\n';
    if (is_name_byte(escaped)) return stop();
    return escaped == c;
  }

  bool in_set(std::size_t from, std::size_t to, char c) {
    const bool inverted = is(from, '^');
    if (inverted) ++from;
    const std::string_view set = std::string_view(wanted_.text).substr(from, to - from);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (set[i] == '[' && i + 1 < set.size() && set[i + 1] == ':') {
        const std::size_t end = set.find(":]", i);
        const std::string_view name = set.substr(i + 2, end - i - 2);
        const bool digit = c >= '0' && c <= '9';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (name == "digit")
          found = found || digit;
        else if (name == "alpha")
          found = found || letter;
        else if (name == "alnum")
          found = found || digit || letter;
        else if (name == "space" || name == "blank")
          found = found || c == ' ' || c == '\t';
        else
          return stop();
        i = end + 1;
      } else if (set[i] == '\\') {
        return stop();  // it differs between the shells
      } else if (i + 2 < set.size() && set[i + 1] == '-') {
        found = found || (set[i] <= c && c <= set[i + 2]);
        i += 2;
      } else {
        found = found || set[i] == c;
      }
    }
    return found != inverted;
  }

  const Built& wanted_;
  std::string_view text_;
  bool strange_ = false;
  int steps_ = 0, depth_ = 0;
};

}  // namespace

Truth regex_fits(const Built& expression, const Text& text) {
  if (!expression.why.empty()) return Truth::maybe;
  const Truth out = Regex(expression, text.text).run();
  if (text.whole()) return out;
  // More may stand behind: only what fits, whatever comes, is known.
  const bool tied = expression.text.find('$') != std::string::npos;
  return out == Truth::yes && !tied ? Truth::yes : Truth::maybe;
}

}  // namespace gopol::providers::shell
