#include "engine/net/git/history.h"

#include <fmt/format.h>

#include <cstring>
#include <set>
#include <utility>

#include "engine/net/git/cache.h"
#include "engine/net/git/objects.h"
#include "engine/source/commit_object.h"

namespace gopol::engine::net {
namespace {

struct Less {
  bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_cmp(&a, &b) < 0; }
};
using Ids = std::set<git_oid, Less>;

/// As the object's bytes say, which are what a signature is of.
dsl::Result<std::vector<git_oid>> parents_of(git_repository* repository, const git_oid& id) {
  const auto object = read_object(repository, id);
  if (!object) return object.error();
  const auto links = links_of(*object);
  if (!links) return dsl::problem("T6009", fmt::format("commit {} has no tree", to_text(id)));
  std::vector<git_oid> out(links->parents.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    git_oid_fromstr(&out[i], links->parents[i].c_str());
  }
  return out;
}

/// `from` and all that it comes after; ends early once `wanted` is among them.
dsl::Result<Ids> ancestry(git_repository* repository, const git_oid& from, const git_oid* wanted) {
  Ids out{from};
  std::vector<git_oid> open{from};
  while (!open.empty() && (wanted == nullptr || !out.contains(*wanted))) {
    const git_oid id = open.back();
    open.pop_back();
    const auto parents = parents_of(repository, id);
    if (!parents) return parents.error();
    for (const git_oid& parent : *parents) {
      if (out.insert(parent).second) open.push_back(parent);
    }
  }
  return out;
}

dsl::Result<std::vector<git_oid>> line_since(git_repository* repository, const git_oid& tip,
                                             const Ids& known) {
  std::vector<git_oid> out;
  git_oid at = tip;
  while (!known.contains(at)) {
    if (out.size() == longest_line) {
      return dsl::problem(
          "T6006",
          fmt::format("more than {} commits came since the last one that was used", longest_line),
          "look at them, then accept what is there with `gopol source trust`");
    }
    out.push_back(at);
    const auto parents = parents_of(repository, at);
    if (!parents) return parents.error();
    if (parents->empty()) break;
    at = parents->front();
  }
  return out;
}

/// Whether two commits say the same, signed in two spellings: an armour can be wrapped otherwise,
/// and some signatures have a double, so that a server without keys makes such a twin.
bool are_twins(git_repository* repository, const git_oid& one, const git_oid& other) {
  const auto payload = [&](const git_oid& id) {
    const auto object = read_object(repository, id);
    if (!object) return std::string();
    const auto commit = read_commit(to_text(id), *object);
    return commit ? commit->payload : std::string();
  };
  const std::string first = payload(one);
  return !first.empty() && first == payload(other);
}

}  // namespace

dsl::Result<Descent> descent_of(git_repository* repository, const git_oid& tip,
                                const git_oid* last) {
  Descent out;
  if (last == nullptr) {
    out.line = {tip};
    return out;
  }
  out.has_last = has_object(repository, *last);
  auto after = ancestry(repository, tip, last);
  if (!after) return after.error();
  out.descends = after->contains(*last);
  if (!out.has_last) return out;
  auto before = ancestry(repository, *last, nullptr);
  if (!before) return before.error();
  out.is_older = !out.descends && before->contains(tip);
  auto line = line_since(repository, tip, *before);
  if (!line) return line.error();
  out.line = std::move(*line);
  // The twin that was used is no reason to refuse the one that the team has.
  if (!out.descends && !out.line.empty() && are_twins(repository, out.line.back(), *last))
    out.descends = true;
  return out;
}

}  // namespace gopol::engine::net
