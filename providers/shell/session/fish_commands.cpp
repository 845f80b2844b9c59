#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/shell/session/fish.h"
#include "providers/shell/session/outputs.h"
#include "providers/shell/session/reader.h"
#include "providers/shell/session/usual_names.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_fish_aliases_deep = 20;

/// Where a pattern that fits no file gives nothing, not an error.
bool takes_no_match(const std::string& name) {
  return name == "set" || name == "count" || name == "path";
}

std::size_t leading_assignments(const std::vector<std::string>& words) {
  std::size_t out = 0;
  while (out < words.size() && assigned_name(words[out]) != 0 &&
         words[out].find("+=") == std::string::npos)
    ++out;
  return out;
}

}  // namespace

Truth Reader::run_fish(const Words& written) {
  const std::size_t from = leading_assignments(written);
  if (from == written.size()) return lose("gopol does not understand the line");
  Words words(written.begin() + static_cast<std::ptrdiff_t>(from), written.end());
  session_.printed.reset();
  const Fields name = fields_of(session_, words.front());
  if (name.items.empty() || !name.why.empty() || !name.items[0].whole() ||
      name.items[0].text.empty())
    return lose("which command it runs cannot be told");
  std::string plain = name.items[0].text;
  // `builtin set`, `command ls`; with options they ask.
  if ((plain == "builtin" || plain == "command") && words.size() > 1 &&
      !words[1].starts_with("-")) {
    words.erase(words.begin());
    if (plain == "command") return Truth::maybe;
    plain = words[0];
  }
  const auto options = session_.state.options;
  if (takes_no_match(plain)) session_.state.options["nullglob"] = Truth::yes;
  Fields rest = fields_of(session_, words, 1);
  session_.state.options = options;
  if (session_.stopped) return abandon();
  for (std::size_t i = name.items.size(); i-- > 1;)
    rest.items.insert(rest.items.begin(), name.items[i]);
  if (from > 0) blocks_.emplace_back();
  for (std::size_t i = 0; i < from; ++i) {  // `NAME=value command`: it holds for the command only
    FishSet set;
    set.local = set.exports = true;
    set.name = written[i].substr(0, assigned_name(written[i]));
    set.values = fields_of(session_, std::string_view(written[i]).substr(set.name.size() + 1));
    fish_assign(set);
  }
  const Truth out = fish_named(plain, words, rest);
  if (from > 0) {
    give_back(blocks_.back());
    blocks_.pop_back();
  }
  return session_.stopped ? abandon() : out;
}

Truth Reader::fish_named(const std::string& name, const Words& words, const Fields& fields) {
  if (name.size() == 1 && name[0] == '\x03') {
    take_out(words.at(1));
    return Truth::yes;
  }
  const auto alias = session_.state.aliases.find(name);
  if (alias != session_.state.aliases.end() && aliases_ < most_fish_aliases_deep) {
    const std::string text = session_.state.aliases.extract(alias).mapped();
    ++aliases_;
    const Truth out = run_text(text + " " + joined_with_blanks(words, 1));
    --aliases_;
    session_.state.aliases.emplace(name, text);
    return out;
  }
  if (session_.state.functions.contains(name)) return call(name, fields);
  if (name.find('/') != std::string::npos) return Truth::maybe;
  if (!is_fish_builtin(name)) {
    const Truth loaded = fish_autoload(name, fields);
    if (loaded != Truth::no) return session_.state.last;
  }
  if (is_fish_builtin(name)) return fish_builtin(name, words, fields);
  if (session_.state.strange && !is_usual_program(name))
    return lose(fmt::format("`{}` may be a function", name));
  return command_called(session_, name) == Truth::no ? Truth::no : Truth::maybe;
}

/// A function that has a file of its own is read when it is called; `no`: there is none.
Truth Reader::fish_autoload(const std::string& name, const Fields& fields) {
  const engine::Host& host = session_.host;
  for (const dsl::Path& folder :
       {fish_user_folder(host) / "functions", fish_system_folder(host) / "functions",
        fish_data_folder(host) / "vendor_functions.d"}) {
    const dsl::Path file = folder / (name + ".fish");
    const auto status = host.disk().stat_target(file);
    if (status && status->type == engine::FileStatus::Type::absent) continue;
    const std::string where = session_.where;
    run_file(file);
    session_.where = where;
    if (!session_.state.functions.contains(name)) return lose("it calls a function nobody finds");
    session_.state.last = call(name, fields);
    return Truth::yes;
  }
  return Truth::no;
}

/// `function NAME -a FIRST SECOND --description TEXT`.
Truth Reader::fish_function(const Command& command) {
  Function out{&command.parts.at(0), texts_ > 0 ? "" : session_.file, {}};
  const Fields words = fields_of(session_, command.words, 0);
  if (!words.why.empty() || words.items.empty() || !words.items[0].whole())
    return lose("which function it makes cannot be told");
  bool names = false;
  for (std::size_t i = 1; i < words.items.size(); ++i) {
    const std::string& word = words.items[i].text;
    const bool takes_word = word == "-d" || word == "--description" || word == "-w" ||
                            word == "--wraps" || word == "-e" || word == "--on-event" ||
                            word == "-V" || word == "--inherit-variable" || word == "-s" ||
                            word == "--on-signal" || word == "-j" || word == "-p" ||
                            word == "--on-job-exit" || word == "--on-process-exit";
    const bool on_variable = word == "-v" || word.starts_with("--on-variable");
    if (word.starts_with('-')) names = word == "-a" || word.starts_with("--argument");
    if (on_variable) {
      const bool joined = word.find('=') != std::string::npos;
      const std::string name = joined                       ? word.substr(word.find('=') + 1)
                               : i + 1 < words.items.size() ? words.items[i + 1].text
                                                            : "";
      session_.state.options["onvariable" + name] = Truth::yes;
    }
    if (word == "-S" || word == "--no-scope-shadowing") out.body = nullptr;
    if (takes_word || on_variable) ++i;
    if (names && is_variable_name(word)) out.parameters.push_back(word);
  }
  session_.state.functions[words.items[0].text] = out;
  session_.state.aliases.erase(words.items[0].text);
  return Truth::yes;
}

void Reader::fish_parameters(const Function& function, const Fields& fields) {
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    FishSet set;
    set.function = true;
    set.name = function.parameters[i];
    if (i < fields.items.size())
      set.values.items = {fields.items[i]};
    else
      set.values.why = fields.why;
    fish_assign(set);
  }
}

/// All of a pipe is fish's own: `PROGRAM | source` runs what the program prints, `read` reads it.
Truth Reader::fish_pipe(const Command& command) {
  const Command& last = command.parts.back();
  const bool simple = last.kind == Command::Kind::simple;
  const std::string end = simple ? last.words.front() : "";
  if (end == "source" || end == ".") return fish_printed(command.parts.front());
  for (const Command& part : command.parts) {
    const bool plain = part.kind == Command::Kind::simple;
    const std::string name = plain ? part.words.front() : "";
    if (name == "read") {
      for (const std::string& word : part.words) {
        FishSet unknown;
        unknown.name = word;
        unknown.values.items = {{"", "it is read when the shell runs"}};
        if (is_variable_name(word) && word != "read") fish_assign(unknown);
      }
      continue;
    }
    const bool harmless = plain && (is_fish_harmless(name) || is_usual_program(name) ||
                                    name == "command" || name.find('/') != std::string::npos);
    if (!harmless || session_.state.functions.contains(name))
      return lose("gopol does not follow it in a pipe");
  }
  return Truth::maybe;
}

}  // namespace gopol::providers::shell
