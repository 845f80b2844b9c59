#include "dsl/syntax/format.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/syntax/braces.h"
#include "dsl/syntax/layout.h"
#include "dsl/syntax/sequence.h"
#include "dsl/syntax/spelling.h"

namespace gopol::dsl {
namespace {

using namespace detail;
using K = TokenKind;
using N = NodeKind;

int rank(NodeKind kind) {
  switch (kind) {
    case N::because: return 0;
    case N::owner: return 1;
    case N::when: return 2;
    case N::after: return 3;
    case N::on_unknown: return 4;
    default: return 5;
  }
}

bool has_fixed_order(NodeKind kind) {
  return kind == N::rule || kind == N::override_rule || kind == N::waive || kind == N::profile;
}

Column column_of(NodeKind kind) {
  switch (kind) {
    case N::because:
    case N::owner:
    case N::when:
    case N::after:
    case N::that:
    case N::message:
    case N::given:
    case N::expect: return Column::clause;
    case N::attribute: return Column::attribute;
    case N::let: return Column::let;
    default: return Column::none;
  }
}

class Formatter {
 public:
  explicit Formatter(const Tree& tree) : tree_(tree), spelling_(tree) { find_broken(); }

  std::string run() {
    Sequence items = sequence(tree_, 0, 0, tree_.token_count());
    mark_broken(items);
    if (!isolate_broken(items)) return std::string(tree_.text);
    write(items, 0);
    return print(std::move(lines_));
  }

 private:
  const Node& node(std::uint32_t at) const { return tree_.nodes[at]; }
  std::uint32_t end(std::uint32_t at) const { return node(at).first + node(at).count; }

  /// broken_[i]: how many of the nodes before i are errors or miss their `}`.
  void find_broken() {
    broken_.resize(tree_.nodes.size() + 1, 0);
    if (!tree_.broken) return;
    for (std::uint32_t at = 0; at < tree_.nodes.size(); ++at) {
      const bool bad = node(at).kind == N::error ||
                       (at > 0 && holds_braces(tree_, at) && !braces(tree_, at)) ||
                       (node(at).kind == N::given && tree_.broken && !given_closed(at));
      broken_[at + 1] = broken_[at] + (bad ? 1 : 0);
    }
  }
  bool given_closed(std::uint32_t at) const {
    if (braces(tree_, at)) return true;
    for (std::uint32_t token = node(at).first; token < end(at); ++token) {
      if (tree_.kinds[token] == K::brace_open || tree_.kinds[token] == K::kw_with) return false;
    }
    return true;
  }
  bool broken(std::uint32_t at) const { return broken_[at + node(at).size] != broken_[at]; }

  void mark_broken(Sequence& row) const {
    for (Member& member : row.members) member.verbatim = member.verbatim || must_copy(member.node);
  }
  /// Broken, and not only inside of a profile's items, which stand for themselves.
  bool must_copy(std::uint32_t at) const {
    if (!broken(at)) return false;
    const auto block = braces(tree_, at);
    if (node(at).kind != N::profile || !block) return true;
    Sequence row = sequence(tree_, block->node, block->open + 1, block->close);
    mark_broken(row);
    return !isolate_broken(row);
  }

  std::string copy(std::uint32_t from, std::uint32_t to) const {
    return std::string(
        tree_.text.substr(tree_.offsets[from], tree_.offsets[to] - tree_.offsets[from]));
  }

  void comments(const std::vector<OwnLine>& own, std::size_t indent, bool after_open) {
    for (const OwnLine& comment : own) {
      lines_.push_back(
          {indent, comment.text, {}, {}, Column::none, comment.blank_before && !after_open});
      after_open = false;
    }
  }

  void write(const Sequence& row, std::size_t indent) {
    bool opened = true;  // no blank line after an opening brace
    for (const Member& member : row.members) {
      comments(member.comments, indent, opened);
      opened = opened && member.comments.empty();
      const std::size_t begin = lines_.size();
      if (member.verbatim) {
        lines_.push_back({indent, copy(member.first, member.end), {}, {}, Column::none, false});
      } else {
        item(member.node, indent);
      }
      lines_[begin].blank_before = member.blank_before && !opened;
      if (!member.comment.empty()) lines_.back().comment = member.comment;
      opened = false;
    }
    comments(row.remaining, indent, opened);
  }

  void item(std::uint32_t at, std::size_t indent) {
    if (const auto block = braces(tree_, at)) {
      braced(at, *block, indent);
    } else {
      plain(at, indent);
    }
  }

  /// Splits off what neighbours align.
  Line split(std::uint32_t at, std::size_t indent, std::string text) const {
    Line line{indent, std::move(text), {}, {}, column_of(node(at).kind), false};
    std::uint32_t from = node(at).first + 1;
    switch (line.column) {
      case Column::none: return line;
      case Column::clause: break;
      case Column::attribute:
        if (const auto name = spelling_.next(from, end(at));
            tree_.kinds[node(at).first] == K::kw_default && node(at + 1).first > name + 1 &&
            is_name_after_default(name, at)) {
          line.column = Column::none;
          return line;
        }
        break;
      case Column::let:
        while (from < end(at) && tree_.kinds[from] != K::assign) ++from;
        break;
    }
    const std::size_t head = spelling_.line(node(at).first, from).size();
    line.rest = line.head.substr(std::min(line.head.size(), head + 1));
    line.head.resize(head);
    return line;
  }
  bool is_name_after_default(std::uint32_t token, std::uint32_t at) const {
    switch (tree_.kinds[token]) {
      case K::kw_in:
      case K::kw_includes:
      case K::kw_excludes:
      case K::kw_matches: return false;
      default: return token < end(at) && is_word(tree_.kinds[token]);
    }
  }

  /// An item without braces: one line, or a list broken over several.
  void plain(std::uint32_t at, std::size_t indent) {
    const std::uint32_t first = node(at).first;
    const std::uint32_t list = list_of(at);
    const bool commented = spelling_.has_comment(first, end(at));
    std::string text = spelling_.line(first, end(at));
    if (!commented && (list == 0 || indent + width(text) <= page_width)) {
      lines_.push_back(split(at, indent, std::move(text)));
    } else if (list != 0 && (!commented || only_between_elements(at, list))) {
      broken_list(at, list, indent);
    } else {
      lines_.push_back({indent, copy(first, end(at)), {}, {}, Column::none, false});
    }
  }
  /// The list that may be broken over lines; 0 if there is none.
  std::uint32_t list_of(std::uint32_t at) const {
    switch (node(at).kind) {
      case N::attribute:
      case N::let:
      case N::label:
      case N::resource: break;
      default: return 0;
    }
    for (std::uint32_t child = at + 1; child < at + node(at).size; child += node(child).size) {
      if (node(child).kind == N::list && node(child).size > 1) return child;
    }
    return 0;
  }
  bool only_between_elements(std::uint32_t at, std::uint32_t list) const {
    if (spelling_.has_comment(node(at).first, node(list).first)) return false;
    if (spelling_.has_comment(end(list), end(at))) return false;
    const Sequence row = sequence(tree_, list, node(list).first + 1, end(list) - 1);
    return std::none_of(row.members.begin(), row.members.end(), [&](const Member& element) {
      return spelling_.has_comment(element.first, element.end);
    });
  }
  void broken_list(std::uint32_t at, std::uint32_t list, std::size_t indent) {
    const std::uint32_t close = end(list) - 1;
    const Sequence row = sequence(tree_, list, node(list).first + 1, close);
    Line opening = split(at, indent, spelling_.line(node(at).first, node(list).first + 1));
    opening.comment = row.comment;
    opening.column = Column::none;
    lines_.push_back(std::move(opening));
    for (const Member& element : row.members) {
      comments(element.comments, indent + 2, false);
      const std::uint32_t next = spelling_.next(element.end, close);
      const bool bar = next < close && tree_.kinds[next] == K::bar;
      lines_.push_back({indent + 2,
                        spelling_.line(element.first, element.end) + (bar ? " |" : ","),
                        {},
                        element.comment,
                        Column::none,
                        element.blank_before && &element != row.members.data()});
    }
    comments(row.remaining, indent + 2, false);
    lines_.push_back({indent, spelling_.line(close, end(at)), {}, {}, Column::none, false});
  }

  void braced(std::uint32_t at, const Braces& block, std::size_t indent) {
    const std::uint32_t first = node(at).first;
    if (spelling_.has_comment(first, block.open)) {
      lines_.push_back({indent, copy(first, end(at)), {}, {}, Column::none, false});
      return;
    }
    if (auto one = one_line(at, block); one && indent + width(*one) <= page_width) {
      lines_.push_back(split(at, indent, *std::move(one)));
      return;
    }
    Sequence row = sequence(tree_, block.node, block.open + 1, block.close);
    order(at, row);
    Line opening = split(at, indent, spelling_.line(first, block.open + 1));
    opening.comment = row.comment;
    lines_.push_back(std::move(opening));
    write(row, indent + 2);
    lines_.push_back({indent, "}", {}, {}, Column::none, false});
  }
  void order(std::uint32_t at, Sequence& row) const {
    mark_broken(row);
    static_cast<void>(isolate_broken(row));
    if (!has_fixed_order(node(at).kind) || broken(at)) return;
    std::stable_sort(row.members.begin(), row.members.end(), [&](const Member& a, const Member& b) {
      return rank(node(a.node).kind) < rank(node(b.node).kind);
    });
  }
  /// The whole item in one line if its author wrote its block so.
  std::optional<std::string> one_line(std::uint32_t at, const Braces& block) const {
    if (spelling_.has_newline(block.open, block.close + 1) || broken(at)) return std::nullopt;
    Sequence row = sequence(tree_, block.node, block.open + 1, block.close);
    order(at, row);
    const bool commas = node(at).kind == N::given || node(at).kind == N::labels;
    std::string inside;
    for (const Member& member : row.members) {
      if (!inside.empty()) inside += commas ? ", " : "  ";
      const auto inner = braces(tree_, member.node);
      inside += inner ? one_line(member.node, *inner).value_or("")
                      : spelling_.line(member.first, member.end);
    }
    std::string out = spelling_.line(node(at).first, block.open + 1);
    out += inside.empty() ? "}" : " " + inside + " }";
    return out;
  }

  const Tree& tree_;
  Spelling spelling_;
  std::vector<std::uint32_t> broken_;
  std::vector<Line> lines_;
};

}  // namespace

std::string format(const Tree& tree) { return Formatter(tree).run(); }

}  // namespace gopol::dsl
