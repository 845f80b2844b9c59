#include "providers/path/block_place.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "engine/host/read_once.h"
#include "providers/files/place.h"
#include "providers/read/reading.h"
#include "providers/shell/managed_block.h"

namespace gopol::providers {
namespace {

using dsl::Path;
using dsl::Result;
using engine::Host;
using shell::Shell;

using Files = std::vector<Path>;
using Texts = std::map<std::string, std::string>;  // by path

/// fish reads every file of conf.d before config.fish; gopol's block stood in one of its own.
/// Source: fish(1) "Configuration files", share/config.fish.
Path old_fish_file(const Host& host) {
  return host.system().user().home / ".config/fish/conf.d/gopol.fish";
}

/// Where a block may be found, in the order in which the shell reads the files.
Files places(Shell shell, const Host& host) {
  const Path& home = host.system().user().home;
  const Path zsh = shell::zsh_folder(host.system());
  switch (shell) {
    case Shell::zsh: return {zsh / ".zprofile", zsh / ".zshrc", zsh / ".zlogin"};
    case Shell::bash: return {home / ".profile", home / ".bash_login", home / ".bash_profile"};
    case Shell::fish: return {old_fish_file(host), usual_file(shell, host)};
    case Shell::sh: break;
  }
  return {home / ".profile"};
}

/// Where gopol puts it, best first. What a terminal's zsh reads after the profile may undo the
/// block, and a login shell that nobody types into does not read it: then it stands in both. bash
/// and fish read one file last whoever types.
std::vector<Files> arrangements(Shell shell, const Host& host) {
  std::vector<Files> out{{usual_file(shell, host)}};
  if (shell != Shell::zsh) return out;
  const Path folder = shell::zsh_folder(host.system());
  out.push_back({folder / ".zprofile", folder / ".zshrc"});
  out.push_back({folder / ".zlogin"});
  return out;
}

/// A block's text taken out of a file's and, if wanted, put at its end.
Result<std::string> moved_to_end(const std::string& file, std::string text, std::string_view name,
                                 const std::string& body, bool wanted) {
  auto out = shell::remove_block({file, text}, name);
  return out && wanted ? shell::put_block({file, *out}, name, body) : std::move(out);
}

/// The files that change, as they will be: gone from all places but these, at the end of these, or
/// (`stay`) where it stands in them.
Result<Texts> texts_with(const BlockName& block, const std::string& body, const Files& where,
                         bool stay, const Host& host) {
  Texts out;
  // gopol's own Go comes before what a policy puts in front, whichever was written first.
  const auto go =
      block.name == path_name ? find_placed({block.shell, go_name}, host) : PlacedBlock();
  for (const Path& file : places(block.shell, host)) {
    const auto before = host.disk().read(file);
    if (!before) return before.error();
    const std::string now = before->value_or("");
    const bool wanted = !body.empty() && std::find(where.begin(), where.end(), file) != where.end();
    auto text = wanted && stay ? shell::put_block({file.text, now}, block.name, body)
                               : moved_to_end(file.text, now, block.name, body, wanted);
    if (text && go.there && !stay && !body.empty())
      text = moved_to_end(file.text, std::move(*text), go_name, go.body, wanted);
    if (!text) return text.error();
    if (*text != now) out.emplace(file.text, std::move(*text));
  }
  return out;
}

/// One way to write the block, and how much of it would be out of force.
struct Way {
  Texts texts;
  std::size_t weight = 0;
};

/// The first of the best ways. It stays where it stands only if it belongs there.
Result<Way> best_way(const BlockName& block, const std::string& body, const PlacedBlock& now,
                     const Host& host, const WeighBlock& weigh) {
  std::optional<Way> best;
  const auto take = [&](const Files& where, bool stay) -> Result<bool> {
    auto texts = texts_with(block, body, where, stay, host);
    if (!texts) return texts.error();
    if (best && texts->empty()) return false;  // as it is, which was weighed
    const std::size_t weight = body.empty() ? 0 : weigh(engine::read_once(host, *texts));
    if (!best || weight < best->weight) best = Way{std::move(*texts), weight};
    return best->weight == 0;
  };
  if (now.there && !now.astray) {
    const auto done = take(now.files, true);
    if (!done) return done.error();
    if (*done) return std::move(*best);
  }
  for (const Files& where : arrangements(block.shell, host)) {
    const auto done = take(where, false);
    if (!done) return done.error();
    if (*done) break;
  }
  return std::move(*best);
}

}  // namespace

Path usual_file(Shell shell, const Host& host) { return shell::profile_file(shell, host); }

PlacedBlock find_placed(const BlockName& block, const Host& host) {
  PlacedBlock out;
  for (const Path& file : places(block.shell, host)) {
    const FileText text = read_text(host, file);
    if (text.why_not.is_unknown()) out.unreadable = text.why_not;
    if (!text.there) continue;
    auto found = shell::find_block({file.text, text.text}, block.name);
    if (!found) out.unreadable = unknown(found.error());
    if (!found || !*found) continue;
    out.astray = out.astray || (out.there && out.body != (*found)->body);
    out.there = true;
    out.body = std::move((*found)->body);
    out.first_line = (*found)->line + ((*found)->after_open_line ? 2 : 1);
    out.files.push_back(file);
  }
  const auto all = arrangements(block.shell, host);
  const bool known = std::find(all.begin(), all.end(), out.files) != all.end();
  out.astray = out.there && (out.astray || !known);
  return out;
}

bool would_move(const BlockName& block, const PlacedBlock& now, const Host& host,
                const WeighBlock& weigh) {
  if (!now.there || now.unreadable.is_unknown()) return false;
  if (now.astray) return true;
  const auto way = best_way(block, now.body, now, host, weigh);
  return way && !way->texts.empty();
}

Result<engine::Prepared> place_block(const BlockName& block, const std::string& body,
                                     const Host& host, const WeighBlock& weigh) {
  auto way = best_way(block, body, find_placed(block, host), host, weigh);
  if (!way) return way.error();
  engine::Prepared out;
  for (auto& [path, text] : way->texts) {
    const bool own = text.empty() && path == old_fish_file(host).text;
    const auto before = host.disk().read(Path(path));
    if (!before) return before.error();
    out.append(
        own ? files::prepare_edit({.path = Path(path), .kind = engine::FileEdit::Kind::remove},
                                  host.disk())
            : files::prepare_part(Path(path), before->value_or(""), std::move(text), host.disk()));
  }
  return out;
}

}  // namespace gopol::providers
