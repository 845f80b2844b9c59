#include <algorithm>
#include <utility>

#include "providers/shell/session/expand.h"
#include "providers/shell/session/fish.h"
#include "providers/shell/session/outputs.h"

namespace gopol::providers::shell {

std::size_t closing(std::string_view text, std::size_t from) {
  const char open = text[from], shut = open == '(' ? ')' : open == '{' ? '}' : ']';
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      ++i;
    } else if (c == '\'' && !quoted) {
      i = std::min(text.find('\'', i + 1), text.size());
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == open) {
      ++depth;
    } else if (c == shut && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

namespace {

/// Walks through a word once.
class Builder {
 public:
  Builder(Session& session, std::string_view word, Place place)
      : session_(session), word_(word), place_(place) {}

  Built run() {
    while (at_ < word_.size() && out_.why.empty()) step();
    if (quoted_ && out_.why.empty()) out_.why = untold;
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < word_.size() ? word_[at_ + ahead] : '\0';
  }
  Built::Kind kind() const { return quoted_ ? Built::Kind::quoted : Built::Kind::from_variable; }
  Built::Kind of_command() const {
    return quoted_ ? Built::Kind::quoted : Built::Kind::from_command;
  }
  void lose() { out_.why = untold; }

  void step() {
    const char c = peek();
    const bool home = begins_ && !quoted_;
    begins_ = false;
    if (c == '"') {
      quoted_ = !quoted_;
      out_.had_quotes = true;
      ++at_;
    } else if (c == '\'' && !quoted_) {
      single_quoted();
    } else if (c == '\\') {
      escaped();
    } else if (c == '~' && home) {
      tilde();
    } else if (c == '`') {
      backticks();
    } else if (c == '$') {
      dollar();
    } else {
      out_.add(std::string_view(&word_[at_++], 1),
               quoted_ ? Built::Kind::quoted : Built::Kind::literal);
      begins_ = place_ == Place::value && c == ':';
    }
  }

  void single_quoted() {
    const std::size_t end = word_.find('\'', at_ + 1);
    if (end == std::string_view::npos) return lose();
    out_.add(word_.substr(at_ + 1, end - at_ - 1), Built::Kind::quoted);
    out_.had_quotes = true;
    at_ = end + 1;
  }

  void escaped() {
    const char next = peek(1);
    at_ += 2;
    if (next == '\n') return;  // the line goes on
    if (next == '\0') return out_.add("\\", Built::Kind::quoted);
    const bool only_some =
        quoted_ && std::string_view("$`\"\\").find(next) == std::string_view::npos;
    if (only_some) out_.add("\\", Built::Kind::quoted);
    out_.add(std::string_view(&next, 1), Built::Kind::quoted);
  }

  void tilde() {
    const char next = peek(1);
    if (next != '\0' && next != '/' && next != ':') return lose();  // another user's, or `~name`
    ++at_;
    out_.add(value_of(session_, "HOME"), Built::Kind::quoted);
  }

  void backticks() {
    const std::size_t end = word_.find('`', at_ + 1);
    if (end == std::string_view::npos) return lose();
    out_.add(output_of(session_, word_.substr(at_ + 1, end - at_ - 1)).text, of_command());
    at_ = end + 1;
  }

  void dollar() {
    const char next = peek(1);
    if (next == '(' || next == '{') return bracketed();
    if (next == '\'' && !quoted_) return c_quoted();
    if (next == '"' && !quoted_) {
      ++at_;
      return;
    }
    if (session_.shell == Shell::zsh && next == '+' && is_name_byte(peek(2))) {
      std::size_t end = at_ + 2;
      while (end < word_.size() && is_name_byte(word_[end])) ++end;
      if (end < word_.size() && word_[end] == '[') {
        const std::size_t shut = closing(word_, end);
        if (shut == std::string_view::npos) return lose();
        end = shut + 1;
      }
      out_.add(parameter(session_, word_.substr(at_ + 1, end - at_ - 1), place_), kind());
      at_ = end;
      return;
    }
    if (session_.shell == Shell::zsh && next == '#' && is_name_byte(peek(2))) {
      std::size_t stop = at_ + 2;
      while (stop < word_.size() && is_name_byte(word_[stop])) ++stop;
      out_.add(parameter(session_, word_.substr(at_ + 1, stop - at_ - 1), place_), kind());
      at_ = stop;
      return;
    }
    std::size_t end = at_ + 1;
    if (std::string_view("?#-!@*$").find(next) != std::string_view::npos && next != '\0')
      ++end;
    else if (next >= '0' && next <= '9')
      ++end;
    else
      while (end < word_.size() && is_name_byte(word_[end])) ++end;
    if (end == at_ + 1) {
      out_.add("$", quoted_ ? Built::Kind::quoted : Built::Kind::literal);
      ++at_;
      return;
    }
    const std::string_view name = word_.substr(at_ + 1, end - at_ - 1);
    if (session_.shell == Shell::zsh && end < word_.size() && word_[end] == '[') {
      const std::size_t shut = closing(word_, end);
      if (shut == std::string_view::npos) return lose();
      out_.add(parameter(session_, word_.substr(at_ + 1, shut - at_), place_), kind());
      at_ = shut + 1;
      return;
    }
    std::string_view modifiers;
    if (session_.shell == Shell::zsh && !quoted_) {
      std::size_t stop = end;
      while (stop + 1 < word_.size() && word_[stop] == ':' &&
             std::string_view("hAtae").find(word_[stop + 1]) != std::string_view::npos &&
             (stop + 2 == word_.size() || !is_name_byte(word_[stop + 2])))
        stop += 2;
      modifiers = word_.substr(end, stop - end);
    }
    if (is_variable_name(name) && is_set(session_, name) == Truth::no) note_unset(session_);
    const std::string inside = std::string(name) + std::string(modifiers);
    out_.add(modifiers.empty() ? value_of(session_, name) : parameter(session_, inside, place_),
             kind());
    at_ = end + modifiers.size();
  }

  void bracketed() {
    const std::size_t end = closing(word_, at_ + 1);
    if (end == std::string_view::npos) return lose();
    const std::string_view inside = word_.substr(at_ + 2, end - at_ - 2);
    if (peek(1) == '{')
      out_.add(parameter(session_, inside, quoted_ ? Place::value : place_), kind());
    else if (inside.starts_with('(') && inside.ends_with(')'))
      out_.add(arithmetic(session_, inside.substr(1, inside.size() - 2)), kind());
    else
      out_.add(output_of(session_, inside).text, of_command());
    at_ = end + 1;
  }

  /// `$'…'`: only what people write in profiles.
  void c_quoted() {
    out_.had_quotes = true;
    for (at_ += 2; at_ < word_.size() && peek() != '\''; ++at_) {
      if (peek() != '\\') {
        out_.add(std::string_view(&word_[at_], 1), Built::Kind::quoted);
        continue;
      }
      ++at_;
      const char c = peek();
      const std::string_view plain = "\\'\"";
      if (plain.find(c) != std::string_view::npos && c != '\0')
        out_.add(std::string_view(&word_[at_], 1), Built::Kind::quoted);
      else if (c == 'n' || c == 't')
        out_.add(c == 'n' ? "\n" : "\t", Built::Kind::quoted);
      else
        return lose();
    }
    ++at_;
  }

  Session& session_;
  std::string_view word_;
  Place place_;
  std::size_t at_ = 0;
  bool quoted_ = false, begins_ = true;
  Built out_;
};

}  // namespace

void note_unset(Session& session) {
  if (option(session, "unset") == Truth::no) session.stopped = true;
}

Built built(Session& session, std::string_view word, Place place) {
  if (session.shell == Shell::fish) return fish_built(session, word);
  return Builder(session, word, place).run();
}

Text expanded(Session& session, std::string_view word, Place place) {
  return built(session, word, place).plain();
}

}  // namespace gopol::providers::shell
