#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/profile_reader.h"

namespace gopol::providers::shell {
namespace {

/// The words of `(…)` or of a command in `$(…)`, quotes kept.
std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> out;
  for (const Command& command : parse_script(text).commands) {
    out.insert(out.end(), command.words.begin(), command.words.end());
  }
  return out;
}

/// `"$(…)"` and its like without what is around the command.
std::string_view command_in(std::string_view text) {
  if (text.size() > 1 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  if (text.starts_with("$(") && text.ends_with(")")) return text.substr(2, text.size() - 3);
  if (text.size() > 1 && text.front() == '`' && text.back() == '`')
    return text.substr(1, text.size() - 2);
  return {};
}

bool is_whole_path(std::string_view word) {
  return word == "$path" || word == "$path[@]" || word == "\"$path[@]\"" || word == "${path[@]}" ||
         word == "\"${path[@]}\"" || word == "${path}";
}

}  // namespace

void ProfileReader::assign(const std::string& word, Truth run, const std::string& origin) {
  const std::size_t end = assigned_name(word);
  const std::string name = word.substr(0, end);
  const bool appends = word[end] == '+';
  const std::string_view value = std::string_view(word).substr(end + (appends ? 2 : 1));
  if (name == "PATH") return assign_path(value, appends, run, origin);
  const bool is_array = value.starts_with("(") && value.ends_with(")");
  if (name == "path" && session_.shell() == Shell::zsh) {
    if (is_array) return assign_array(value.substr(1, value.size() - 2), appends, run, origin);
    return lose(origin, "gopol does not understand the line");
  }
  auto text = is_array || run != Truth::yes ? std::nullopt : session_.expand(value, true);
  if (text && appends) {
    const auto before = session_.variable(name);
    text = before ? std::optional(*before + *text) : std::nullopt;
  }
  session_.set(name, std::move(text), origin);
}

void ProfileReader::assign_path(std::string_view word, bool appends, Truth run,
                                const std::string& origin) {
  if (run == Truth::maybe) return lose(origin, "whether the line runs cannot be told from files");
  auto text = session_.expand(word, true);
  if (!text) return lose(origin, "it uses what cannot be told from files");
  if (appends) text = path_mark + *text;
  if (!session_.set_path(*text, origin)) lose(origin, "gopol does not understand the line");
}

void ProfileReader::assign_array(std::string_view inside, bool appends, Truth run,
                                 const std::string& origin) {
  if (run == Truth::maybe) return lose(origin, "whether the line runs cannot be told from files");
  std::vector<PathEntry> out;
  if (appends) out = session_.path();
  for (const std::string& word : words_in(inside)) {
    if (is_whole_path(word)) {
      out.insert(out.end(), session_.path().begin(), session_.path().end());
      continue;
    }
    auto text = session_.expand(word, false);
    if (!text || text->find(path_mark) != std::string::npos) {
      return lose(origin, "it uses what cannot be told from files");
    }
    out.push_back({std::move(*text), origin});
  }
  session_.set_path(std::move(out));
}

/// A folder that gopol's block takes out of PATH, wherever it stands; what is unknown may hold it.
void ProfileReader::take_out(const std::string& word, Truth run, const std::string& origin) {
  if (run == Truth::maybe) return lose(origin, "whether the line runs cannot be told from files");
  bool ok = true;
  const std::string folder = unquoted(session_.shell(), word, ok);
  std::vector<PathEntry> out = session_.path();
  std::erase_if(out,
                [&](const PathEntry& entry) { return !entry.unknown && entry.folder == folder; });
  session_.set_path(std::move(out));
}

void ProfileReader::declare(const std::vector<std::string>& words, Truth run,
                            const std::string& origin) {
  bool unique = false, takes_back = false, hands_on = words[0] == "export";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::size_t name = assigned_name(word);
    if (hands_on) session_.hand_on(name == 0 ? word : word.substr(0, name));
    if (name != 0) {
      assign(word, run, origin);
    } else if (word.starts_with('-') || word.starts_with('+')) {
      unique = unique || (word[0] == '-' && word.find('U') != std::string::npos);
      hands_on = hands_on || (word[0] == '-' && word.find('x') != std::string::npos);
      takes_back = takes_back || word[0] == '+' || word.find('n') != std::string::npos;
    } else if (word == "PATH" && takes_back) {
      lose(origin, "gopol does not understand the line");
    }
    const bool is_path =
        word == "PATH" || word == "path" || word.starts_with("path=") || word.starts_with("PATH=");
    if (unique && is_path && session_.shell() == Shell::zsh) session_.keep_unique();
  }
}

void ProfileReader::source(const std::vector<std::string>& words, Truth run,
                           const std::string& origin) {
  if (words.size() < 2) return;
  if (words[1].find("bash_completion") != std::string::npos) return;
  const auto file = session_.expand(words[1], false);
  if (!file || !file->starts_with('/')) return lose(origin, "which file it reads cannot be told");
  run_file(dsl::Path(*file), run);
}

void ProfileReader::evaluate(const std::vector<std::string>& words, Truth run,
                             const std::string& origin) {
  const std::string_view inner = words.size() == 2 ? command_in(words[1]) : std::string_view{};
  if (words.size() == 2 && is_harmless(words[1])) return;
  const std::vector<std::string> command = words_in(inner);
  const bool helper = !command.empty() && command[0].ends_with("path_helper");
  const bool brew = command.size() >= 2 && command[1] == "shellenv";
  if ((helper || brew) && run == Truth::maybe)
    return lose(origin, "whether the line runs cannot be told from files");
  if (helper) return run_path_helper();
  if (brew) return brew_shellenv(command[0], run, origin);
  lose(origin, "what `eval` runs cannot be told from files");
}

/// `brew shellenv` puts PREFIX/bin and PREFIX/sbin first; without a brew it prints nothing.
void ProfileReader::brew_shellenv(std::string_view brew, Truth, const std::string& origin) {
  const auto program = session_.expand(brew, false);
  if (!program || program->find(path_mark) != std::string::npos) {
    return lose(origin, "which `brew` it starts cannot be told");
  }
  std::vector<PathEntry> candidates;
  if (program->starts_with('/'))
    candidates.push_back({dsl::Path(*program).parent().text, origin});
  else
    candidates = session_.path();
  for (const PathEntry& entry : candidates) {
    if (entry.unknown) return lose(origin, "which `brew` it starts cannot be told");
    if (!entry.folder.starts_with('/')) continue;
    const auto status = session_.host().disk().stat_target(dsl::Path(entry.folder) / "brew");
    if (!status) return lose(origin, status.error().front().message);
    if (status->type != engine::FileStatus::Type::regular) continue;
    const dsl::Path prefix = dsl::Path(entry.folder).parent();
    std::vector<PathEntry> out{{(prefix / "bin").text, origin}, {(prefix / "sbin").text, origin}};
    out.insert(out.end(), session_.path().begin(), session_.path().end());
    return session_.set_path(without_repetition(out));
  }
}

void ProfileReader::run_path_helper() {
  const engine::Disk& disk = session_.host().disk();
  std::vector<dsl::Path> files{dsl::Path("/etc/paths")};
  const auto names = disk.list(dsl::Path("/etc/paths.d"));
  if (!names) return lose("/etc/paths.d", names.error().front().message);
  for (const std::string& name : *names) files.push_back(dsl::Path("/etc/paths.d") / name);
  std::vector<PathEntry> out;
  for (const dsl::Path& file : files) {
    const FileText text = read_text(session_.host(), file);
    if (const auto* why = text.why_not.as<dsl::Unknown>()) return lose(file.text, why->reason);
    int number = 0;
    for (const std::string_view line : lines_with_ends(text.text)) {
      ++number;
      const std::string_view folder = without_end(line);
      if (!folder.empty())
        out.push_back({std::string(folder), fmt::format("{}:{}", file.text, number)});
    }
  }
  out.insert(out.end(), session_.path().begin(), session_.path().end());
  session_.set_path(without_repetition(out));
}

}  // namespace gopol::providers::shell
