#include "dsl/syntax/sequence.h"

#include <algorithm>
#include <utility>

namespace gopol::dsl::detail {
namespace {

using K = TokenKind;

/// Walks the tokens between two members.
class Gap {
 public:
  Gap(const Tree& tree, Sequence& row) : tree_(tree), row_(row) {}

  std::uint32_t newlines() const { return newlines_; }
  bool line_ended() const { return line_ended_; }
  std::vector<OwnLine> take_comments() { return std::exchange(comments_, {}); }

  void walk(std::uint32_t from, std::uint32_t to) {
    newlines_ = 0;
    line_ended_ = from == 0;
    for (std::uint32_t at = from; at < to; ++at) {
      const std::string_view text = tree_.token_text(at);
      if (tree_.kinds[at] == K::blank) {
        newlines_ += static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
        line_ended_ = line_ended_ || newlines_ > 0;
      } else if (tree_.kinds[at] == K::comment) {
        comment(text);
      }
    }
  }

 private:
  void comment(std::string_view text) {
    std::string trimmed(text.substr(0, text.find_last_not_of(" \t\r") + 1));
    if (!line_ended_ && !row_.members.empty()) {
      row_.members.back().comment = std::move(trimmed);
    } else if (!line_ended_) {
      row_.comment = std::move(trimmed);
    } else {
      comments_.push_back({std::move(trimmed), newlines_ > 1});
    }
    newlines_ = 0;
  }

  const Tree& tree_;
  Sequence& row_;
  std::vector<OwnLine> comments_;
  std::uint32_t newlines_ = 0;
  bool line_ended_ = false;
};

/// Parentheses around an element leave no node; they belong to it all the same.
void take_parentheses(const Tree& tree, Member& member, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t at = member.first; at > from;) {
    --at;
    if (tree.kinds[at] == K::paren_open)
      member.first = at;
    else if (!is_trivia(tree.kinds[at]))
      break;
  }
  for (std::uint32_t at = member.end; at < to; ++at) {
    if (tree.kinds[at] == K::paren_close)
      member.end = at + 1;
    else if (!is_trivia(tree.kinds[at]))
      break;
  }
}

}  // namespace

Sequence sequence(const Tree& tree, std::uint32_t node, std::uint32_t from, std::uint32_t to) {
  Sequence row;
  Gap gap(tree, row);
  std::uint32_t cursor = from;
  const std::uint32_t past = node + tree.nodes[node].size;
  for (std::uint32_t child = node + 1; child < past; child += tree.nodes[child].size) {
    const Node& at = tree.nodes[child];
    if (at.first < from || at.first >= to) continue;
    Member member;
    member.node = child;
    member.first = at.first;
    member.end = at.first + at.count;
    take_parentheses(tree, member, cursor, to);
    gap.walk(cursor, member.first);
    member.comments = gap.take_comments();
    member.blank_before = gap.newlines() > 1;
    member.first_on_line = gap.line_ended();
    member.verbatim = at.kind == NodeKind::error;
    cursor = member.end;
    row.members.push_back(std::move(member));
  }
  gap.walk(cursor, to);
  row.remaining = gap.take_comments();
  row.ends_line = gap.line_ended() || to == tree.token_count();
  return row;
}

bool isolate_broken(Sequence& row) {
  std::vector<Member> joined;
  for (Member& member : row.members) {
    const bool shares = !joined.empty() && !member.first_on_line;
    if (shares && (member.verbatim || joined.back().verbatim)) {
      joined.back().verbatim = true;
      joined.back().end = member.end;
      joined.back().comment = std::move(member.comment);
      continue;
    }
    if (joined.empty() && member.verbatim && !member.first_on_line) return false;
    joined.push_back(std::move(member));
  }
  row.members = std::move(joined);
  if (row.members.empty()) return true;
  if (row.members.front().verbatim && !row.members.front().first_on_line) return false;
  return !row.members.back().verbatim || row.ends_line;
}

}  // namespace gopol::dsl::detail
