#include "providers/shell/session/outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/session/condition.h"
#include "providers/shell/session/expand.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using Words = std::vector<std::string>;

Output known(std::string text) { return {{std::move(text), {}}, Truth::yes}; }
Output unknown() { return {{"", untold}, Truth::maybe}; }

/// A program that is not there prints nothing.
Output not_there() { return {{}, Truth::no}; }

Output names(const Session& session, const Words& words) {
  const engine::System& system = session.host.system();
  const std::string name = last_part(words[0]), what = words.size() > 1 ? words[1] : "";
  const std::string machine = system.machine();
  const bool mac = system.platform() == "macos";
  if (name == "whoami") return known(system.user_name());
  if (name == "id" && what == "-u") return known(fmt::format("{}", system.user().uid));
  if (name == "id" && (what == "-un" || what == "-nu")) return known(system.user_name());
  if (name == "uname" && (what.empty() || what == "-s")) return known(mac ? "Darwin" : "Linux");
  if (name == "uname" && what == "-m") return known(machine);
  if (name == "uname" && what == "-p" && mac) return known(machine == "arm64" ? "arm" : "i386");
  if (name == "arch" && words.size() == 1)
    return known(machine == "x86_64" && mac ? "i386" : machine);
  return unknown();
}

/// `brew --prefix`, `brew --prefix FORMULA`, with the folder of the brew that is started.
Output brew(const Session& session, const Words& words) {
  if (words.size() < 2 || words[1] != "--prefix") return unknown();
  const Text program =
      words[0].starts_with('/') ? Text{words[0], {}} : program_called(session, words[0]);
  if (!program.whole()) return {program, Truth::maybe};
  if (program.text.empty()) return not_there();
  const auto status = session.host.disk().stat_target(Path(program.text));
  if (status && status->type != engine::FileStatus::Type::regular) return not_there();
  const std::string prefix = Path(program.text).parent().parent().text;
  if (words.size() == 2) return known(prefix);
  return words.size() == 3 && !words[2].starts_with('-') ? known(prefix + "/opt/" + words[2])
                                                         : unknown();
}

/// A line of the file that `go env -w` writes; the last one of a name counts.
std::optional<std::string> line_of_go(const Session& session, const std::string& name) {
  const std::string home = session.host.system().user().home.text;
  const bool mac = session.host.system().platform() == "macos";
  const FileText file = read_text(
      session.host, Path(home + (mac ? "/Library/Application Support/go/env" : "/.config/go/env")));
  std::optional<std::string> out;
  for (std::string_view line : lines_with_ends(file.text)) {
    line = without_end(line);
    if (line.starts_with(name + "=")) out = std::string(line.substr(name.size() + 1));
  }
  return out;
}

/// `go env GOPATH`: what the session exports, else go's file, else the folder in the home.
Output go(Session& session, const Words& words) {
  if (words.size() != 3 || words[1] != "env" || (words[2] != "GOPATH" && words[2] != "GOBIN"))
    return unknown();
  const Text program =
      words[0].starts_with('/') ? Text{words[0], {}} : program_called(session, "go");
  if (!program.whole()) return {program, Truth::maybe};
  if (program.text.empty()) return not_there();
  const Text exported = value_of(session, words[2]);
  if (!exported.whole() || !exported.text.empty()) return {exported, Truth::maybe};
  for (const char* elsewhere : {"GOENV", "XDG_CONFIG_HOME"}) {
    const Text value = value_of(session, elsewhere);
    if (!value.whole() || !value.text.empty()) return unknown();
  }
  if (auto line = line_of_go(session, words[2])) return known(std::move(*line));
  return known(words[2] == "GOBIN" ? "" : (session.host.system().user().home / "go").text);
}

Output where(const Session& session, const std::string& name) {
  if (session.state.functions.contains(name) || session.state.aliases.contains(name))
    return unknown();
  const Text found = program_called(session, name);
  if (found.whole() && !found.text.empty()) return known(found.text);
  return command_called(session, name) == Truth::no ? not_there() : unknown();
}

/// `run-parts --list … /etc/profile.d`: the files that Debian's /etc/profile reads.
Output run_parts(const Session& session, const Words& words) {
  if (words.size() < 2 || !words.back().starts_with('/') || words[1] != "--list") return unknown();
  const auto names = session.host.disk().list(Path(words.back()));
  if (!names) return unknown();
  std::string out;
  for (const std::string& name : *names) {
    if (!name.ends_with(".sh") || name.find_first_of(" \t~") != std::string::npos) continue;
    out += (out.empty() ? "" : "\n") + words.back() + "/" + name;
  }
  return known(std::move(out));
}

Output of_path(const Words& words) {
  const bool folder = last_part(words[0]) == "dirname";
  if (words.size() != 2 || words[1].empty() || words[1].ends_with('/')) return unknown();
  const std::size_t slash = words[1].rfind('/');
  if (!folder) return known(words[1].substr(slash == std::string::npos ? 0 : slash + 1));
  if (slash == std::string::npos) return known(".");
  return known(words[1].substr(0, std::max<std::size_t>(slash, 1)));
}

Output echo(const Words& words) {
  const bool print = words[0] == "printf";
  if (print && words.size() == 3 && (words[1] == "%s" || words[1] == "%s\\n"))
    return known(words[2]);
  std::string out;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].find('\\') != std::string::npos || (i == 1 && words[i].starts_with('-')) ||
        (print && words[i].find('%') != std::string::npos))
      return unknown();
    out += (i == 1 ? "" : " ") + words[i];
  }
  if (print && words.size() > 2) return unknown();
  while (out.ends_with('\n')) out.pop_back();
  return known(std::move(out));
}

/// `$(<FILE)`, `$(cat FILE)`.
Output of_file(const Session& session, const Text& name) {
  if (!name.whole() || !name.text.starts_with('/')) return unknown();
  const FileText file = read_text(session.host, Path(name.text));
  if (!file.there) return file.why_not.is_unknown() ? unknown() : not_there();
  std::string text = file.text;
  if (text.size() > 10'000 ||
      text.find_first_of(std::string{path_begin, path_end, '\0'}) != text.npos)
    return unknown();
  while (text.ends_with('\n')) text.pop_back();
  return known(std::move(text));
}

/// `cd FOLDER && pwd`: where a file finds itself.
std::optional<Output> place_of(Session& session, const Command& command) {
  if (command.kind != Command::Kind::both) return {};
  Words go = command.parts[0].words, say = command.parts[1].words;
  for (Words* words : {&go, &say}) {
    const bool prefix =
        !words->empty() && (words->front() == "command" || words->front() == "builtin");
    if (prefix) words->erase(words->begin());
  }
  if (go.size() == 3 && (go[1] == "-P" || go[1] == "--")) go.erase(go.begin() + 1);
  const bool links = say == Words{"pwd", "-P"};
  if (go.size() != 2 || go[0] != "cd" || (say != Words{"pwd"} && !links)) return {};
  const Text folder = expanded(session, go[1], Place::word);
  if (!folder.whole() || !folder.text.starts_with('/')) return unknown();
  const Path path(folder.text);
  const auto status = session.host.disk().stat_target(path);
  if (!status || status->type != engine::FileStatus::Type::folder) return not_there();
  if (!links) return known(path.text);
  const auto real = session.host.disk().resolve(path);
  return real && *real ? known((*real)->text) : unknown();
}

}  // namespace

Output output_of_program(Session& session, const Words& words) {
  const std::string name = last_part(words[0]);
  if (name == "readlink" && words.size() == 2 && words[1].starts_with('/')) {
    const auto status = session.host.disk().stat(Path(words[1]));
    const bool link = !status || status->type == engine::FileStatus::Type::symlink;
    return link ? unknown() : not_there();
  }
  if (name == "echo" || name == "printf" || words[0] == "print") return echo(words);
  if (name == "whoami" || name == "id" || name == "uname" || name == "arch")
    return names(session, words);
  if (name == "brew") return brew(session, words);
  if (name == "go") return go(session, words);
  if (words[0] == "command" && words.size() == 3 && words[1] == "-v")
    return where(session, words[2]);
  if (name == "which" && words.size() == 2) return where(session, words[1]);
  if (name == "dirname" || name == "basename") return of_path(words);
  if (name == "cat" && words.size() == 2) return of_file(session, {words[1], {}});
  if (name == "run-parts") return run_parts(session, words);
  if (!words[0].starts_with('/')) {
    return command_called(session, words[0]) == Truth::no ? not_there() : unknown();
  }
  const auto status = session.host.disk().stat_target(Path(words[0]));
  const bool gone = status && status->type == engine::FileStatus::Type::absent;
  const bool systems = words[0].starts_with("/usr/") && !words[0].starts_with("/usr/local/");
  return gone && !systems && !words[0].starts_with("/bin/") ? not_there() : unknown();
}

namespace {

Output output_of_simple(Session& session, const Command& command) {
  Fields fields = fields_of(session, command.words, 0);
  if (!fields.why.empty() || fields.items.empty()) return unknown();
  Words words;
  for (const Text& item : fields.items) {
    if (!item.whole()) return {{"", item.why}, Truth::maybe};
    words.push_back(without_marks(item.text));
  }
  const bool prefix = (words[0] == "command" || words[0] == "builtin") && words.size() > 1;
  if (prefix && !words[1].starts_with('-')) words.erase(words.begin());
  if (words[0].find('=') != std::string::npos || session.state.functions.contains(words[0]) ||
      session.state.aliases.contains(words[0]))
    return unknown();
  return output_of_program(session, words);
}

Output output_of_command(Session& session, const Command& command) {
  if (auto there = place_of(session, command)) return *there;
  const Words& words = command.words;
  if (command.kind == Command::Kind::test) return {{}, condition(session, words, true)};
  if (command.kind == Command::Kind::simple && words[0] == "[" && words.back() == "]")
    return {{}, condition(session, {words.begin() + 1, words.end() - 1}, false)};
  const bool either = command.kind == Command::Kind::either;
  if (!either && command.kind != Command::Kind::both)
    return command.kind == Command::Kind::simple ? output_of_simple(session, command) : unknown();
  Output first = output_of_command(session, command.parts[0]);
  if (first.success == Truth::maybe || !first.text.whole()) return unknown();
  if ((first.success == Truth::yes) == either) return first;
  Output second = output_of_command(session, command.parts[1]);
  if (!first.text.text.empty()) second.text.text = first.text.text + "\n" + second.text.text;
  return second;
}

}  // namespace

Output output_of(Session& session, std::string_view command) {
  if (command.starts_with('<'))
    return of_file(session, expanded(session, command.substr(1), Place::word));
  Script script = parse_script(command, dialect_of(session.shell));
  if (script.broken_at != 0) return unknown();
  if (script.commands.empty()) return known("");
  if (script.commands.size() != 1) return unknown();
  return output_of_command(session, script.commands.front());
}

}  // namespace gopol::providers::shell
