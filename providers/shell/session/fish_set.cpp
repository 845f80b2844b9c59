#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/session/fish.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::Host;

/// The value behind `NAME:` in fish_variables, with its escapes undone.
std::string unescaped(std::string_view text, bool& ok) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
    } else if (text[i + 1] == 'x' && i + 3 < text.size() && digit(text[i + 2]) >= 0 &&
               digit(text[i + 3]) >= 0) {
      out += static_cast<char>(digit(text[i + 2]) * 16 + digit(text[i + 3]));
      i += 3;
    } else if (text[i + 1] == 'n' || text[i + 1] == 't') {
      out += text[++i] == 'n' ? '\n' : '\t';
    } else {
      ok = ok && !is_name_byte(text[i + 1]);
      out += text[++i];
    }
  }
  return out;
}

/// `SETUVAR --export NAME:VALUE`, items between \x1e; \x1d stands for none.
void read_universal(Session& session, std::string_view line, const std::string& origin) {
  Variable out;
  out.origin = origin;
  out.items.clear();
  if (line.starts_with("SET_EXPORT ")) out.exported = true;
  line.remove_prefix(line.find(' ') + 1);
  for (; line.starts_with("--"); line.remove_prefix(line.find(' ') + 1)) {
    out.exported = out.exported || line.starts_with("--export ");
    out.colons = out.colons || line.starts_with("--path ");
    if (line.find(' ') == std::string_view::npos) return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_variable_name(line.substr(0, colon))) return;
  const std::string name(line.substr(0, colon));
  out.colons = out.colons || name.ends_with("PATH");
  bool ok = true;
  const std::string value = unescaped(line.substr(colon + 1), ok);
  for (std::size_t from = 0; from <= value.size() && value != "\x1d";) {
    const std::size_t end = std::min(value.find('\x1e', from), value.size());
    out.items.push_back({value.substr(from, end - from), {}});
    from = end + 1;
  }
  if (!ok) out.items = {{"", "gopol does not understand the line"}};
  session.state.universal[name] = std::move(out);
}

/// Homebrew's fish keeps its files in Homebrew's prefix.
Path prefix_of_fish(const Host& host) {
  const Path program(host.system().user_shell());
  const std::string prefix = program.parent().parent().text;
  return Path(prefix.starts_with("/opt/") || prefix.starts_with("/usr/local") ||
                      prefix.starts_with("/home/")
                  ? prefix
                  : "/");
}

}  // namespace

Path fish_system_folder(const Host& host) { return prefix_of_fish(host) / "etc/fish"; }

Path fish_data_folder(const Host& host) {
  const Path prefix = prefix_of_fish(host);
  return prefix.text == "/" ? Path("/usr/share/fish") : prefix / "share/fish";
}

Path fish_user_folder(const Host& host) { return host.system().user().home / ".config/fish"; }

void begin_fish(Session& session) {
  const Host& host = session.host;
  session.state.advice = "write it as `fish_add_path FOLDER`";
  const std::pair<const char*, Path> folders[] = {{"__fish_config_dir", fish_user_folder(host)},
                                                  {"__fish_sysconf_dir", fish_system_folder(host)},
                                                  {"__fish_data_dir", fish_data_folder(host)}};
  for (const auto& [name, folder] : folders)
    session.state.variables[name].items = {{folder.text, {}}};
  const Path file = fish_user_folder(host) / "fish_variables";
  const FileText text = read_text(host, file);
  session.where = file.text;
  if (text.why_not.is_unknown()) return lose_all(session, "its universal variables cannot be read");
  int number = 0;
  for (std::string_view line : lines_with_ends(text.text)) {
    ++number;
    line = without_end(line);
    if (line.starts_with("SET"))
      read_universal(session, line, fmt::format("{}:{}", file.text, number));
  }
}

/// The block whose end forgets a variable that is set now.
Reader::Frame& Reader::fish_block(bool of_function) {
  std::size_t at = blocks_.size() - 1;
  while (of_function && at > 0 && !blocks_[at].function) --at;
  return blocks_[at];
}

void Reader::fish_hide(const std::string& name, Frame& block) {
  if (name == "PATH") {
    if (!block.outer_path) block.outer_path = session_.state.path;
    return;
  }
  const auto at = session_.state.variables.find(name);
  const bool there = at != session_.state.variables.end();
  block.outer.emplace(name, there ? std::optional(at->second) : std::nullopt);
}

namespace {

/// PATH from items, each perhaps several folders between colons. Folders that were there keep the
/// line that put them there: the last ones first, for what is new mostly stands in front.
std::vector<PathEntry> path_of_items(const Session& session, const Fields& fields) {
  const State& state = session.state;
  std::vector<PathEntry> out;
  std::string why;
  for (const Text& item : fields.items) {
    for (std::size_t from = 0; from <= item.text.size();) {
      const std::size_t end = std::min(item.text.find(':', from), item.text.size());
      const bool cut = end == item.text.size() && !item.whole();
      if (!cut) out.push_back({item.text.substr(from, end - from), session.where, {}});
      from = end + 1;
    }
    if (why.empty()) why = item.why;
    if (!why.empty()) break;
  }
  if (why.empty()) why = fields.why;
  const auto& before = state.path;
  const bool was_lost = !before.empty() && before.back().unknown;
  const std::size_t known = before.size() - (was_lost ? 1 : 0);
  bool goes_on = was_lost && out.size() >= known;  // with all that was known of PATH
  for (std::size_t i = 0; goes_on && i < known; ++i)
    goes_on = out[out.size() - known + i].folder == before[i].folder;
  if (!why.empty() && goes_on)
    out.push_back(before.back());
  else if (!why.empty())
    out.push_back(path_unknown(state, session.where, why));
  std::size_t old = before.size();
  for (std::size_t i = out.size(); i-- > 0;) {
    for (std::size_t at = old; at-- > 0;) {
      if (before[at].folder != out[i].folder || before[at].unknown) continue;
      out[i].origin = before[at].origin;
      old = at;
      break;
    }
  }
  return out;
}

std::vector<Text> items_of(Fields values, bool colons) {
  std::vector<Text> out;
  for (Text& item : values.items) {
    std::size_t from = 0;
    for (; colons && item.text.find(':', from) != std::string::npos;) {
      const std::size_t end = item.text.find(':', from);
      out.push_back({item.text.substr(from, end - from), {}});
      from = end + 1;
    }
    out.push_back({item.text.substr(from), item.why});
  }
  if (!values.why.empty()) out.push_back({"", values.why});
  if (out.size() > 2'000) out = {{"", "it is longer than gopol follows"}};
  return out;
}

void put_together(Fields& values, Fields before, bool in_front) {
  Fields& first = in_front ? values : before;
  Fields& second = in_front ? before : values;
  Fields out = std::move(first);
  if (out.why.empty()) {
    for (Text& item : second.items) out.items.push_back(std::move(item));
    out.why = std::move(second.why);
  }
  values = std::move(out);
}

}  // namespace

/// Sets one variable where its options, or fish's rules without any, say. Source: set(1) "SCOPE".
void Reader::fish_assign(const FishSet& how) {
  State& state = session_.state;
  const std::string& name = how.name;
  if (option(session_, "onvariable" + name) == Truth::yes)
    return void(lose(fmt::format("a function runs whenever {} changes", name)));
  Fields values = how.values;
  if (how.appends || how.prepends) put_together(values, fish_items(session_, name), how.prepends);
  const auto at = state.variables.find(name);
  const bool there = at != state.variables.end() && at->second.set;
  const bool kept = state.universal.contains(name);
  const bool anywhere = !how.local && !how.function && !how.global && !how.universal;
  const bool inside = calls_ > 0 && anywhere && !there && !kept && name != "PATH";
  if (how.local) fish_hide(name, fish_block(false));
  if (how.function || inside) fish_hide(name, fish_block(true));
  if (name == "PATH") {
    state.set_path(path_of_items(session_, values));
    if (how.hides) lose("it takes PATH from programs");
    return;
  }
  const bool universal = how.universal || (anywhere && !there && kept);
  Variable* into = universal ? &state.universal[name] : &state.variables[name];
  for (Frame& block : blocks_) {  // a global one that a block hides
    const auto hidden = block.outer.find(name);
    if (!how.global || hidden == block.outer.end()) continue;
    if (!hidden->second) hidden->second = Variable{};
    into = &*hidden->second;
    break;
  }
  Variable out;
  out.list = true;
  out.colons = how.colons || into->colons || name.ends_with("PATH");
  out.exported = (into->exported && !how.hides && !how.local) || how.exports;
  out.items = items_of(std::move(values), out.colons);
  out.origin = session_.where;
  *into = std::move(out);
  if (name == "fish_user_paths") user_paths_changed();
}

Truth Reader::fish_forget(const FishSet& how) {
  State& state = session_.state;
  Truth out = Truth::yes;
  for (const std::string& written : how.names) {
    const std::string name = written.substr(0, written.find('['));
    const auto at = state.variables.find(name);
    const bool there = at != state.variables.end() && at->second.set;
    if (name.size() != written.size()) {
      if (name == "PATH") return lose("gopol does not follow which of PATH's folders it drops");
      if (!there && !state.universal.contains(name)) continue;
      FishSet unknown;
      unknown.name = name;
      unknown.values.why = "gopol does not follow which of its items it drops";
      fish_assign(unknown);
    } else if (name == "PATH") {
      state.path.clear();
    } else if (there && !how.universal) {
      at->second = Variable{{}, false, false, false, false, session_.where};
    } else if (state.universal.contains(name) && !how.global && !how.local) {
      state.universal.erase(name);
      state.variables.try_emplace(name, Variable{{}, false, false, false, false, session_.where});
    } else {
      out = Truth::no;
    }
    if (name == "fish_user_paths") user_paths_changed();
  }
  return out;
}

/// What fish's own function does: PATH begins with `fish_user_paths`, whatever it was before.
/// Source: share/config.fish, `__fish_reconstruct_path`.
void Reader::user_paths_changed() {
  State& state = session_.state;
  std::vector<PathEntry> path = state.path;
  const auto take = [&](const std::string& folder) {
    const auto at = std::find_if(path.begin(), path.end(), [&](const PathEntry& one) {
      return !one.unknown && one.folder == folder;
    });
    if (at == path.end()) return false;
    path.erase(at);
    return true;
  };
  Variable& added = state.variables["__fish_added_user_paths"];
  for (const Text& folder : added.set ? added.items : std::vector<Text>{})
    if (!folder.text.empty()) take(folder.text);
  added = Variable{{}, true, true, false, false, {}};
  const Fields wanted = fish_items(session_, "fish_user_paths");
  const auto kept = state.universal.find("fish_user_paths");
  const auto at = state.variables.find("fish_user_paths");
  const bool global = at != state.variables.end() && at->second.set;
  const std::string origin = global                          ? at->second.origin
                             : kept != state.universal.end() ? kept->second.origin
                                                             : session_.where;
  std::vector<PathEntry> front;
  std::string why = wanted.why;
  for (const Text& item : items_of({wanted.items, {}}, true)) {
    if (!item.whole()) why = item.why;
    if (!why.empty()) break;
    const bool twice = std::any_of(front.begin(), front.end(),
                                   [&](const PathEntry& one) { return one.folder == item.text; });
    if (!twice) front.push_back({item.text, origin, {}});
  }
  for (const PathEntry& one : front) {
    if (!take(one.folder)) added.items.push_back({one.folder, {}});
  }
  if (!why.empty())
    front.push_back(path_unknown(state, origin, why));
  else
    front.insert(front.end(), path.begin(), path.end());
  state.set_path(std::move(front));
}

}  // namespace gopol::providers::shell
