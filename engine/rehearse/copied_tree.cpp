#include "engine/rehearse/copied_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace gopol::engine {
namespace {

using Type = FileStatus::Type;

constexpr int most_links = 40;

std::string below(const Path& folder) { return folder.text == "/" ? "/" : folder.text + "/"; }

/// The parts of a path that still have to be walked, the next one last.
void push_parts(std::string_view path, std::vector<std::string>& parts) {
  std::vector<std::string> own;
  for (std::size_t from = 0; from < path.size();) {
    const std::size_t end = std::min(path.find('/', from), path.size());
    if (end > from) own.emplace_back(path.substr(from, end - from));
    from = end + 1;
  }
  parts.insert(parts.end(), std::make_move_iterator(own.rbegin()),
               std::make_move_iterator(own.rend()));
}

}  // namespace

/// Where the machine has a path that was not written itself; nothing: a folder above it is new, or
/// gone.
std::optional<Path> CopiedTree::place_on_disk(const Path& path) const {
  if (nodes_.empty()) return path;
  for (Path above = path.parent(), last = path; above != last;
       last = above, above = above.parent()) {
    const auto at = nodes_.find(above.text);
    if (at == nodes_.end()) continue;
    saw_change_ = true;
    const CopiedNode& node = at->second;
    if (node.status.type != Type::folder || !node.from) return {};
    return *node.from / path.text.substr(below(above).size());
  }
  return path;
}

Result<CopiedView> CopiedTree::look(const Path& path) const {
  if (const auto at = nodes_.find(path.text); at != nodes_.end()) {
    saw_change_ = true;
    return CopiedView{at->second.status, &at->second, at->second.from};
  }
  const auto from = place_on_disk(path);
  if (!from) return CopiedView{};
  auto status = disk_.stat(*from);
  if (!status) return status.error();
  return CopiedView{*status, nullptr, from};
}

Result<Path> CopiedTree::follow(const Path& path, bool last) const {
  Path at("/");
  std::vector<std::string> parts;
  push_parts(path.text, parts);
  int links = 0;
  while (!parts.empty()) {
    const std::string part = std::move(parts.back());
    parts.pop_back();
    if (part == ".") continue;
    if (part == "..") {
      at = at.parent();
      continue;
    }
    const Path next = at / part;
    const bool is_last = parts.empty();
    const auto view = look(next);
    if (!view) return view.error();
    if (view->status.type != Type::symlink || (is_last && !last)) {
      at = next;
      continue;
    }
    if (++links > most_links)
      return dsl::problem("R4002", fmt::format("`{}` leads through too many links", path.text));
    std::string target = view->node != nullptr ? view->node->bytes : "";
    if (view->node == nullptr) {
      const auto read = disk_.read_link(*view->from);
      if (!read) return read.error();
      target = read->value_or("");
    }
    if (target.starts_with('/')) at = Path("/");
    push_parts(target, parts);
  }
  return at;
}

Result<std::vector<std::string>> CopiedTree::list(const Path& folder) const {
  const auto view = look(folder);
  if (!view) return view.error();
  std::vector<std::string> out;
  if (view->from) {
    auto known = disk_.list(*view->from);
    if (!known) return known;
    out = std::move(*known);
  }
  const std::string front = below(folder);
  for (auto at = nodes_.lower_bound(front); at != nodes_.end(); ++at) {
    if (!at->first.starts_with(front)) break;
    std::string name = at->first.substr(front.size());
    if (name.empty() || name.find('/') != std::string::npos) continue;
    saw_change_ = true;
    std::erase(out, name);
    if (at->second.status.type != Type::absent) out.push_back(std::move(name));
  }
  std::sort(out.begin(), out.end());
  return out;
}

void CopiedTree::put(const Path& path, CopiedNode node) {
  nodes_.insert_or_assign(path.text, std::move(node));
}

void CopiedTree::forget_below(const Path& path) {
  const std::string front = below(path);
  std::erase_if(nodes_, [&](const auto& one) {
    return one.first.starts_with(front) && one.first.size() > front.size();
  });
}

void CopiedTree::move(const Path& from, const Path& to) {
  const std::string front = below(from);
  std::map<std::string, CopiedNode> moved;
  for (auto at = nodes_.lower_bound(front); at != nodes_.end() && at->first.starts_with(front);) {
    moved.emplace(below(to) + at->first.substr(front.size()), std::move(at->second));
    at = nodes_.erase(at);
  }
  forget_below(to);
  nodes_.merge(moved);
}

}  // namespace gopol::engine
