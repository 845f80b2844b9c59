#include "dsl/syntax/explain.h"

#include <fmt/format.h>

#include <utility>

#include "dsl/value/harmless.h"

namespace gopol::dsl::detail {
namespace {

using K = TokenKind;

Diagnostic with_fix(Diagnostic out, std::string title, SourceSpan at, std::string text,
                    Safety safety = Safety::safe) {
  out.fixes.push_back({std::move(title), safety, {{at, std::move(text)}}});
  return out;
}

bool is_value(TokenKind kind) {
  return (kind >= K::date && kind <= K::raw) || kind == K::bracket_open || is_word(kind);
}

constexpr std::size_t longest_quote = 40;  // bytes of a token that a message repeats

}  // namespace

TokenKind Explainer::kind(std::uint32_t at) const {
  return at < tokens_.kinds.size() ? tokens_.kinds[at] : K::blank;
}

std::string_view Explainer::text(std::uint32_t at) const {
  return at < tokens_.kinds.size() ? tree_.token_text(tokens_.indices[at]) : std::string_view();
}

SourceSpan Explainer::span(std::uint32_t at) const {
  if (at < tokens_.kinds.size()) return tree_.token_span(tokens_.indices[at]);
  const auto end = static_cast<std::uint32_t>(tree_.text.size());
  return {tree_.source, end, end};
}

std::string Explainer::found(std::uint32_t at) const {
  if (at >= tokens_.kinds.size()) return "the file ends here";
  if (kind(at) >= K::date && kind(at) <= K::raw) return "found a value here";
  const std::string_view what = text(at);
  if (what.size() > longest_quote) return "found this";
  return fmt::format("found `{}`", what);
}

Diagnostic Explainer::foreign(std::uint32_t at, const char* ours, std::string replacement) const {
  SourceSpan where = span(at);
  if (kind(at) == K::slash_comment) where.end = where.begin + 2;
  const std::string_view theirs = sources_.text(where);
  const std::string title = fmt::format("write `{}`", ours);
  return with_fix(problem("P1003", where, fmt::format("gopol writes `{}`, not `{}`", ours, theirs),
                          "not gopol", title),
                  title, where, std::move(replacement));
}

Diagnostic Explainer::single_quoted(std::uint32_t at) const {
  const std::string_view written = text(at);
  Diagnostic out = problem("P1003", span(at), "gopol writes texts in double quotes",
                           "single quotes", "write `\"` on both sides");
  if (written.size() < 2 || written.back() != '\'' ||
      written.find_first_of("\"\\$") != std::string_view::npos) {
    return out;
  }
  return with_fix(std::move(out), "write it in double quotes", span(at),
                  fmt::format("\"{}\"", written.substr(1, written.size() - 2)));
}

Diagnostic Explainer::bad_number(std::uint32_t at) const {
  const std::string_view written = text(at);
  Diagnostic out = problem(
      "P1005", span(at), fmt::format("`{}` is not a version", written.substr(0, longest_quote)),
      "not a value", "versions are 1.22.2, 1.22.x; dates 2026-12-31; durations 90s, 12h, 7d");
  if (written.back() != '.' || written.find_first_not_of("0123456789.") != std::string_view::npos) {
    out.message = fmt::format("`{}` is no number, version, date or duration",
                              written.substr(0, longest_quote));
    return out;
  }
  const std::string wild = std::string(written) + "x";
  out.help = fmt::format("did you mean `{}`?", wild.substr(0, longest_quote));
  return with_fix(std::move(out), fmt::format("write `{}`", wild), span(at), wild, Safety::unsafe);
}

Diagnostic Explainer::bad_string(std::uint32_t at) const {
  const std::string_view written = text(at);
  const SourceSpan whole = span(at);
  const auto place = [&](std::size_t from, std::size_t bytes) {
    const auto begin = whole.begin + static_cast<std::uint32_t>(from);
    return SourceSpan{whole.source, begin, begin + static_cast<std::uint32_t>(bytes)};
  };
  const char quote = written.front();
  for (std::size_t i = 1; quote == '"' && i + 1 < written.size(); ++i) {
    if (written[i] == '\\') {
      const bool known = std::string_view("\"\\nt$").find(written[i + 1]) != std::string_view::npos;
      if (!known && !parse_unicode_escape(written.substr(i + 1))) {
        return problem(
            "P1005", place(i, 2), fmt::format("`\\{}` is not an escape", written[i + 1]),
            "not an escape",
            "texts know `\\\"`, `\\\\`, `\\n`, `\\t`, `\\$` and `\\u{202E}` for a character");
      }
      ++i;
    } else if (written[i] == '$' && written[i + 1] == '{') {
      const std::size_t end = written.find('}', i);
      const std::string_view inner =
          written.substr(i + 2, end == std::string_view::npos ? end : end - i - 2);
      const bool plain = !inner.empty() && inner.find_first_of(" \t\\$") == std::string_view::npos;
      if (end == std::string_view::npos || !plain) {
        return problem("P1005", place(i, 2), "`${` begins the name of a fact, as in `${user.home}`",
                       "no name follows", "write `\\${` for the characters themselves");
      }
    }
  }
  if (written.size() < 2 || written.back() != quote) {
    return problem(
        "P1005", place(0, 1), fmt::format("this text has no closing `{}`", quote), "opened here",
        quote == '"' ? "close it on its line; texts over lines stand in backquotes" : "");
  }
  return problem("P1005", whole, "this text is not well-formed", "not a text",
                 "`${…}` holds the name of a fact, as in `${user.home}`");
}

Diagnostic Explainer::junk(std::uint32_t at) const {
  switch (kind(at)) {
    case K::bad_number: return bad_number(at);
    case K::bad_string: return bad_string(at);
    case K::single_quoted: return single_quoted(at);
    case K::slash_comment: return foreign(at, "#", "#");
    case K::and_and: return foreign(at, "and", "and");
    case K::or_or: return foreign(at, "or", "or");
    case K::bang: return foreign(at, "not", "not ");
    case K::semicolon:
      return with_fix(
          problem("P1003", span(at), "gopol ends nothing with `;`", "not gopol", "leave it out"),
          "leave it out", span(at), "");
    default:
      return problem("P1001", span(at), "this character has no meaning here", "not gopol",
                     "outside of texts and comments, gopol is written in ASCII");
  }
}

std::optional<Diagnostic> Explainer::sign_slip(const Failure& failure) const {
  const std::uint32_t at = failure.at;
  const Need need = failure.expected.need;
  if (need == Need::assign || need == Need::assert_op) {
    const std::string title = "write `=`";
    const std::string after =
        at > 0 ? fmt::format(" after `{}`", text(at - 1).substr(0, longest_quote)) : "";
    if (kind(at) == K::equal) {
      return with_fix(
          problem("P1001", span(at), "one `=` sets a value, `==` compares", "one `=` here", title),
          title, span(at), "=");
    }
    if (kind(at) == K::colon) {
      return with_fix(
          problem("P1001", span(at), "gopol sets a value with `=`, not `:`", "`=` here", title),
          title, span(at), "=");
    }
    if (is_value(kind(at)) && !is_reserved(kind(at))) {
      Diagnostic out = problem("P1001", span(at), fmt::format("expected `=`{}", after), found(at));
      if (at == 0) return out;
      const std::string better = fmt::format("{} = {}", text(at - 1).substr(0, longest_quote),
                                             text(at).substr(0, longest_quote));
      out.help = kind(at) == K::bracket_open ? fmt::format("write `{} = …`", text(at - 1))
                                             : fmt::format("write `{}`", better);
      const SourceSpan before{tree_.source, span(at).begin, span(at).begin};
      return with_fix(std::move(out), "insert `=`", before, "= ");
    }
  }
  if (need == Need::colon && kind(at) == K::assign) {
    return with_fix(problem("P1001", span(at), "a name and its type are joined by `:`, not `=`",
                            "`:` here", "write `:`"),
                    "write `:`", span(at), ":");
  }
  if (need != Need::assign && need != Need::assert_op && kind(at) == K::assign && at > 0) {
    const std::string title = "write `==`";
    return with_fix(problem("P1001", span(at), "a guard compares with `==`; `=` sets a value",
                            "`==` here", title),
                    title, span(at), "==");
  }
  return std::nullopt;
}

Diagnostic Explainer::explain(const Failure& failure) const {
  const std::uint32_t at = failure.at;
  if (failure.expected.need == Need::depth) {
    return problem("P1008", span(at), failure.expected.message, "too deep", failure.expected.help);
  }
  if (text(failure.item) == "if" && (at > failure.item || kind(at + 1) != K::brace_open)) {
    return foreign(failure.item, "when", "when");
  }
  if (is_junk(kind(at))) return junk(at);
  if (auto slip = sign_slip(failure)) return *std::move(slip);
  if (failure.expected.need == Need::until) {
    return problem("P1006", span(at), "`waive` needs `until DATE`", found(at),
                   "a waiver ends on a day: write `until 2026-12-31`");
  }
  return problem("P1001", span(at), failure.expected.message, found(at), failure.expected.help);
}

std::uint32_t Explainer::suggested_line(std::uint32_t open, std::uint32_t at) const {
  const auto line = [&](std::uint32_t token) {
    return sources_.locate(tree_.source, span(token).begin).line;
  };
  const auto indentation = [&](std::uint32_t number) {
    return sources_.line(tree_.source, number).find_first_not_of(" \t");
  };
  std::uint32_t last = line(open);
  const std::size_t base = indentation(last);
  for (std::uint32_t token = open + 1; token < at; ++token) {
    const std::uint32_t here = line(token);
    if (here != last && indentation(here) <= base && kind(token) != K::brace_close) return last;
    last = here;
  }
  return last;
}

Diagnostic Explainer::unclosed(std::uint32_t open, std::uint32_t at) const {
  const LineColumn from = sources_.locate(tree_.source, span(open).begin);
  const LineColumn to = sources_.locate(tree_.source, span(at).begin);
  const bool ends = at >= tokens_.kinds.size();
  const std::string before =
      ends ? "the end of the file" : fmt::format("`{}` at {}:{}", text(at), to.line, to.column);
  Diagnostic out =
      problem("P1002", span(open),
              fmt::format("this `{{` opened at {}:{} is not closed before {}", from.line,
                          from.column, before),
              "opened here",
              fmt::format("indentation suggests `}}` after line {}", suggested_line(open, at)));
  if (!ends) out.related.push_back({span(at), "still open here"});
  return out;
}

}  // namespace gopol::dsl::detail
