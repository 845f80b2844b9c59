#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "providers/shell/session/fish.h"
#include "providers/shell/session/outputs.h"
#include "providers/shell/session/reader.h"
#include "providers/shell/syntax/fish.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::FileStatus;

constexpr std::array system_folders = {"/usr/bin", "/bin", "/usr/sbin", "/sbin"};

}  // namespace

/// `PROGRAM | source`: what a tool prints where that is documented.
Truth Reader::fish_printed(const Command& program) {
  constexpr const char* why = "what `source` runs cannot be told from files";
  if (program.kind != Command::Kind::simple) return lose(why);
  Words words = program.words;
  if (words.front() == "eval" || words.front() == "command") words.erase(words.begin());
  if (words.empty()) return lose(why);
  if (const auto known = evaluate_tool("(" + joined_with_blanks(words, 0) + ")")) return *known;
  const FishLines lines = fish_output(session_, joined_with_blanks(words, 0));
  if (!lines.why.empty()) return lose(why);
  std::string text;
  for (const Text& line : lines.items) {
    if (!line.whole()) return lose(why);
    text += line.text + "\n";
  }
  return run_text(text);
}

Truth Reader::fish_source(const Words& words, const Fields& fields) {
  if (words.size() < 2) return Truth::no;
  const std::string& written = words[1];
  if (written.starts_with('(') && written.find("psub") != std::string::npos) {
    const Script script = parse_fish(std::string_view(written).substr(1, written.size() - 2));
    const bool one = script.broken_at == 0 && script.commands.size() == 1;
    if (!one || script.commands[0].kind != Command::Kind::pipe ||
        script.commands[0].parts.size() != 2)
      return lose("which file it reads cannot be told");
    return fish_printed(script.commands[0].parts[0]);
  }
  if (fields.items.empty() || !fields.items[0].whole() || !fields.items[0].text.starts_with('/'))
    return lose("which file it reads cannot be told");
  const Path file(fields.items[0].text);
  const auto status = session_.host.disk().stat_target(file);
  if (status && status->type == FileStatus::Type::absent) return Truth::no;
  const std::vector<Text> outer = session_.state.arguments;
  session_.state.arguments.assign(fields.items.begin() + 1, fields.items.end());
  const std::string where = session_.where;
  run_file(file);
  session_.where = where;
  session_.state.arguments = outer;
  return session_.state.last;
}

Truth Reader::fish_eval(const Words& words, const Fields& fields) {
  if (words.size() == 2) {
    if (const auto known = evaluate_tool(words[1])) return *known;
  }
  std::string text;
  for (const Text& item : fields.items) {
    if (!item.whole()) return lose("what `eval` runs cannot be told from files");
    text += (text.empty() ? "" : " ") + item.text;
  }
  if (!fields.why.empty()) return lose("what `eval` runs cannot be told from files");
  return run_text(text);
}

/// What fish starts with, then its files: conf.d of the user, the system and other packages, where
/// the first of a name hides the others; then config.fish. Source: share/config.fish.
void Reader::run_fish_files() {
  const engine::Host& host = session_.host;
  const Path system = fish_system_folder(host), user = fish_user_folder(host);
  if (host.system().platform() == "macos") run_path_helper();
  user_paths_changed();
  std::set<std::string> seen;
  for (const Path& folder :
       {user / "conf.d", system / "conf.d",
        host.system().user().home / ".local/share/fish/vendor_conf.d",
        fish_data_folder(host) / "vendor_conf.d", Path("/usr/share/fish/vendor_conf.d")}) {
    auto names = host.disk().list(folder);
    if (!names) {
      session_.where = folder.text;
      return void(lose(names.error().front().message.text()));
    }
    std::sort(names->begin(), names->end());
    for (const std::string& name : *names) {
      if (!name.ends_with(".fish") || name.starts_with('.') || !seen.insert(name).second) continue;
      const auto status = host.disk().stat_target(folder / name);
      if (status && status->type != FileStatus::Type::regular) continue;
      if (session_.state.flow == Flow::on) run_file(folder / name);
    }
  }
  for (const Path& folder : {system, user}) {
    if (session_.state.flow == Flow::on) run_file(folder / "config.fish");
  }
}

/// Puts folders that exist into `fish_user_paths`, or with -P into PATH; those that are there stay
/// where they are unless -m moves them. Source: fish_add_path(1).
Truth Reader::fish_add_path(const Fields& fields) {
  FishSet how;
  bool moves = false, only_says = false;
  std::vector<Text> wanted;
  how.name = "fish_user_paths";
  how.prepends = true;
  for (const Text& item : fields.items) {
    const std::string& word = item.text;
    const bool option = word.size() > 1 && word[0] == '-' && item.whole() && word != "--";
    if (!option && word != "--") wanted.push_back(item);
    const auto has = [&](char letter, const char* name) {
      return option && (word[1] == '-' ? word == name : word.find(letter) != std::string::npos);
    };
    if (has('g', "--global")) how.global = true;
    if (has('U', "--universal")) how.universal = true;
    if (has('P', "--path")) how.name = "PATH";
    if (has('a', "--append")) how.prepends = false;
    if (has('m', "--move")) moves = true;
    if (has('n', "--dry-run")) only_says = true;
  }
  how.appends = !how.prepends;
  if (how.name == "PATH") {
    how.universal = false;
    how.global = true;
  }
  const Fields before = fish_items(session_, how.name);
  const bool there = session_.state.universal.contains(how.name) || !before.items.empty() ||
                     (session_.state.variables.contains(how.name) &&
                      session_.state.variables.find(how.name)->second.set);
  if (!how.global && !how.universal && !there) how.universal = true;
  Fields kept = before, news;
  news.why = fields.why;
  for (const Text& item : wanted) {
    if (!news.why.empty()) break;
    if (!item.whole()) {
      news.why = item.why;
      break;
    }
    if (!item.text.starts_with('/')) {
      news.why = untold;
      break;
    }
    const Path folder(item.text);
    const auto status = session_.host.disk().stat_target(folder);
    if (!status) news.why = status.error().front().message.text();
    const bool systems =
        is_one_of(folder.text, system_folders);  // a recorded machine may lack them
    if (!status || (status->type != FileStatus::Type::folder && !systems)) continue;
    const Text one{folder.text, {}};
    const auto in = [&](const std::vector<Text>& list) {
      return std::find(list.begin(), list.end(), one) != list.end();
    };
    if (in(news.items)) continue;
    if (in(before.items) && !moves) continue;
    if (!in(before.items) && !before.why.empty()) news.why = before.why;  // or it is there already
    std::erase(kept.items, one);
    news.items.push_back(one);
  }
  if (only_says) return Truth::maybe;
  if (news.items.empty() && news.why.empty()) return Truth::no;
  const bool front = how.prepends;
  how.prepends = how.appends = false;
  Fields& first = front ? news : kept;
  Fields& second = front ? kept : news;
  how.values = first;
  if (first.why.empty()) {
    how.values.items.insert(how.values.items.end(), second.items.begin(), second.items.end());
    how.values.why = second.why;
  }
  fish_assign(how);
  return Truth::yes;
}

}  // namespace gopol::providers::shell
