#include "dsl/lint/ignore.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "dsl/lint/edit.h"
#include "dsl/value/near_miss.h"

namespace gopol::dsl::lint {
namespace {

constexpr std::string_view mark = "gopol:ignore";

constexpr LintName names[] = {
    {"L801", Severity::warning, "a comment that ignores a lint, without `until` or `because`"},
    {"L802", Severity::warning, "a comment that ignores a lint, past its date"},
    {"L803", Severity::warning, "a comment that ignores nothing"},
};

/// One comment that ignores a lint.
struct Ignore {
  const Tree* tree = nullptr;
  SourceSpan span;         ///< of the comment
  std::uint32_t line = 0;  ///< what it silences begins there
  std::string code;
  bool root = true;
  bool used = false;
};

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

/// The next word; `text` goes on behind it.
std::string_view next_word(std::string_view& text) {
  text = without_blanks(text);
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

/// What follows the mark of a comment, if it has one.
std::optional<std::string_view> behind_mark(std::string_view comment) {
  comment = without_blanks(comment.substr(1));
  while (!comment.empty() && comment.back() == '\r') comment.remove_suffix(1);
  if (!comment.starts_with(mark)) return {};
  comment.remove_prefix(mark.size());
  if (!comment.empty() && comment.front() != ' ' && comment.front() != '\t') return {};
  return comment;
}

Diagnostic complaint(const LintName& lint, SourceSpan at, std::string message, std::string label,
                     std::string help) {
  Diagnostic out = finding(at, std::move(message), std::move(label), std::move(help));
  out.code = lint.code;
  out.severity = lint.level;
  return out;
}

/// Reads one text's comments.
class Reader {
 public:
  Reader(const Module& module, const SourceMap& sources, std::span<const LintName> known,
         std::optional<Date> today, Diagnostics& out)
      : tree_(*module.tree),
        root_(module.root),
        sources_(sources),
        known_(known),
        today_(today),
        out_(out) {}

  void read(std::vector<Ignore>& into) {
    if (tree_.text.find(mark) == std::string_view::npos) return;
    for (std::uint32_t at = 0; at < tree_.token_count(); ++at) {
      if (tree_.kinds[at] != TokenKind::comment) continue;
      const auto sentence = behind_mark(tree_.token_text(at));
      if (!sentence) continue;
      auto one = ignore(*sentence, tree_.token_span(at));
      if (!one) continue;
      one->line = silenced_line(at);
      into.push_back(std::move(*one));
    }
  }

 private:
  std::optional<Ignore> ignore(std::string_view sentence, SourceSpan span) {
    Ignore out{&tree_, span, 0, std::string(next_word(sentence)), root_, false};
    if (!is_known(out.code, span)) return {};
    if (next_word(sentence) != "until") return incomplete(span, out.code, "`until` and a date");
    const auto until = parse_date(next_word(sentence));
    if (!until) return incomplete(span, out.code, "`until` and a date");
    if (next_word(sentence) != "because")
      return incomplete(span, out.code, "`because` and a reason");
    const std::string_view reason = without_blanks(sentence);
    const std::size_t close = reason.rfind('"');
    if (!reason.starts_with('"') || close < 2)
      return incomplete(span, out.code, "a reason in quotes");
    if (today_ && *until < *today_) return ended(span, out.code, *until);
    return out;
  }

  bool is_known(const std::string& code, SourceSpan span) {
    std::vector<std::string> all;
    for (const LintName& lint : known_) {
      if (lint.code == code) return true;
      all.emplace_back(lint.code);
    }
    const auto near = near_miss(code, all);
    add(names[0], span, fmt::format("there is no lint `{}`", code), "ignores nothing",
        near ? fmt::format("did you mean `{}`?", *near)
             : "only lints can be ignored, one code a comment");
    return false;
  }

  std::nullopt_t incomplete(SourceSpan span, const std::string& code, std::string_view missing) {
    add(names[0], span, fmt::format("ignoring `{}` needs {}", code, missing), "not in force",
        fmt::format("write `# {} {} until 2026-12-31 because \"...\"`", mark, code));
    return std::nullopt;
  }

  std::nullopt_t ended(SourceSpan span, const std::string& code, Date until) {
    add(names[1], span, fmt::format("`{}` was ignored until {}", code, to_text(until)),
        "not in force any more", "mend what it excuses, or agree on a new date");
    return std::nullopt;
  }

  void add(const LintName& lint, SourceSpan span, std::string message, std::string label,
           std::string help) {
    if (root_)
      out_.push_back(complaint(lint, span, std::move(message), std::move(label), std::move(help)));
  }

  /// The comment's own line, or the one that the next token outside of comments stands on.
  std::uint32_t silenced_line(std::uint32_t comment) const {
    for (std::uint32_t at = comment; at-- > 0;) {
      if (tree_.token_text(at).find('\n') != std::string_view::npos) break;
      if (!is_trivia(tree_.kinds[at])) return line_of(tree_.offsets[comment]);
    }
    return next_line(comment);
  }

  std::uint32_t next_line(std::uint32_t comment) const {
    const std::uint32_t next = tree_.significant(comment);
    return next < tree_.token_count() ? line_of(tree_.offsets[next]) : 0;
  }

  std::uint32_t line_of(std::uint32_t offset) const {
    return sources_.locate(tree_.source, offset).line;
  }

  const Tree& tree_;
  bool root_;
  const SourceMap& sources_;
  std::span<const LintName> known_;
  std::optional<Date> today_;
  Diagnostics& out_;
};

using Target = std::tuple<std::uint32_t, std::uint32_t, std::string>;  // text, line, code

/// The comments by what they silence.
class Silencer {
 public:
  Silencer(std::vector<Ignore>& ignores, const SourceMap& sources) : sources_(sources) {
    for (Ignore& one : ignores)
      by_target_.emplace(Target{one.span.source.index, one.line, one.code}, &one);
  }

  /// Also by a comment where the value or the rule came from: a library is not everybody's to edit.
  bool silences(const Diagnostic& diagnostic) const {
    if (diagnostic.primary && silences(diagnostic.primary->span, diagnostic.code)) return true;
    return std::any_of(diagnostic.related.begin(), diagnostic.related.end(),
                       [&](const Label& label) { return silences(label.span, diagnostic.code); });
  }

 private:
  bool silences(SourceSpan at, const std::string& code) const {
    const auto found =
        by_target_.find(Target{at.source.index, sources_.locate(at.source, at.begin).line, code});
    if (found == by_target_.end()) return false;
    found->second->used = true;
    return true;
  }

  const SourceMap& sources_;
  std::map<Target, Ignore*> by_target_;
};

}  // namespace

std::span<const LintName> ignore_lints() { return names; }

void apply_ignores(const Program& program, const SourceMap& sources,
                   std::span<const LintName> known, std::optional<Date> today,
                   Diagnostics& diagnostics) {
  std::vector<Ignore> ignores;
  Diagnostics complaints;
  for (const Module& module : program.modules)
    Reader(module, sources, known, today, complaints).read(ignores);
  const Silencer silencer(ignores, sources);
  std::erase_if(diagnostics, [&](const Diagnostic& one) { return silencer.silences(one); });
  for (const Ignore& one : ignores) {
    if (one.used || !one.root) continue;
    auto out =
        complaint(names[2], one.span, fmt::format("there is no `{}` to ignore here", one.code),
                  "silences nothing", "");
    complaints.push_back(
        fixed(std::move(out), "remove the comment", {{whole_lines(*one.tree, one.span), ""}}));
  }
  diagnostics.insert(diagnostics.end(), complaints.begin(), complaints.end());
}

}  // namespace gopol::dsl::lint
