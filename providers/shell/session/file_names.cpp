#include "providers/shell/session/file_names.h"

#include <algorithm>
#include <utility>

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::FileStatus;

constexpr std::size_t most_names = 5'000;

/// What stands in brackets behind a pattern in zsh.
struct Qualifiers {
  bool none_is_fine = false, follow = false;
  char type = '\0';
};

/// Takes them off the word; false: some are not understood.
bool take_qualifiers(Built& word, Qualifiers& out) {
  const std::size_t open = word.text.rfind('(');
  if (open == std::string::npos || !word.text.ends_with(')') || !word.is_active(open, "("))
    return true;
  const std::string inside = word.text.substr(open + 1, word.text.size() - open - 2);
  if (inside.find_first_not_of("N-/.") != std::string::npos) return false;
  for (const char c : inside) {
    if (c == 'N') out.none_is_fine = true;
    if (c == '-') out.follow = true;
    if (c == '/' || c == '.') out.type = c;
  }
  word.text.resize(open);
  word.kinds.resize(open);
  return true;
}

bool is_pattern(const Session& session, const Built& word, std::size_t at) {
  if (word.kinds[at] == Built::Kind::from_variable && session.shell == Shell::zsh) return false;
  if (word.is_active(at, "*?")) return true;
  if (session.shell == Shell::fish) return false;
  return word.is_active(at, "[") && word.text.find(']', at + 2) != std::string::npos;
}

bool any_pattern(const Session& session, const Built& word) {
  for (std::size_t i = 0; i < word.text.size(); ++i) {
    if (is_pattern(session, word, i)) return true;
  }
  return false;
}

/// One level of folders after the other.
std::optional<std::vector<std::string>> walk(const Session& session, const Built& word) {
  std::vector<std::string> found{""};
  for (std::size_t from = 1; from <= word.text.size();) {
    const std::size_t to = std::min(word.text.find('/', from), word.text.size());
    Built piece;
    bool pattern = false;
    for (std::size_t i = from; i < to; ++i) {
      piece.add(word.text.substr(i, 1), word.kinds[i]);
      pattern = pattern || is_pattern(session, word, i);
    }
    if (piece.text.starts_with("**")) return {};
    std::vector<std::string> next;
    for (const std::string& folder : found) {
      if (!pattern) {
        next.push_back(folder + "/" + piece.text);
        continue;
      }
      const auto names = session.host.disk().list(Path(folder.empty() ? "/" : folder));
      if (!names) return {};
      for (const std::string& name : *names) {
        if (name.starts_with('.') && !piece.text.starts_with('.')) continue;
        const Truth fits = matches(piece, {name, {}});
        if (fits == Truth::maybe) return {};
        if (fits == Truth::yes) next.push_back(folder + "/" + name);
      }
      if (next.size() > most_names) return {};
    }
    found = std::move(next);
    from = to + 1;
  }
  return found;
}

bool fits(const Session& session, const std::string& name, const Qualifiers& want) {
  const auto status = want.follow ? session.host.disk().stat_target(Path(name))
                                  : session.host.disk().stat(Path(name));
  if (!status || status->type == FileStatus::Type::absent) return false;
  if (want.type == '/') return status->type == FileStatus::Type::folder;
  return want.type != '.' || status->type == FileStatus::Type::regular;
}

}  // namespace

bool has_pattern(const Session& session, const Built& word) {
  if (!word.why.empty()) return false;
  const bool qualified = session.shell == Shell::zsh && word.text.ends_with(')') &&
                         word.is_active(word.text.size() - 1, ")");
  return qualified || any_pattern(session, word);
}

std::optional<std::vector<std::string>> file_names(Session& session, const Built& word) {
  Built pattern = word;
  Qualifiers want;
  if (session.shell == Shell::zsh && !take_qualifiers(pattern, want)) return {};
  for (std::size_t i = 0; i < pattern.text.size(); ++i) {
    if (session.shell == Shell::zsh && pattern.is_active(i, "~#^") &&
        option(session, "extendedglob") != Truth::no)
      return {};
  }
  if (!pattern.text.starts_with('/') || pattern.text.find('(') != std::string::npos) return {};
  auto found = walk(session, pattern);
  if (!found) return {};
  std::erase_if(*found, [&](const std::string& name) { return !fits(session, name, want); });
  std::sort(found->begin(), found->end());
  if (!found->empty() || want.none_is_fine) return found;
  const Truth null_glob = option(session, "nullglob");
  if (null_glob == Truth::maybe) return {};
  if (null_glob == Truth::yes) return found;
  if (session.shell == Shell::fish) {
    session.stopped = true;  // the command does not run
    return found;
  }
  if (session.shell == Shell::zsh) {
    session.stopped = option(session, "nomatch") != Truth::no;  // "no matches found"
    if (!session.stopped) return std::vector<std::string>{word.text};
    return {};
  }
  return std::vector<std::string>{word.text};
}

std::optional<std::vector<std::string>> files_that_begin(const engine::Host& host,
                                                         std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (!text.starts_with('/') || slash + 1 == text.size()) return {};
  const std::string folder(text.substr(0, slash + 1));
  const auto names = host.disk().list(Path(folder));
  if (!names) return {};
  std::vector<std::string> out;
  for (const std::string& name : *names) {
    if (name.starts_with(text.substr(slash + 1))) out.push_back(folder + name);
  }
  return out;
}

}  // namespace gopol::providers::shell
