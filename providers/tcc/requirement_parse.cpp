#include <charconv>
#include <cstddef>
#include <utility>

#include "providers/tcc/requirement_text.h"

namespace gopol::providers::tcc {
namespace {

using Op = Requirement::Op;
using Match = Requirement::Match;

bool ends_word(char c) {
  return std::string_view(" \t\r\n()[]=<>~!*/\"").find(c) != std::string_view::npos;
}

Requirement of(Op op) {
  Requirement out;
  out.op = op;
  return out;
}

std::optional<std::string> bytes_of(std::string_view hex) {
  if (hex.size() % 2 != 0) return {};
  std::string out;
  for (; !hex.empty(); hex.remove_prefix(2)) {
    unsigned byte = 0;
    const auto read = std::from_chars(hex.data(), hex.data() + 2, byte, 16);
    if (read.ec != std::errc() || read.ptr != hex.data() + 2) return {};
    out += static_cast<char>(byte);
  }
  return out;
}

/// Source: requirements.grammar of libsecurity_codesigning, as far as profiles use it.
class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) { skip(); }

  std::optional<Requirement> either(int depth) {
    return chain(depth, Op::either, "or", &Parser::both);
  }
  bool at_end() const { return rest_.empty(); }

 private:
  using Reader = std::optional<Requirement> (Parser::*)(int depth);

  /// Nests to the left, as the compiler of Apple does.
  std::optional<Requirement> chain(int depth, Op op, std::string_view between, Reader part) {
    auto out = (this->*part)(depth);
    for (int links = depth; out && take_word(between); ++links) {
      auto next = (this->*part)(depth);
      if (!next || links > deepest_requirement) return {};
      Requirement both = of(op);
      both.parts.push_back(std::move(*out));
      both.parts.push_back(std::move(*next));
      out = std::move(both);
    }
    return out;
  }

  std::optional<Requirement> both(int depth) { return chain(depth, Op::both, "and", &Parser::one); }

  std::optional<Requirement> one(int depth) {
    if (depth > deepest_requirement) return {};
    if (take("!")) {
      auto part = one(depth + 1);
      if (!part) return {};
      Requirement out = of(Op::negated);
      out.parts.push_back(std::move(*part));
      return out;
    }
    if (take("(")) {
      auto inner = either(depth + 1);
      return inner && take(")") ? std::move(inner) : std::nullopt;
    }
    return primary();
  }

  std::optional<Requirement> primary() {
    if (take_word("always") || take_word("true")) return of(Op::always);
    if (take_word("never") || take_word("false")) return of(Op::never);
    if (take_word("notarized")) return of(Op::notarized);
    if (take_word("identifier")) return identifier();
    if (take_word("cdhash")) return hash(of(Op::cdhash));
    if (take_word("anchor")) return anchor();
    if (take_word("certificate") || take_word("cert")) return certificate();
    if (take_word("info")) return keyed(Op::info);
    if (take_word("entitlement")) return keyed(Op::entitlement);
    return {};
  }

  std::optional<Requirement> identifier() {
    take("=");
    auto name = text();
    if (!name) return {};
    Requirement out = of(Op::identifier);
    out.name = std::move(*name);
    return out;
  }

  std::optional<Requirement> hash(Requirement out) {
    if (!take("H")) return {};
    const auto quoted = text();
    auto bytes = quoted ? bytes_of(*quoted) : std::nullopt;
    if (!bytes) return {};
    out.data = std::move(*bytes);
    return out;
  }

  std::optional<Requirement> anchor() {
    if (take_word("trusted")) return of(Op::all_trusted);
    if (!take_word("apple")) return {};
    return of(take_word("generic") ? Op::generic_anchor : Op::apple_anchor);
  }

  std::optional<Requirement> certificate() {
    Requirement out;
    const auto slot = text();
    if (!slot) return {};
    if (*slot == "root") {
      out.slot = Requirement::root;
    } else if (*slot != "leaf") {
      const auto read = std::from_chars(slot->data(), slot->data() + slot->size(), out.slot);
      if (read.ec != std::errc() || read.ptr != slot->data() + slot->size()) return {};
    }
    if (take_word("trusted")) {
      out.op = Op::trusted;
      return out;
    }
    if (take("=")) {
      out.op = Op::certificate_hash;
      return hash(std::move(out));
    }
    return element(std::move(out));
  }

  /// `[subject.OU] = X`, `[field.1.2.3]`.
  std::optional<Requirement> element(Requirement out) {
    constexpr std::pair<std::string_view, Op> kinds[] = {
        {"field.", Op::extension}, {"policy.", Op::policy}, {"timestamp.", Op::timestamp}};
    auto name = bracketed();
    if (!name) return {};
    out.op = Op::field;
    for (const auto& [prefix, op] : kinds) {
      if (!name->starts_with(prefix)) continue;
      out.op = op;
      name->erase(0, prefix.size());
      break;
    }
    out.name = std::move(*name);
    return match(std::move(out));
  }

  std::optional<Requirement> keyed(Op op) {
    auto name = bracketed();
    if (!name) return {};
    Requirement out = of(op);
    out.name = std::move(*name);
    return match(std::move(out));
  }

  std::optional<std::string> bracketed() {
    if (!take("[")) return {};
    auto name = text();
    return name && take("]") ? std::move(name) : std::nullopt;
  }

  std::optional<Requirement> match(Requirement out) {
    constexpr std::pair<std::string_view, Match> signs[] = {
        {"<=", Match::at_most}, {">=", Match::at_least}, {"<", Match::less},
        {">", Match::greater},  {"~", Match::contains},  {"=", Match::equal}};
    if (take_word("exists")) return out;
    if (take_word("absent")) {
      out.match = Match::absent;
      return out;
    }
    for (const auto& [sign, match] : signs) {
      if (!take(sign)) continue;
      const bool ends = match == Match::equal && take("*");
      auto value = text();
      if (!value) return {};
      out.data = std::move(*value);
      const bool begins = match == Match::equal && take("*");
      out.match = ends && begins ? Match::contains
                  : ends         ? Match::ends
                  : begins       ? Match::begins
                                 : match;
      break;
    }
    return out;
  }

  /// A word, or what stands in quotes.
  std::optional<std::string> text() {
    std::string out;
    if (!rest_.starts_with('"')) {
      std::size_t end = 0;
      while (end < rest_.size() && !ends_word(rest_[end])) ++end;
      out = rest_.substr(0, end);
      rest_.remove_prefix(end);
      skip();
      return out.empty() ? std::nullopt : std::optional(std::move(out));
    }
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (rest_[at] == '"') {
        rest_.remove_prefix(at + 1);
        skip();
        return out;
      }
      if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
      out += rest_[at];
    }
    return {};
  }

  bool take(std::string_view sign) {
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    skip();
    return true;
  }

  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    if (rest_.size() > word.size() && !ends_word(rest_[word.size()])) return false;
    return take(word);
  }

  /// Blanks and comments.
  void skip() {
    while (!rest_.empty()) {
      if (std::string_view(" \t\r\n").find(rest_.front()) != std::string_view::npos) {
        rest_.remove_prefix(1);
      } else if (rest_.starts_with("/*")) {
        const std::size_t end = rest_.find("*/", 2);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 2);
      } else {
        return;
      }
    }
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Requirement> parse_requirement(std::string_view text) {
  Parser parser(text);
  auto out = parser.either(0);
  return out && parser.at_end() ? std::move(out) : std::nullopt;
}

}  // namespace gopol::providers::tcc
