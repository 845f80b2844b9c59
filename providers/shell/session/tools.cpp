#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/session/builtins.h"
#include "providers/shell/session/file_names.h"
#include "providers/shell/session/outputs.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::FileStatus;

/// The words of the one command in a text; empty if it is not one.
std::vector<std::string> words_of(std::string_view text, Shell shell) {
  Script script = parse_script(text, dialect_of(shell));
  if (script.broken_at != 0 || script.commands.size() != 1) return {};
  const Command* command = &script.commands[0];
  if (command->kind == Command::Kind::either &&
      command->parts[1].words == std::vector<std::string>{"true"})
    command = &command->parts[0];  // `… || true`
  if (command->kind != Command::Kind::simple) return {};
  std::vector<std::string> out = command->words;
  while (!out.empty() && assigned_name(out[0]) != 0) out.erase(out.begin());
  return out;
}

/// Version managers whose `init -` puts a folder of shims into PATH, and the variable that may name
/// their own. Source: rbenv(1) "How rbenv hooks into your shell", and what the others took from it;
/// goenv puts it last (goenv issues 289, 413).
struct Shims {
  const char* program;
  const char* variable;
  const char* folder;
  bool in_front;
};
constexpr Shims version_managers[] = {
    {"rbenv", "RBENV_ROOT", ".rbenv", true},  {"nodenv", "NODENV_ROOT", ".nodenv", true},
    {"pyenv", "PYENV_ROOT", ".pyenv", true},  {"jenv", "JENV_ROOT", ".jenv", true},
    {"goenv", "GOENV_ROOT", ".goenv", false},
};

}  // namespace

Truth Reader::source(const Words& words, const Fields& fields) {
  if (words.size() < 2) return Truth::no;
  if (words[1].starts_with("<(")) {
    const Words inner =
        words_of(std::string_view(words[1]).substr(2, words[1].size() - 3), session_.shell);
    if (!inner.empty() && prints_harmless_code(inner[0], joined_with_blanks(inner, 1)))
      return Truth::yes;
    const Output printed =
        output_of(session_, std::string_view(words[1]).substr(2, words[1].size() - 3));
    if (printed.text.whole()) return run_text(printed.text.text);
    return lose("which file it reads cannot be told");
  }
  if (words[1].find("bash_completion") != std::string::npos) return Truth::maybe;
  if (const auto one = source_one_of(fields)) return *one;
  if (fields.items.empty() || !fields.items[0].whole() || !fields.items[0].text.starts_with('/'))
    return lose("which file it reads cannot be told");
  const Path file(without_marks(fields.items[0].text));
  const auto status = session_.host.disk().stat_target(file);
  if (status && status->type == FileStatus::Type::absent) return Truth::no;
  const std::vector<Text> outer = session_.state.arguments;
  if (fields.items.size() > 1)
    session_.state.arguments.assign(fields.items.begin() + 1, fields.items.end());
  const std::string where = session_.where;
  run_file(file);
  session_.where = where;
  session_.state.arguments = outer;
  return session_.state.last;
}

/// A file whose name ends in what cannot be told: one of those that begin so, or none.
std::optional<Truth> Reader::source_one_of(const Fields& fields) {
  constexpr std::size_t most_files = 5;
  if (fields.items.size() != 1 || fields.items[0].whole()) return {};
  const auto files = files_that_begin(session_.host, fields.items[0].text);
  if (!files || files->size() > most_files) return {};
  const std::string where = session_.where;
  for (const std::string& file : *files) {
    State before = session_.state;
    run_file(Path(file));
    session_.where = where;
    session_.state = merged(std::move(session_.state), before, before);
  }
  return files->empty() ? Truth::no : Truth::maybe;
}

/// `mise activate`: its own folder, and a hook that puts the versions it chose in front of PATH as
/// soon as there is a prompt. Source: mise.jdx.dev "mise activate".
Truth Reader::mise_hook(const std::string& program) {
  const std::string folder = Path(program).parent().text;
  auto path = session_.state.path;
  const bool known = std::any_of(path.begin(), path.end(),
                                 [&](const PathEntry& entry) { return entry.folder == folder; });
  set_exported("MISE_SHELL", Text{session_.shell == Shell::zsh    ? "zsh"
                                  : session_.shell == Shell::fish ? "fish"
                                                                  : "bash",
                                  {}});
  set_exported("__MISE_ORIG_PATH", Text{"", "mise keeps PATH in it"});
  if (session_.interactive) {
    lose_path(session_, "mise puts the versions it chose in front");
    for (const char* name : {"GOROOT", "GOBIN"})
      set_exported(name, Text{"", "mise sets it for the version that is chosen"});
  } else if (!known) {
    path.insert(path.begin(), {folder, session_.where, {}});
    session_.state.set_path(std::move(path));
  }
  return Truth::yes;
}

void Reader::set_exported(const std::string& name, Text value) {
  set(session_, name, std::move(value));
  session_.state.variables[name].exported = true;
}

Truth Reader::evaluate(const Words& words, const Fields& fields) {
  if (words.size() == 2) {
    if (const auto known = evaluate_tool(words[1])) return *known;
  }
  std::string text;
  for (const Text& item : fields.items) {
    if (!item.whole()) return lose("what `eval` runs cannot be told from files");
    text += (text.empty() ? "" : " ") + without_marks(item.text);
  }
  if (!fields.why.empty()) return lose("what `eval` runs cannot be told from files");
  return run_text(text);
}

/// Variables that code sets which is not read here, handed on to programs.
void Reader::set_unknown(std::string_view names) {
  for (const std::string_view name : providers::words_in(names, " ")) {
    set(session_, std::string(name), Text{"", "a program prints its value"});
    session_.state.variables[std::string(name)].exported = true;
  }
}

/// What a tool prints for `eval` where that is documented and the same everywhere; nothing: it is
/// no such tool.
std::optional<Truth> Reader::evaluate_tool(const std::string& word) {
  const std::string_view inner = command_in(word, session_.shell);
  const Words command = inner.empty() ? Words{} : words_of(inner, session_.shell);
  if (command.empty()) return {};
  const Text name = expanded(session_, command[0], Place::word);
  if (!name.whole()) return {};
  const std::string program = last_part(name.text);
  const std::string arguments = joined_with_blanks(command, 1);
  if (program == "path_helper") {
    run_path_helper();
    return Truth::yes;
  }
  if (prints_harmless_code(program, arguments)) {
    set_unknown(set_by_printed_code(program));
    return Truth::yes;
  }
  if (program == "brew" && arguments.starts_with("shellenv")) return brew_shellenv(name.text);
  const auto manager = std::find_if(std::begin(version_managers), std::end(version_managers),
                                    [&](const Shims& one) { return program == one.program; });
  const bool activates = program == "mise" && arguments.starts_with("activate");
  const bool shims_of_mise = activates && arguments.find("--shims") != std::string::npos;
  if (manager == std::end(version_managers) && !activates) return {};
  if (manager != std::end(version_managers) && !arguments.starts_with("init")) return {};
  Text found = name;
  if (!name.text.starts_with('/')) found = program_called(session_, name.text);
  if (!found.whole()) return {};
  const auto status = session_.host.disk().stat_target(Path(found.text.empty() ? "/" : found.text));
  if (found.text.empty() || !status || status->type != FileStatus::Type::regular)
    return Truth::no;  // it prints nothing
  if (activates && !shims_of_mise) return mise_hook(found.text);
  if (!shims_of_mise) {
    const Truth out = shims(manager->variable, manager->folder, manager->in_front);
    set_unknown(set_by_printed_code(program));
    return out;
  }
  const std::string folder = Path(found.text).parent().text;
  const auto& path = session_.state.path;
  const bool known = std::any_of(path.begin(), path.end(),
                                 [&](const PathEntry& entry) { return entry.folder == folder; });
  if (!known) {
    std::vector<PathEntry> out{{folder, session_.where, {}}};
    out.insert(out.end(), path.begin(), path.end());
    session_.state.set_path(std::move(out));
  }
  const Text data = value_of(session_, "MISE_DATA_DIR"), xdg = value_of(session_, "XDG_DATA_HOME");
  if (!data.whole() || !xdg.whole()) return lose("where mise keeps its shims cannot be told");
  if (!data.text.empty()) return shims("MISE_DATA_DIR", "", true);
  return shims("XDG_DATA_HOME", ".local/share", true);
}

/// A folder `shims`, in the folder that a variable names, else in that one of the home.
Truth Reader::shims(const std::string& variable, const std::string& folder, bool in_front) {
  const Text set_to = value_of(session_, variable);
  if (!set_to.whole()) return lose("where its shims are cannot be told");
  const std::string home = session_.host.system().user().home.text;
  std::string at = set_to.text.empty() ? home + "/" + folder : set_to.text;
  if (variable == "XDG_DATA_HOME") at += "/mise";
  at += "/shims";
  if (folder == ".goenv") {
    // It asks goenv which version is chosen, and sets both for it.
    for (const char* name : {"GOROOT", "GOPATH"}) {
      if (value_of(session_, "GOENV_DISABLE_" + std::string(name)).text == "1") continue;
      set(session_, name, Text{"", "goenv sets it for the version that is chosen"});
      session_.state.variables[name].exported = true;
    }
  }
  std::vector<PathEntry> out = session_.state.path;
  const bool there = std::any_of(out.begin(), out.end(),
                                 [&](const PathEntry& entry) { return entry.folder == at; });
  if (in_front) {
    std::erase_if(out, [&](const PathEntry& entry) { return entry.folder == at; });
    out.insert(out.begin(), {at, session_.where, {}});
  } else if (!there && (out.empty() || !out.back().unknown)) {
    out.push_back({at, session_.where, {}});
  }
  session_.state.set_path(std::move(out));
  return Truth::yes;
}

/// `brew shellenv` puts PREFIX/bin and PREFIX/sbin first and sets HOMEBREW_…; without a brew it
/// prints nothing. Source: brew(1) shellenv.
Truth Reader::brew_shellenv(const std::string& brew) {
  Text found{brew, {}};
  if (!brew.starts_with('/')) found = program_called(session_, brew);
  if (!found.whole()) return lose("which `brew` it starts cannot be told");
  if (found.text.empty()) return Truth::no;
  const auto status = session_.host.disk().stat_target(Path(found.text));
  if (!status) return lose(status.error().front().message.text());
  if (status->type != FileStatus::Type::regular) return Truth::no;
  const Path prefix = Path(found.text).parent().parent();
  std::vector<PathEntry> out{{(prefix / "bin").text, session_.where, {}},
                             {(prefix / "sbin").text, session_.where, {}}};
  std::vector<PathEntry> path = session_.state.path;
  const bool fish = session_.shell == Shell::fish;  // there it moves its folders, if they exist
  std::erase_if(path, [&](const PathEntry& one) {
    return fish && !one.unknown && (one.folder == out[0].folder || one.folder == out[1].folder);
  });
  std::erase_if(out, [&](const PathEntry& one) {
    const auto folder = session_.host.disk().stat_target(Path(one.folder));
    return fish && folder && folder->type == FileStatus::Type::absent;
  });
  out.insert(out.end(), path.begin(), path.end());
  session_.state.set_path(fish ? std::move(out) : without_repetition(out));
  set(session_, "HOMEBREW_PREFIX", Text{prefix.text, {}});
  set(session_, "HOMEBREW_CELLAR", Text{(prefix / "Cellar").text, {}});
  const bool own = prefix.text == "/usr/local" || prefix.text == "/home/linuxbrew/.linuxbrew";
  set(session_, "HOMEBREW_REPOSITORY", Text{own ? (prefix / "Homebrew").text : prefix.text, {}});
  for (const char* name : {"HOMEBREW_PREFIX", "HOMEBREW_CELLAR", "HOMEBREW_REPOSITORY"})
    session_.state.variables[name].exported = true;
  return Truth::yes;
}

void Reader::run_path_helper() {
  const engine::Disk& disk = session_.host.disk();
  const std::string where = session_.where;
  const auto fail = [&](const std::string& file, std::string_view why) {
    session_.where = file;
    lose_path(session_, why);
    session_.where = where;
  };
  std::vector<Path> files{Path("/etc/paths")};
  const auto names = disk.list(Path("/etc/paths.d"));
  if (!names) return fail("/etc/paths.d", names.error().front().message.text());
  for (const std::string& name : *names) files.push_back(Path("/etc/paths.d") / name);
  std::vector<PathEntry> out;
  for (const Path& file : files) {
    const FileText text = read_text(session_.host, file);
    if (const auto* why = text.why_not.as<dsl::Unknown>())
      return fail(file.text, why->reason.text());
    int number = 0;
    for (const std::string_view line : lines_with_ends(text.text)) {
      ++number;
      const std::string_view folder = without_end(line);
      if (!folder.empty())
        out.push_back({std::string(folder), fmt::format("{}:{}", file.text, number), {}});
    }
  }
  const auto& path = session_.state.path;
  out.insert(out.end(), path.begin(), path.end());
  session_.state.set_path(without_repetition(out));
}

/// `emulate SHELL -c TEXT` runs the text; alone it sets how later lines are read.
Truth Reader::emulate(const Words& words, const Fields& fields) {
  std::string shell;
  for (std::size_t i = 0; i < fields.items.size(); ++i) {
    const Text& field = fields.items[i];
    if (!field.whole() || !fields.why.empty()) return lose("what `emulate` runs cannot be told");
    if (field.text == "-c" && i + 1 < fields.items.size()) {
      if (!fields.items[i + 1].whole()) return lose("what `emulate` runs cannot be told");
      const auto options = session_.state.options;
      session_.state.options["shwordsplit"] = truth(shell != "zsh");
      const Truth out = run_text(fields.items[i + 1].text);
      session_.state.options = options;
      return out;
    }
    if (!field.text.starts_with('-')) shell = field.text;
  }
  if (words.size() < 2) return Truth::yes;
  session_.state.options["shwordsplit"] = truth(shell != "zsh");
  return Truth::yes;
}

/// Only redirections: nothing. Else another program takes the shell's place.
Truth Reader::exec(const Fields& fields) {
  if (fields.items.empty() && fields.why.empty()) return Truth::yes;
  lose("another program takes the shell's place");
  session_.state.flow = Flow::ended;
  replaced_.push_back(session_.state);
  return Truth::maybe;
}

}  // namespace gopol::providers::shell
