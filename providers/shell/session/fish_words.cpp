#include <algorithm>
#include <optional>
#include <utility>

#include "providers/shell/session/expand.h"
#include "providers/shell/session/file_names.h"
#include "providers/shell/session/fish.h"

namespace gopol::providers::shell {
namespace {

constexpr std::size_t most_fields = 1'000;

class FishWord {
 public:
  FishWord(Session& session, std::string_view word) : session_(session), word_(word) {}

  Fields run() {
    while (at_ < word_.size() && why_.empty()) step();
    Fields out;
    out.why = why_;
    for (const Built& one : words_) {
      if (out.why.empty() && has_pattern(session_, one)) {
        auto names = file_names(session_, one);
        if (!names) out.why = untold;
        for (std::string& name : names ? *names : std::vector<std::string>{})
          out.items.push_back({std::move(name), {}});
        continue;
      }
      out.items.push_back(one.plain());
    }
    return out;
  }

  /// The word as one, its bare letters still patterns.
  Built built() {
    while (at_ < word_.size() && why_.empty()) step();
    Built out;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (i > 0) out.add(" ", Built::Kind::quoted);
      out.text += words_[i].text;
      out.kinds.insert(out.kinds.end(), words_[i].kinds.begin(), words_[i].kinds.end());
      if (out.why.empty()) out.why = words_[i].why;
    }
    if (out.why.empty()) out.why = why_;
    return out;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < word_.size() ? word_[at_ + ahead] : '\0';
  }
  void lose(std::string_view why = untold) {
    if (why_.empty()) why_ = why;
  }
  void literal(std::string_view text, Built::Kind kind) {
    for (Built& one : words_) {
      if (one.why.empty()) one.add(text, kind);
    }
  }

  /// Each word so far with each of these behind it.
  void multiply(const std::vector<Text>& by) {
    if (by.size() * words_.size() > most_fields) return lose("it is longer than gopol follows");
    std::vector<Built> out;
    for (const Text& one : by) {
      for (Built word : words_) {
        if (word.why.empty()) word.add(one, Built::Kind::quoted);
        out.push_back(std::move(word));
      }
    }
    words_ = std::move(out);
  }
  void multiply(const Fields& by) {
    multiply(by.items);
    if (!by.why.empty()) lose(by.why);
  }

  void step() {
    const char c = peek();
    if (c == '\'') return single_quoted();
    if (c == '"') return double_quoted();
    if (c == '\\') return escaped();
    if (c == '$') return peek(1) == '(' ? command(1) : multiply(variable());
    if (c == '(') return command(0);
    if (c == '{') return braced();
    if (c == '~' && at_ == 0) return tilde();
    literal(std::string_view(&word_[at_++], 1),
            c == '*' || c == '?' ? Built::Kind::literal : Built::Kind::quoted);
  }

  void tilde() {
    if (peek(1) != '\0' && peek(1) != '/') return lose();
    ++at_;
    multiply({fish_items(session_, "HOME")});
  }

  void single_quoted() {
    for (++at_; at_ < word_.size() && peek() != '\''; ++at_) {
      if (peek() == '\\' && (peek(1) == '\\' || peek(1) == '\'')) ++at_;
      literal(std::string_view(&word_[at_], 1), Built::Kind::quoted);
    }
    ++at_;
  }

  void escaped() {
    const char c = peek(1);
    at_ += 2;
    if (c == '\n') return;
    if (c == 'n' || c == 't') return literal(c == 'n' ? "\n" : "\t", Built::Kind::quoted);
    if (c == '\0' || is_name_byte(c)) return lose();
    literal(std::string_view(&c, 1), Built::Kind::quoted);
  }

  void double_quoted() {
    for (++at_; at_ < word_.size() && peek() != '"' && why_.empty();) {
      const char c = peek();
      if (c == '\\' && std::string_view("\\\"$").find(peek(1)) != std::string_view::npos &&
          peek(1) != '\0') {
        literal(std::string_view(&word_[at_ + 1], 1), Built::Kind::quoted);
        at_ += 2;
      } else if (c == '\\' && peek(1) == '\n') {
        at_ += 2;
      } else if (c == '$' && (is_name_byte(peek(1)) || peek(1) == '(' || peek(1) == '$')) {
        inside_quotes();
      } else {
        literal(std::string_view(&word_[at_++], 1), Built::Kind::quoted);
      }
    }
    ++at_;
  }

  /// A list between double quotes is one text.
  void inside_quotes() {
    Fields list;
    std::string between = " ";
    if (peek(1) == '(') {
      list = printed(1);
      between = "\n";
    } else {
      std::size_t end = at_ + 1;
      while (end < word_.size() && is_name_byte(word_[end])) ++end;
      const std::string_view name = word_.substr(at_ + 1, end - at_ - 1);
      const auto at = session_.state.variables.find(name);
      const bool colons = at != session_.state.variables.end() && at->second.colons;
      if (name == "PATH" || colons) between = ":";
      list = variable();
    }
    Text all;
    for (std::size_t i = 0; i < list.items.size() && all.whole(); ++i) {
      all.text += (i == 0 ? "" : between) + list.items[i].text;
      all.why = list.items[i].why;
    }
    if (all.whole() && !list.why.empty()) {
      if (!list.items.empty()) all.text += between;
      all.why = list.why;
    }
    multiply(std::vector{all});
  }

  /// `[…]` behind a variable or a command, if it is there.
  Fields indexed(Fields list) {
    while (peek() == '[' && why_.empty()) {
      const std::size_t end = closing(word_, at_);
      if (end == std::string_view::npos) {
        lose();
        return list;
      }
      const std::string inside(word_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      Fields out;
      for (std::size_t from = 0; from < inside.size();) {
        const std::size_t stop = std::min(inside.find(' ', from), inside.size());
        const std::string_view piece = std::string_view(inside).substr(from, stop - from);
        const bool bare = piece.find_first_of("$(\"'") == std::string_view::npos;
        const Fields given = bare || piece.empty() ? Fields{} : fish_fields(session_, piece);
        if (bare && !piece.empty()) fish_pick(list, piece, out);
        for (const Text& one : given.items)
          one.whole() ? fish_pick(list, one.text, out) : lose(one.why);
        if (!given.why.empty()) lose(given.why);
        from = stop + 1;
      }
      list = std::move(out);
    }
    return list;
  }

  Fields variable() {
    std::size_t dollars = 0;
    while (peek() == '$') ++at_, ++dollars;
    std::size_t end = at_;
    while (end < word_.size() && is_name_byte(word_[end])) ++end;
    Fields out;
    if (end == at_ || dollars > 2) {
      lose();
      return out;
    }
    out = indexed(named(word_.substr(at_, end - at_), end));
    if (dollars == 1) return out;
    Fields inner;
    for (const Text& one : out.items) {
      if (!one.whole()) inner.why = one.why;
      Fields more = one.whole() ? fish_items(session_, one.text) : Fields{};
      for (Text& item : more.items) inner.items.push_back(std::move(item));
      if (inner.why.empty()) inner.why = more.why;
    }
    if (inner.why.empty()) inner.why = out.why;
    return inner;
  }

  Fields named(std::string_view name, std::size_t end) {
    at_ = end;
    return fish_items(session_, name);
  }

  Fields printed(std::size_t ahead) {
    const std::size_t end = closing(word_, at_ + ahead);
    if (end == std::string_view::npos) {
      lose();
      return {};
    }
    const std::string_view inside = word_.substr(at_ + ahead + 1, end - at_ - ahead - 1);
    at_ = end + 1;
    FishLines lines = fish_output(session_, inside);
    session_.printed = lines.success;
    return indexed({std::move(lines.items), std::move(lines.why)});
  }
  void command(std::size_t ahead) { multiply(printed(ahead)); }

  /// `{a,b}` is each of them; `{a}` without a comma is itself.
  void braced() {
    const std::size_t end = closing(word_, at_);
    if (end == std::string_view::npos) return lose();
    const std::string_view inside = word_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    Fields out;
    std::size_t from = 0, commas = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= inside.size(); ++i) {
      const char c = i < inside.size() ? inside[i] : ',';
      if (c == '(' || c == '{') ++depth;
      if (c == ')' || c == '}') --depth;
      if (c == '"' || c == '\'' || c == '\\') return lose();
      if (c != ',' || depth > 0) continue;
      commas += i < inside.size() ? 1 : 0;
      add_branch(inside.substr(from, i - from), out);
      from = i + 1;
    }
    if (commas == 0 && inside.find('$') == std::string_view::npos) {
      literal("{", Built::Kind::quoted);
      multiply(out);
      return literal("}", Built::Kind::quoted);
    }
    multiply(out);
  }

  void add_branch(std::string_view text, Fields& out) {
    const std::size_t first = text.find_first_not_of(" \n\t");
    text = first == std::string_view::npos ? std::string_view{} : text.substr(first);
    text = text.substr(0, text.find_last_not_of(" \n\t") + 1);
    if (text.empty()) return out.items.push_back({});
    if (text.find_first_of("*?") != std::string_view::npos) return lose();
    Fields more = fish_fields(session_, text);
    for (Text& item : more.items) out.items.push_back(std::move(item));
    if (out.why.empty()) out.why = std::move(more.why);
  }

  Session& session_;
  std::string_view word_;
  std::size_t at_ = 0;
  std::vector<Built> words_ = {{}};
  std::string why_;
};

}  // namespace

Fields fish_fields(Session& session, std::string_view word) {
  return FishWord(session, word).run();
}

Built fish_built(Session& session, std::string_view word) {
  return FishWord(session, word).built();
}

Built fish_pattern(std::string_view text) {
  Built out;
  for (const char c : text) {
    out.add(std::string_view(&c, 1),
            c == '*' || c == '?' ? Built::Kind::literal : Built::Kind::quoted);
  }
  return out;
}

}  // namespace gopol::providers::shell
