#include "dsl/lint/conditions.h"

#include <fmt/format.h>

#include <string>
#include <unordered_set>

#include "dsl/lint/edit.h"
#include "dsl/lint/lint.h"
#include "dsl/syntax/views.h"

namespace gopol::dsl::lint {
namespace {

void find_repeated(const Expression& all, std::string_view word, Diagnostics& out) {
  const Tree& tree = all.tree();
  std::unordered_set<std::string> seen;
  Tokens last;
  for (const Expression operand : all.all<Expression>()) {
    const Tokens here = with_parentheses(operand);
    if (!seen.insert(bare_text(operand)).second) {
      auto found = finding(operand.span(), fmt::format("this stands in the same `{}` twice", word),
                           "said before", "remove it");
      const Tokens removed{last.end, here.end};
      if (!has_comment(tree, removed))
        found = fixed(std::move(found), "remove it", {{span_of(tree, removed), ""}});
      out.push_back(std::move(found));
    }
    last = here;
  }
}

/// A pattern and the sign before it: of a condition, or of an attribute.
struct Pattern {
  String text;
  Word sign;
  std::string_view plain_sign;  ///< what compares without a pattern
};

template <class Each>
void for_all_patterns(const Program& program, Each each) {
  if (!has_token(program, TokenKind::kw_matches)) return;
  for_all<Matches>(program, [&](Matches view) {
    each(Pattern{view.right().as<String>(), view.sign(), "=="});
  });
  for_all<Attribute>(program, [&](Attribute view) {
    if (view.op() == AssertOp::matches) each(Pattern{view.value().as<String>(), view.sign(), "="});
  });
}

/// The same as a text: a path would be compared in its normal form.
bool means_itself(const std::string& pattern) {
  return !pattern.starts_with('/') || Path(pattern).text == pattern;
}

}  // namespace

Diagnostics repeated_operands(const Subject& subject) {
  Diagnostics out;
  if (has_token(subject.program, TokenKind::kw_and))
    for_all<And>(subject.program, [&](And view) { find_repeated(view, "and", out); });
  if (has_token(subject.program, TokenKind::kw_or))
    for_all<Or>(subject.program, [&](Or view) { find_repeated(view, "or", out); });
  return out;
}

Diagnostics plain_patterns(const Subject& subject) {
  Diagnostics out;
  for_all_patterns(subject.program, [&](const Pattern& pattern) {
    if (!pattern.text || pattern.text.interpolated()) return;
    const std::string text = pattern.text.decoded();
    if (text.find_first_of("*?") != std::string::npos) return;
    auto found =
        finding(pattern.text.span(), "this pattern has neither `*` nor `?`", "matches only itself");
    const std::string title = fmt::format("write `{}`", pattern.plain_sign);
    if (means_itself(text)) {
      found =
          fixed(std::move(found), title, {{pattern.sign.span, std::string(pattern.plain_sign)}});
    } else {
      found.help = "paths have no doubled or trailing `/`: nothing matches";
    }
    out.push_back(std::move(found));
  });
  return out;
}

Diagnostics patterns_for_all(const Subject& subject) {
  Diagnostics out;
  for_all_patterns(subject.program, [&](const Pattern& pattern) {
    if (!pattern.text || pattern.text.decoded().find_first_not_of('*') != std::string::npos) return;
    if (pattern.text.decoded().empty()) return;
    out.push_back(finding(pattern.text.span(), "this pattern matches every text", "always matches",
                          pattern.plain_sign == "="
                              ? "leave it out, or say what the text shall look like"
                              : "write `is present`, or say what the text shall look like"));
  });
  return out;
}

Diagnostics twofold_negations(const Subject& subject) {
  Diagnostics out;
  for_all<Not>(subject.program, [&](Not view) {
    const auto inner = view.operand().as<Compare>();
    if (!inner || inner.op() != CompareOp::unequal) return;
    const std::string_view text = view.tree().text;
    const SourceSpan at = inner.span(), sign = inner.sign().span;
    const std::string better = fmt::format("{}=={}", text.substr(at.begin, sign.begin - at.begin),
                                           text.substr(sign.end, at.end - sign.end));
    auto found = finding(view.span(), "`not` and `!=` take each other back", "twice negated");
    const Node& node = view.node();
    const bool commented = has_comment(view.tree(), {node.first, node.first + node.count});
    found.help = fmt::format("write `{}`", better);
    if (!commented)
      found = fixed(std::move(found), fmt::format("write `{}`", better), {{view.span(), better}});
    out.push_back(std::move(found));
  });
  return out;
}

}  // namespace gopol::dsl::lint
