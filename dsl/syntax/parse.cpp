#include "dsl/syntax/parse.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/must_if.hpp>
#include <tao/pegtl/normal.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/parse.hpp>
#include <tao/pegtl/parse_error.hpp>
#include <type_traits>
#include <utility>
#include <vector>

#include "dsl/syntax/builder.h"
#include "dsl/syntax/encoding.h"
#include "dsl/syntax/explain.h"
#include "dsl/syntax/grammar.h"
#include "dsl/syntax/lex.h"
#include "dsl/syntax/messages.h"
#include "dsl/syntax/node_kinds.h"
#include "dsl/syntax/recovery.h"
#include "dsl/value/go_version.h"
#include "dsl/value/version.h"

namespace gopol::dsl {
namespace {

namespace pegtl = tao::pegtl;
using namespace detail;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

constexpr int deepest = 200;

/// What the matcher carries along.
struct State {
  Builder builder;
  Landmarks landmarks;
  Explainer explainer;
  const char* begin;  ///< of the input: one byte a token
  Diagnostics errors;
  Failure failure;                         ///< of the rule that had to match
  std::vector<std::uint32_t> open_braces;  ///< tokens
  std::uint32_t unclosed_at = UINT32_MAX;  ///< where a missing `}` was last reported
  int depth = 0;
  bool stopped = false;  ///< too many errors: the rest is not read

  std::uint32_t at(const Input& in) const {
    return static_cast<std::uint32_t>(in.current() - begin);
  }
  void report(Diagnostic problem) {
    if (!stopped) errors.push_back(std::move(problem));
    stopped = errors.size() >= most_errors;
  }
};

struct Messages {
  template <class Rule>
  static constexpr const char* message = expected<Rule>.message;
};

template <class Rule>
struct Control : pegtl::must_if<Messages>::control<Rule> {
  using Base = typename pegtl::must_if<Messages>::template control<Rule>;

  static constexpr bool opens = node_of<Rule> != NodeKind::none || may_wrap<Rule>;

  static void start(const Input& in, State& state) {
    if constexpr (opens) state.builder.open(node_of<Rule>, state.at(in));
  }
  static void success(const Input& in, State& state) {
    const std::uint32_t at = state.at(in);
    if constexpr (opens) state.builder.close(at);
    if constexpr (leaf_of<Rule> != NodeKind::none) state.builder.leaf(leaf_of<Rule>, at - 1);
    if constexpr (wrap_of<Rule> != NodeKind::none) state.builder.wrap(wrap_of<Rule>, at);
    if constexpr (std::is_same_v<Rule, grammar::literal>) {
      state.builder.leaf(literal_node(state.landmarks.kind(at - 1)), at - 1);
    }
    if constexpr (std::is_same_v<Rule, grammar::call_arguments>)
      state.builder.retag(NodeKind::call);
    if constexpr (std::is_same_v<Rule, grammar::open>) state.open_braces.push_back(at - 1);
  }
  static void failure(const Input&, State& state) {  // never raises: only must<> commits
    if constexpr (opens) state.builder.drop();
  }
  [[noreturn]] static void raise(const Input& in, State& state) {
    state.failure.at = state.at(in);
    state.failure.expected = expected<Rule>;
    Base::raise(in, state);
  }
};

template <class Rule>
struct Action : pegtl::nothing<Rule> {};

bool opens_level(TokenKind kind) {
  return kind == TokenKind::brace_open || kind == TokenKind::bracket_open ||
         kind == TokenKind::paren_open || kind == TokenKind::kw_not;
}

/// Counts nesting, so that no text can exhaust the stack.
template <class Rule>
requires std::is_base_of_v<grammar::counted, Rule>
struct Action<Rule> : pegtl::maybe_nothing {
  template <class, pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Act,
            template <class...> class Ctl>
  static bool match(Input& in, State& state) {
    struct Level {
      int& depth;
      explicit Level(int& d) : depth(d) { ++depth; }
      ~Level() { --depth; }
      Level(const Level&) = delete;
      Level& operator=(const Level&) = delete;
    } const level(state.depth);
    if (state.depth > deepest && opens_level(state.landmarks.kind(state.at(in)))) {
      Ctl<too_deep>::raise(in, state);
    }
    return pegtl::match<Rule, A, M, Act, Ctl>(in, state);
  }
};

/// A name at which another item begins is no attribute: the body was not closed.
template <>
struct Action<grammar::attribute_name> : pegtl::maybe_nothing {
  template <class Rule, pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Act,
            template <class...> class Ctl>
  static bool match(Input& in, State& state) {
    if (state.landmarks.begins_item(state.at(in))) return false;
    return pegtl::match<Rule, A, M, Act, Ctl>(in, state);
  }
};

/// `}`; where it is plainly missing, says so once and goes on as if it were there.
template <>
struct Action<grammar::close> : pegtl::maybe_nothing {
  template <class Rule, pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Act,
            template <class...> class Ctl>
  static bool match(Input& in, State& state) {
    const std::uint32_t at = state.at(in);
    if (!in.empty() && !state.landmarks.begins_item(at)) {
      const bool closed = pegtl::match<Rule, A, M, Act, Ctl>(in, state);
      if (closed) state.open_braces.pop_back();
      return closed;
    }
    if (state.unclosed_at != at) {
      state.report(state.explainer.unclosed(state.open_braces.back(), at));
      state.unclosed_at = at;
    }
    state.open_braces.pop_back();
    return true;
  }
};

/// The loop over items: one item that fails is one diagnostic and one error node.
template <class Item, Block Here>
struct Recovering : pegtl::maybe_nothing {
  template <class, pegtl::apply_mode A, pegtl::rewind_mode, template <class...> class Act,
            template <class...> class Ctl>
  static bool match(Input& in, State& state) {
    while (!in.empty()) {
      const std::uint32_t item = state.at(in);
      const TokenKind kind = state.landmarks.kind(item);
      if (kind == TokenKind::brace_close && Here != Block::file) break;
      if (is_word(kind) && state.landmarks.begins_outer_item(item, Here)) break;
      const Builder::Mark mark = state.builder.mark();
      const std::size_t braces = state.open_braces.size();
      if (matched<A, Act, Ctl>(in, state)) continue;
      state.failure.item = item;
      state.failure.block = Here;
      state.builder.back_to(mark);
      state.open_braces.resize(braces);
      recover(in, state);
    }
    return true;
  }

 private:
  template <pegtl::apply_mode A, template <class...> class Act, template <class...> class Ctl>
  static bool matched(Input& in, State& state) {
    const char* const item = in.current();
    try {
      if (Ctl<Item>::template match<A, pegtl::rewind_mode::required, Act, Ctl>(in, state))
        return true;
      state.failure.at = state.at(in);
      state.failure.expected = expected<Item>;
    } catch (const pegtl::parse_error&) {  // the rule that raised it has filled state.failure
    }
    in.iterator() = item;
    return false;
  }

  static void recover(Input& in, State& state) {
    const Failure& failure = state.failure;
    state.report(state.explainer.explain(failure));
    const bool brace_missing = failure.expected.need == Need::open;
    const std::uint32_t next =
        state.stopped ? state.landmarks.size()
                      : state.landmarks.resume(failure.item, failure.at, brace_missing, Here);
    state.builder.error(failure.item, next);
    in.iterator() = state.begin + next;
  }
};

template <>
struct Action<grammar::file_items> : Recovering<grammar::file_item, Block::file> {};
template <>
struct Action<grammar::profile_items> : Recovering<grammar::profile_item, Block::profile> {};
template <>
struct Action<grammar::rule_items> : Recovering<grammar::rule_item, Block::rule> {};
template <>
struct Action<grammar::waive_items> : Recovering<grammar::waive_item, Block::waive> {};
template <>
struct Action<grammar::assert_items> : Recovering<grammar::assert_part, Block::assert> {};
template <>
struct Action<grammar::test_items> : Recovering<grammar::test_item, Block::test> {};

/// The first line; a broken one does not hide the items behind it.
template <>
struct Action<grammar::preamble> : pegtl::maybe_nothing {
  template <class Rule, pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Act,
            template <class...> class Ctl>
  static bool match(Input& in, State& state) {
    const Builder::Mark mark = state.builder.mark();
    if (state.landmarks.kind(0) != TokenKind::kw_gopol) {
      const std::string help = "begin the file with `gopol 1.0`";
      Diagnostic missing =
          problem("P1001", state.explainer.span(0), "this file does not name its language version",
                  "expected `gopol 1.0`", help);
      const SourceSpan begin{missing.primary->span.source, 0, 0};
      missing.fixes.push_back({help, Safety::safe, {{begin, "gopol 1.0\n"}}});
      state.report(std::move(missing));
      return true;
    }
    try {
      return pegtl::match<Rule, A, M, Act, Ctl>(in, state);
    } catch (const pegtl::parse_error&) {
      state.builder.back_to(mark);
      state.failure.item = 0;
      state.report(state.explainer.explain(state.failure));
      const std::uint32_t next = state.landmarks.resume(0, state.failure.at, false, Block::file);
      state.builder.error(0, next);
      in.iterator() = state.begin + next;
      return true;
    }
  }
};

/// P1004: a newer language than ours may mean other things by the same words.
void check_version(const Tree& tree, const Significant& tokens, State& state) {
  if (tokens.kinds.size() < 2 || tokens.kinds[0] != TokenKind::kw_gopol) return;
  if (tokens.kinds[1] != TokenKind::version) return;
  const std::string_view written = tree.token_text(tokens.indices[1]);
  if (written == language_version) return;
  state.report(
      problem("P1004", tree.token_span(tokens.indices[1]),
              fmt::format("file needs gopol {}; this engine knows {}", written, language_version),
              "not known here", "use a newer gopol, or write `gopol 1.0`"));
}

}  // namespace

Tree parse(SourceId source, const SourceMap& sources, Diagnostics& out) {
  Tree tree;
  tree.source = source;
  tree.text = sources.text(source);
  Significant tokens;
  lex(tree, tokens);
  tree.nodes.reserve(tree.text.size() / 8 + 16);
  tree.nodes.push_back({0, tree.token_count(), 1, NodeKind::file});
  const char* const begin = reinterpret_cast<const char*>(tokens.kinds.data());
  State state{Builder(tree, tokens),
              Landmarks(tree, tokens),
              Explainer(tree, tokens, sources),
              begin,
              {},
              {},
              {}};
  Input in(begin, begin + tokens.kinds.size(), "");
  static_cast<void>(pegtl::parse<grammar::file, Action, Control>(in, state));
  tree.nodes[0].size = static_cast<std::uint32_t>(tree.nodes.size());
  check_version(tree, tokens, state);
  if (!check_encoding(tree, sources, state.errors)) state.stopped = true;
  tree.broken = !state.errors.empty();
  sort(state.errors);
  out.insert(out.end(), state.errors.begin(), state.errors.end());
  if (state.stopped) {
    Diagnostic note = problem("P1001", "more errors were left out");
    note.severity = Severity::note;
    out.push_back(std::move(note));
  }
  return tree;
}

}  // namespace gopol::dsl
