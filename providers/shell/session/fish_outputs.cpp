#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "providers/shell/pattern/regex.h"
#include "providers/shell/session/fish.h"
#include "providers/shell/session/outputs.h"
#include "providers/shell/syntax/parse.h"

namespace gopol::providers::shell {
namespace {

using Words = std::vector<std::string>;

FishLines unknown_lines() { return {{}, untold, Truth::maybe}; }
FishLines lines_of(Output output) {
  FishLines out;
  out.success = output.success;
  if (!output.text.whole()) {
    out.why = output.text.why;
    if (!output.text.text.empty()) out.items = {output.text};
    return out;
  }
  const std::string& text = output.text.text;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    out.items.push_back({text.substr(from, end - from), {}});
    from = end + 1;
  }
  return out;
}
/// `string SUB options words`, or with the lines of a pipe in the words' place.
class FishString {
 public:
  FishString(Words words, const FishLines* input) : words_(std::move(words)) {
    bool ended = false;
    for (at_ = 2; at_ < words_.size() && words_[at_].starts_with('-') && words_[at_].size() > 1;) {
      const std::string& word = words_[at_++];
      ended = word == "--";
      if (ended) break;
      take(word);
    }
    rest_.assign(words_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, words_.size())),
                 words_.end());
    const auto end = std::find(rest_.begin(), rest_.end(), "--");
    if (!ended && end != rest_.end()) rest_.erase(end);  // options may stand behind the first words
    if (input != nullptr) input_ = input->items;
    if (input != nullptr && !input->why.empty()) strange_ = true;
    for (const Text& one : input_) strange_ = strange_ || !one.whole();
  }

  FishLines run() {
    if (strange_ || words_.size() < 2) return unknown_lines();
    const std::string& what = words_[1];
    if (what == "match") return match();
    if (what == "replace") return replace();
    if (what == "split") return split();
    if (what == "join") return join();
    if (what == "upper" || what == "lower" || what == "trim" || what == "length" ||
        what == "collect")
      return each(what);
    return unknown_lines();
  }

 private:
  void take(const std::string& word) {
    static constexpr std::pair<const char*, char> names[] = {
        {"--quiet", 'q'},  {"--invert", 'v'},      {"--regex", 'r'},
        {"--entire", 'e'}, {"--ignore-case", 'i'}, {"--all", 'a'}};
    std::string letters = word.substr(1);
    for (const auto& [name, letter] : names) {
      if (word == name) letters = letter;
    }
    for (const char c : letters) {
      if (c == 'q')
        quiet_ = true;
      else if (c == 'v')
        invert_ = true;
      else if (c == 'r')
        regex_ = true;
      else if (c == 'e')
        entire_ = true;
      else if (c == 'a')
        all_ = true;
      else
        strange_ = true;
    }
  }

  std::vector<std::string> subjects(std::size_t from) const {
    std::vector<std::string> out(
        rest_.begin() + static_cast<std::ptrdiff_t>(std::min(from, rest_.size())), rest_.end());
    for (const Text& one : input_) out.push_back(one.text);
    return out;
  }

  FishLines match() {
    if (rest_.empty()) return unknown_lines();
    FishLines out{{}, {}, Truth::no};
    Built pattern = fish_pattern(rest_[0]);
    if (regex_) pattern.kinds.assign(pattern.text.size(), Built::Kind::literal);
    for (const std::string& one : subjects(1)) {
      Truth fits = regex_ ? regex_fits(pattern, {one, {}}) : matches(pattern, {one, {}});
      if (fits == Truth::maybe) return unknown_lines();
      if (invert_) fits = negation(fits);
      if (fits == Truth::yes) out.items.push_back({one, {}});
    }
    out.success = truth(!out.items.empty());
    const bool part = regex_ && !entire_ && !invert_;  // prints what fits, and its groups
    if (quiet_) out.items.clear();
    if (part && !quiet_ && out.success == Truth::yes) out.items.clear(), out.why = untold;
    return out;
  }

  FishLines replace() {
    if (rest_.size() < 2 || regex_ || rest_[0].empty()) return unknown_lines();
    FishLines out{{}, {}, Truth::no};
    for (std::string one : subjects(2)) {
      for (std::size_t at = one.find(rest_[0]); at != std::string::npos;
           at = one.find(rest_[0], at + rest_[1].size())) {
        one.replace(at, rest_[0].size(), rest_[1]);
        out.success = Truth::yes;
        if (!all_) break;
      }
      out.items.push_back({std::move(one), {}});
    }
    return out;
  }

  FishLines split() {
    if (rest_.empty() || rest_[0].empty()) return unknown_lines();
    FishLines out{{}, {}, Truth::no};
    for (const std::string& one : subjects(1)) {
      std::size_t from = 0;
      for (std::size_t at = one.find(rest_[0]); at != std::string::npos;
           at = one.find(rest_[0], from)) {
        out.items.push_back({one.substr(from, at - from), {}});
        from = at + rest_[0].size();
        out.success = Truth::yes;
      }
      out.items.push_back({one.substr(from), {}});
    }
    return out;
  }

  FishLines join() {
    if (rest_.empty()) return unknown_lines();
    const auto all = subjects(1);
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) text += (i == 0 ? "" : rest_[0]) + all[i];
    if (all.empty()) return {{}, {}, Truth::no};
    return {{{text, {}}}, {}, truth(all.size() > 1)};
  }

  FishLines each(const std::string& what) {
    FishLines out{{}, {}, Truth::maybe};
    for (std::string one : subjects(0)) {
      if (what == "trim") {
        one = one.substr(std::min(one.find_first_not_of(" \t\n"), one.size()));
        one = one.substr(0, one.find_last_not_of(" \t\n") + 1);
      } else if (what == "length") {
        if (std::any_of(one.begin(), one.end(), [](char c) { return c < 0; }))
          return unknown_lines();
        one = fmt::format("{}", one.size());
      } else if (what != "collect") {
        for (char& c : one) {
          if (c < 0) return unknown_lines();
          c = static_cast<char>(what == "upper" ? std::toupper(c) : std::tolower(c));
        }
      }
      out.items.push_back({std::move(one), {}});
    }
    if (quiet_) out.items.clear();
    return out;
  }

  Words words_;
  std::size_t at_ = 0;
  std::vector<std::string> rest_;
  std::vector<Text> input_;
  bool quiet_ = false, invert_ = false, regex_ = false, entire_ = false, all_ = false;
  bool strange_ = false;
};

/// `contains [-i] [--] KEY VALUES…`, values perhaps unknown from somewhere on.
FishLines contains(const Fields& fields) {
  bool index = false;
  std::size_t at = 1;
  for (; at < fields.items.size() && fields.items[at].text.starts_with('-'); ++at) {
    if (fields.items[at].text == "--" && ++at > 0) break;
    index = true;
  }
  if (at >= fields.items.size())
    return {{}, fields.why, fields.why.empty() ? Truth::no : Truth::maybe};
  const Text& key = fields.items[at];
  for (std::size_t i = at + 1; key.whole() && i < fields.items.size(); ++i) {
    if (!fields.items[i].whole()) return unknown_lines();
    if (fields.items[i].text != key.text) continue;
    return {index ? std::vector<Text>{{fmt::format("{}", i - at), {}}} : std::vector<Text>{},
            {},
            Truth::yes};
  }
  const bool known = key.whole() && fields.why.empty();
  return known ? FishLines{{}, {}, Truth::no} : unknown_lines();
}
FishLines status_of(const Session& session, const Words& words) {
  std::string what = words.size() > 1 ? words[1] : "";
  what.erase(0, what.find_first_not_of('-') == what.npos ? 0 : what.find_first_not_of('-'));
  if (what == "is-login" || what == "l") return {{}, {}, Truth::yes};
  if (what == "is-interactive" || what == "i") return {{}, {}, truth(session.interactive)};
  if (what == "is-command-substitution" || what == "is-block") return unknown_lines();
  const bool file = what == "filename" || what == "current-filename" || what == "f";
  if (session.file.empty()) return unknown_lines();
  if (file) return {{{session.file, {}}}, {}, Truth::yes};
  if (what == "dirname") return {{{dsl::Path(session.file).parent().text, {}}}, {}, Truth::yes};
  if (what == "basename") return {{{last_part(session.file), {}}}, {}, Truth::yes};
  return unknown_lines();
}

FishLines program_lines(const Session& session, const Words& words) {
  const Text found = program_called(session, words.back());
  if (!found.whole()) return unknown_lines();
  if (!found.text.empty()) return {{{found.text, {}}}, {}, Truth::yes};
  return program_there(session, words.back()) == Truth::no ? FishLines{{}, {}, Truth::no}
                                                           : unknown_lines();
}
FishLines numbers(const Words& words) {
  long last = 0;
  for (const char c : words.back()) {
    if (c < '0' || c > '9' || last > 1'000) return unknown_lines();
    last = last * 10 + (c - '0');
  }
  FishLines out{{}, {}, Truth::yes};
  for (long i = 1; i <= last; ++i) out.items.push_back({fmt::format("{}", i), {}});
  return words.size() == 2 ? out : unknown_lines();
}

FishLines output_of_command(Session& session, const Command& command, const FishLines* input) {
  using Kind = Command::Kind;
  if (command.kind == Kind::pipe) {
    FishLines out = output_of_command(session, command.parts.front(), input);
    for (std::size_t i = 1; i < command.parts.size(); ++i)
      out = output_of_command(session, command.parts[i], &out);
    return out;
  }
  if (command.kind == Kind::either || command.kind == Kind::both) {
    FishLines first = output_of_command(session, command.parts[0], input);
    if (first.success == Truth::maybe) return unknown_lines();
    if ((first.success == Truth::yes) == (command.kind == Kind::either)) return first;
    FishLines second = output_of_command(session, command.parts[1], input);
    first.items.insert(first.items.end(), second.items.begin(), second.items.end());
    first.why = second.why;
    first.success = second.success;
    return first;
  }
  if (command.kind != Kind::simple) return unknown_lines();
  const Fields words = fields_of(session, command.words, 0);
  if (words.items.empty() || !words.items[0].whole()) return unknown_lines();
  return fish_output_of(session, words, input);
}

}  // namespace

FishLines fish_output_of(Session& session, const Fields& fields, const FishLines* input) {
  const std::string& name = fields.items[0].text;
  if (session.state.functions.contains(name) || session.state.aliases.contains(name))
    return unknown_lines();
  if (name == "contains") return contains(fields);
  if (!fields.why.empty()) return unknown_lines();
  if (name == "count" && input == nullptr) {
    for (const Text& one : fields.items) {
      if (!one.whole()) return unknown_lines();
    }
    const std::size_t size = fields.items.size() - 1;
    return {{{fmt::format("{}", size), {}}}, {}, truth(size > 0)};
  }
  Words words;
  for (const Text& one : fields.items) {
    if (!one.whole()) return {{}, one.why, Truth::maybe};
    words.push_back(one.text);
  }
  if (name == "string") return FishString(words, input).run();
  if (input != nullptr) return unknown_lines();
  if (name == "status") return status_of(session, words);
  if (name == "seq") return numbers(words);
  const bool asks = (name == "command" || name == "type") && words.size() == 3 &&
                    (words[1] == "-s" || words[1] == "-v" || words[1] == "-p" || words[1] == "-P" ||
                     words[1] == "--search" || words[1] == "--path");
  if (asks || (name == "which" && words.size() == 2)) return program_lines(session, words);
  if (name == "command" || name == "builtin") {
    Fields inner = fields;
    inner.items.erase(inner.items.begin());
    return inner.items.empty() ? unknown_lines() : fish_output_of(session, inner, input);
  }
  if (name == "math") {
    std::string text;
    for (std::size_t i = 1; i < words.size(); ++i) text += words[i] + " ";
    if (text.find_first_of("./(") != std::string::npos) return unknown_lines();
    const Text value = arithmetic(session, text);
    return value.whole() ? FishLines{{value}, {}, Truth::yes} : unknown_lines();
  }
  if (is_fish_builtin(name) && name != "echo" && name != "printf") return unknown_lines();
  return lines_of(output_of_program(session, words));
}

FishLines fish_output(Session& session, std::string_view command) {
  const Script script = parse_script(command, Dialect::fish);
  if (script.broken_at != 0) return unknown_lines();
  FishLines out;
  out.success = Truth::yes;
  for (const Command& one : script.commands) {
    if (script.commands.size() > 1) return unknown_lines();
    out = output_of_command(session, one, nullptr);
  }
  return out;
}

}  // namespace gopol::providers::shell
