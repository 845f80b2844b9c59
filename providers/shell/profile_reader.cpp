#include "providers/shell/profile_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/path_case.h"
#include "providers/shell/path_edits.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_files_deep = 10;

bool is_head(const Command& command, std::string_view word) {
  return command.reserved && command.words.front() == word;
}

/// Where the statement that begins at `at` with `for`, `while` or `case` ends; past all if never.
std::size_t end_of_statement(const std::vector<Command>& commands, std::size_t at, bool brackets) {
  int depth = 0;
  for (std::size_t i = at; i < commands.size(); ++i) {
    if (!commands[i].reserved) continue;
    const std::string& word = commands[i].words.front();
    const bool opens = brackets ? word == "{"
                                : word == "for" || word == "while" || word == "until" ||
                                      word == "select" || word == "case";
    const bool closes = brackets ? word == "}" : word == "done" || word == "esac";
    if (opens) ++depth;
    if (closes && --depth <= 0) return i + 1;
  }
  return commands.size();
}

/// Past the `)` of a subshell.
std::size_t end_of_subshell(const std::vector<Command>& commands, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < commands.size(); ++i) {
    if (commands[i].before == "(") ++depth;
    if (commands[i].before == ")" && --depth <= 0) return i;
  }
  return commands.size();
}

/// Stands for a line of gopol's block that takes a folder out of PATH: a loop, which nobody
/// follows.
constexpr char take_out_mark = '\x02';

/// The text with such lines as one command each; lines keep their numbers.
std::string with_take_outs(std::string_view text, Shell shell) {
  std::string out;
  for (const std::string_view line : lines_with_ends(text)) {
    if (const auto folder = taken_out(shell, without_end(line)))
      out += fmt::format("{} {}\n", take_out_mark, quoted(shell, folder->text));
    else
      out += line;
  }
  return out;
}

/// Whether a command runs as far as the one before it decides.
Truth gate(const std::string& before, Truth last) {
  if (before == "&&") return last;
  return before == "||" ? negation(last) : Truth::yes;
}

}  // namespace

void ProfileReader::lose(const std::string& origin, std::string_view why) {
  const std::string reason = fmt::format("{} prevents knowing PATH: {}", origin, why);
  session_.set_path(
      {{"", origin, dsl::Unknown{reason, "write it as `export PATH=\"FOLDER:$PATH\"`"}}});
}

void ProfileReader::run_file(const dsl::Path& file, Truth run) {
  const FileText text = read_text(session_.host(), file);
  if (!text.there) {
    if (const auto* why = text.why_not.as<dsl::Unknown>()) lose(file.text, why->reason);
    return;
  }
  if (depth_ >= most_files_deep) return lose(file.text, "files that source each other");
  if (text.text.find(take_out_mark) != std::string::npos)
    return lose(file.text, "it holds control characters");
  Script script = parse_script(with_take_outs(text.text, session_.shell()));
  if (script.broken_at != 0) {
    return lose(fmt::format("{}:{}", file.text, script.broken_at),
                "a quote or bracket is not closed");
  }
  Pass pass;
  pass.file = file.text;
  pass.commands = std::move(script.commands);
  pass.run = run;
  ++depth_;
  run_script(pass);
  --depth_;
  if (pass.rest == Truth::yes) finished_.insert(file.text);
}

void ProfileReader::run_script(Pass& pass) {
  const auto& commands = pass.commands;
  for (std::size_t i = 0; i < commands.size() && pass.rest != Truth::no;) {
    const Command& command = commands[i];
    const std::string before =
        pass.held_operator.empty() ? command.before : std::exchange(pass.held_operator, {});
    const Truth allowed = gate(before, pass.last);
    const Truth run = both(both(pass.run, pass.rest), allowed);
    if (is_head(command, "!")) {
      pass.held_operator = before;
      pass.negate = !pass.negate;
      ++i;
      continue;
    }
    const std::size_t next = skip_opaque(pass, i, run);
    if (next != i) {
      pass.last = Truth::maybe;
      i = next;
      continue;
    }
    if (command.reserved) {
      if (command.apart)
        lose(fmt::format("{}:{}", pass.file, command.line), "gopol does not follow pipes");
      reserved(pass, command, run);
    } else if (!command.words.empty()) {
      simple(pass, command, run);
      if (std::exchange(pass.negate, false) && run != Truth::no) pass.last = negation(pass.last);
      if (allowed == Truth::maybe) pass.last = Truth::maybe;
    }
    ++i;
  }
}

void ProfileReader::reserved(Pass& pass, const Command& command, Truth run) {
  const std::string& word = command.words.front();
  if (word == "if" || word == "{") {
    pass.frames.push_back({pass.run, run, Truth::no});
    pass.run = run;
    return;
  }
  if (pass.frames.empty()) return;
  Frame& frame = pass.frames.back();
  if (word == "then") {
    pass.run = both(frame.outer, both(negation(frame.taken), pass.last));
    frame.taken = either(frame.taken, pass.last);
  } else if (word == "elif" || word == "else") {
    pass.run = both(frame.outer, negation(frame.taken));
  } else if (word == "fi" || word == "}") {
    pass.run = frame.before;
    pass.frames.pop_back();
    if (word == "fi") pass.last = Truth::yes;
  }
}

bool ProfileReader::is_function(const Pass& pass, std::size_t at) const {
  const auto& commands = pass.commands;
  return is_head(commands[at], "function") ||
         (at + 1 < commands.size() && commands[at].words.size() == 1 &&
          commands[at + 1].before == "(" && commands[at + 1].words.empty());
}

/// Loops, `case`, functions and subshells are not followed: they are fine if nothing in them speaks
/// of PATH. Gives where reading goes on; `at` itself if it is none of these.
std::size_t ProfileReader::skip_opaque(Pass& pass, std::size_t at, Truth run) {
  const auto& commands = pass.commands;
  const Command& first = commands[at];
  const bool function = is_function(pass, at);
  const bool loop = is_head(first, "for") || is_head(first, "while") || is_head(first, "until") ||
                    is_head(first, "select") || is_head(first, "case");
  const bool subshell = !function && first.before == "(";
  if (!function && !loop && !subshell) return at;
  const std::size_t end =
      subshell ? end_of_subshell(commands, at) : end_of_statement(commands, at, function);
  if (run == Truth::no) return end;
  const auto from = commands.begin() + static_cast<std::ptrdiff_t>(at);
  const auto to = commands.begin() + static_cast<std::ptrdiff_t>(end);
  const bool names_folder = std::any_of(
      first.words.begin(), first.words.end(),
      [](const std::string& word) { return word.find("/etc/profile.d") != std::string::npos; });
  if (is_head(first, "for") && names_folder) {
    const dsl::Path folder("/etc/profile.d");
    const auto names = session_.host().disk().list(folder);
    if (!names)
      return lose(fmt::format("{}:{}", pass.file, first.line), names.error().front().message), end;
    for (const std::string& name : *names) {
      if (name.ends_with(".sh")) run_file(folder / name, run);
    }
    return end;
  }
  const auto leaves = [](const Command& command) {
    return !command.words.empty() && (command.words[0] == "return" || command.words[0] == "exit");
  };
  if (is_head(first, "case") && first.words.size() > 1 && first.words[1] == "$-" &&
      std::any_of(from, to, leaves)) {
    pass.rest = both(pass.rest, negation(run));  // `case $- in *i*) ;; *) return;; esac`
    return end;
  }
  if (is_head(first, "case") && follow_path_case(pass, at, end, run)) return end;
  const auto found = subshell ? to : std::find_if(from, to, [&](const Command& command) {
    return may_change_path(command, session_.shell()) ||
           (!command.words.empty() && path_functions_.count(command.words[0]) != 0);
  });
  if (found == to) return end;
  if (function) {
    path_functions_.insert(first.words[first.words.size() > 1 ? 1 : 0]);
  } else {
    lose(fmt::format("{}:{}", pass.file, found->line),
         "gopol follows no loops, and only one kind of `case`");
  }
  return end;
}

/// Whether PATH holds a folder, as far as it is known.
Truth ProfileReader::has_folder(const std::string& folder) const {
  const auto text = session_.expand(folder, false);
  if (!text || text->find(path_mark) != std::string::npos) return Truth::maybe;
  for (const PathEntry& entry : session_.path()) {
    if (entry.unknown) return Truth::maybe;
    if (entry.folder == *text) return Truth::yes;
  }
  return Truth::no;
}

/// The one `case` that is followed: whether PATH holds a folder. False: it is not that one, or
/// nobody can tell which arm runs.
bool ProfileReader::follow_path_case(Pass& pass, std::size_t at, std::size_t end, Truth run) {
  const auto arms = path_case(std::span(pass.commands).subspan(at, end - at));
  if (!arms) return false;
  for (const PathArm& arm : *arms) {
    const Truth holds = arm.folder.empty() ? Truth::yes : has_folder(arm.folder);
    if (holds == Truth::maybe) return false;
    if (holds == Truth::no) continue;
    for (const Command& command : arm.body) simple(pass, command, run);
    return true;
  }
  return true;
}

void ProfileReader::simple(Pass& pass, const Command& command, Truth run) {
  if (run == Truth::no) return;
  const std::string origin = fmt::format("{}:{}", pass.file, command.line);
  if (command.apart) {
    pass.last = Truth::maybe;
    if (may_change_path(command, session_.shell())) lose(origin, "gopol does not follow pipes");
    return;
  }
  const auto first = std::find_if(command.words.begin(), command.words.end(),
                                  [](const std::string& word) { return assigned_name(word) == 0; });
  if (first == command.words.end()) {
    for (const std::string& word : command.words) assign(word, run, origin);
    pass.last = Truth::yes;
    return;
  }
  Command rest = command;
  rest.words.assign(first, command.words.end());
  if (builtin(pass, rest, run, origin)) return;
  pass.last = Truth::maybe;
  if (path_functions_.count(rest.words[0]) != 0)
    lose(origin, "it calls a function that changes PATH");
  else if (may_change_path(rest, session_.shell()))
    lose(origin, "gopol does not understand the line");
}

bool ProfileReader::builtin(Pass& pass, const Command& command, Truth run,
                            const std::string& origin) {
  const std::string& name = command.words[0];
  pass.last = Truth::yes;
  if (name == "[" || name == "[[" || name == "test") {
    pass.last = session_.condition(command.words);
  } else if (name == "export" || name == "typeset" || name == "declare" || name == "readonly") {
    declare(command.words, run, origin);
  } else if (name == std::string(1, take_out_mark)) {
    take_out(command.words.at(1), run, origin);
  } else if (name == "." || name == "source") {
    source(command.words, run, origin);
  } else if (name == "eval") {
    evaluate(command.words, run, origin);
  } else if (name == "emulate" && command.words.size() == 4 &&
             command.words[3].find("source ") != std::string::npos) {
    std::string file = command.words[3].substr(command.words[3].find("source ") + 7);
    std::erase_if(file, [](char c) { return c == '\'' || c == '"'; });
    source({"source", file}, run, origin);
  } else if (name == "return" || name == "exit") {
    pass.rest = both(pass.rest, negation(run));
  } else if (name == "false") {
    pass.last = Truth::no;
  } else if (name != ":" && name != "true" && name != "alias" && name != "echo" &&
             name != "printf") {
    return false;
  }
  return true;
}

}  // namespace gopol::providers::shell
