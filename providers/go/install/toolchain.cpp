#include "providers/go/install/toolchain.h"

#include <fmt/format.h>

#include <utility>

#include "engine/host/file_image.h"
#include "providers/go/install/toolchain_install.h"
#include "providers/go/install/toolchain_schema.h"
#include "providers/go/install/tree_aside.h"
#include "providers/go/install/tree_manifest.h"
#include "providers/go/run/discovery.h"
#include "providers/path/path.h"
#include "providers/path/path_block.h"
#include "providers/read/fact_schema.h"
#include "providers/read/go_stub.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::go {
namespace {

bool is_others(const Path& path, const engine::Disk& disk) {
  return disk.write_access(path).kind == engine::WriteAccess::Kind::of_another;
}

/// The tree that a key names.
struct Named {
  Path root;
  bool is_default = false;
};

Named named(const std::string& key, const engine::Query& query, const Host& host) {
  if (is_version_key(key)) return {tree_of_version(key, host), false};
  if (key != "default") return {Path(key), false};
  return {link_or_default(query.input(key, "link"), host.system()), true};
}

/// A tree without its program, or that has lost a part of what gopol unpacked, is no Go: it has to
/// be put there again.
Observation read_version(Observation out, const Path& root, GoTree tree, const engine::Disk& disk) {
  out.origin = (root / "VERSION").text;
  out.value = std::move(tree.version);
  if (out.value.is_known() && tree.arch.is_absent()) {
    out.value = dsl::Absent{};
    out.findings.push_back(fmt::format("{} is missing", (root / "bin/go").text));
  } else if (const std::string damage = damage_of(root, disk); !damage.empty()) {
    out.value = dsl::Absent{};
    out.findings.push_back(fmt::format("{}: {}", root.text, damage));
  }
  return out;
}

/// In force if no other go comes before it.
Observation read_on_path(Observation out, const Path& root, const Host& host) {
  const PathBlock block = read_path_block(host, go_name);
  out.origin = block.origin;
  out.value = block.unreadable;
  if (out.value.is_unknown()) return out;
  out.value = block.edits.first == root / "bin";
  if (out.value == Value(false)) return out;
  out.elsewhere = path_elsewhere("first", block.edits, WorkSessions(host), host, go_name);
  out.misplaced = is_path_block_astray(host, go_name) ||
                  (!out.elsewhere.empty() && path_block_would_move(block.edits, host, go_name));
  return out;
}

Observation read_exists(Observation out, const Path& root, const Host& host) {
  const auto status = host.disk().stat(root);
  out.origin = root.text;
  out.value = status ? Value(status->type != engine::FileStatus::Type::absent)
                     : Value(unknown(status.error()));
  return out;
}

Observation read_first_on_path(Observation out, const Path& root, const Host& host) {
  const Path ours = root / "bin/go";
  FirstProgram first = first_program("go", host);
  out.origin = first.origin;
  if (first.path.is_unknown()) {
    out.value = std::move(first.path);
    return out;
  }
  out.value = first.path == Value(ours);
  if (out.value == Value(true)) {
    out.elsewhere =
        WorkSessions(host).elsewhere_in_terminal(asks_first_with("go", root / "bin", host));
    return out;
  }
  out.findings.push_back(first.path.is_absent()
                             ? "a login shell finds no `go`"
                             : fmt::format("a login shell starts {}, which {} puts first",
                                           dsl::to_text(first.path), first.origin));
  return out;
}

Observation read_path(Observation out, const Path& root, const Host& host) {
  const auto real = host.disk().resolve(root);
  if (!real) {
    out.value = unknown(real.error());
  } else if (*real) {
    out.value = **real;
  }
  out.origin = root.text;
  return out;
}

Observation read_slot(const engine::Slot& slot, const Named& at, const Host& host) {
  Observation out{.slot = slot};
  const std::string& name = slot.attribute;
  if (name == "exists") return read_exists(std::move(out), at.root, host);
  if (name == "path") return read_path(std::move(out), at.root, host);
  if (name == "on_path" && at.is_default) return read_on_path(std::move(out), at.root, host);
  if (name == "first_on_path" && at.is_default)
    return read_first_on_path(std::move(out), at.root, host);
  GoTree tree = read_tree(host.disk(), at.root);
  if (name == "version") return read_version(std::move(out), at.root, std::move(tree), host.disk());
  if (name == "arch") {
    out.origin = (at.root / "bin/go").text;
    out.value = std::move(tree.arch);
  } else if (name == "origin") {
    if (!tree.version.is_absent()) out.value = origin_of(at.root, host);
  } else {
    out.value = dsl::Unknown{fmt::format("only `default` has `{}`", name), ""};
  }
  return out;
}

bool is_path_key(const Change& change) { return change.key.starts_with('/'); }

bool goes(const Change& change) {
  const auto* exists = change.find("exists");
  return exists != nullptr && exists->to == Value(false);
}

/// A tree of a version's name that is there, and another program of it, is one to be unpacked.
bool concerns_tree(const Change& change) {
  return change.find("version") != nullptr || change.find("arch") != nullptr ||
         change.find("exists") != nullptr;
}

Path tree_that_goes(const Change& change, const Host& host) {
  return is_path_key(change) ? Path(change.key) : tree_of_version(change.key, host);
}

/// Of a version's name: as long as the tree is kept; else it is unpacked anew.
bool comes_back(const Change& change, const Host& host) {
  if (change.find("exists") == nullptr || goes(change)) return false;
  if (is_path_key(change)) return true;
  return change.takes_back && is_version_key(change.key) &&
         !kept_aside_of(tree_that_goes(change, host), host).empty();
}

class ToolchainProvider final : public SlotProvider<SharedByKey<named, read_slot>> {
 public:
  explicit ToolchainProvider(engine::Settings settings)
      : SlotProvider(toolchain_schema()), settings_(std::move(settings)) {}

  std::vector<std::string> keys(const Host& host) const override {
    std::vector<std::string> out{"default"};
    for (const FoundGo& found : find_toolchains(host)) out.push_back(found.path.text);
    return out;
  }

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    if (goes(change) && change.key == "default") {
      return dsl::problem("R4002", "the default Go does not go",
                          "take the rule away, and gopol gives back what was there before");
    }
    if (goes(change)) return prepare_aside(tree_that_goes(change, host), host);
    if (comes_back(change, host)) return prepare_return(tree_that_goes(change, host), host);
    if (change.key != "default" && !is_version_key(change.key)) {
      return dsl::problem(
          "R4002", fmt::format("gopol does not change `{}`, which it did not make", change.key),
          "assert `go.toolchain \"default\"`");
    }
    engine::Prepared out;
    if (concerns_tree(change)) {
      auto tree = prepare_tree(change, host);
      if (!tree) return tree;
      out = std::move(*tree);
    }
    if (change.find("on_path") == nullptr) return out;
    const bool first = change.find("on_path")->to != Value(false);
    auto block = prepare_put_first(
        first ? std::optional(link_or_default(change.wanted_value("link"), host.system()) / "bin")
              : std::nullopt,
        host, go_name);
    if (!block) return block;
    out.append(std::move(*block));
    return out;
  }

  dsl::Result<dsl::Done> apply(const Change& change, Host& host) const override {
    if (goes(change)) return move_aside(tree_that_goes(change, host), host);
    if (comes_back(change, host)) return move_back(tree_that_goes(change, host), host);
    if (!concerns_tree(change)) return dsl::Done{};
    const auto wish = toolchain_wish(change, settings_, host);
    if (!wish) return wish.error();
    return install_toolchain(*wish, settings_.download_go, host);
  }

  std::vector<Path> kept_aside(const Change& back, const Host& host) const override {
    if (!comes_back(back, host)) return {};
    return kept_aside_of(tree_that_goes(back, host), host);
  }

  dsl::Result<engine::Foresight> rehearse(const Change& change, Host& copy) const override {
    if (!concerns_tree(change)) return engine::Foresight::all;
    if (goes(change) || comes_back(change, copy)) {
      const Path tree = tree_that_goes(change, copy);
      const auto moved = goes(change) ? move_aside(tree, copy) : move_back(tree, copy);
      if (!moved) return moved.error();
      return engine::Foresight::all;
    }
    const auto wish = toolchain_wish(change, settings_, copy);
    if (!wish) return wish.error();
    const GoStub stub{wish->release, wish->os, wish->arch};
    auto done = wish->is_there ? dsl::Result<dsl::Done>(dsl::Done{})
                               : write_go_stub(stub, wish->directory, copy.disk());
    if (done) done = copy.disk().link(wish->link, wish->directory.text);
    if (!done) return done.error();
    return engine::Foresight::all;
  }

 private:
  dsl::Result<engine::Prepared> prepare_tree(const Change& change, const Host& host) const {
    const auto wish = toolchain_wish(change, settings_, host);
    if (!wish) return wish.error();
    engine::Prepared out;
    out.note = wish->note;
    if (!wish->link.empty()) {
      auto link = engine::image_of(wish->link, host.disk());
      if (!link) return link.error();
      out.demands.needs_root = is_others(wish->link.parent(), host.disk());
      out.writes.push_back({wish->link, true});
      out.images.push_back(std::move(*link));
    }
    if (wish->is_there) return out;
    out.demands.needs_root =
        out.demands.needs_root || is_others(wish->directory.parent(), host.disk());
    out.writes.push_back({wish->directory, true});
    if (!wish->is_damaged) {
      // An empty folder that was there goes too: what matters is that the tree is gone.
      out.images.push_back({wish->directory, {}, ""});
      return out;
    }
    auto tree = engine::image_of(wish->directory, host.disk());
    if (!tree) return tree.error();
    out.images.push_back(std::move(*tree));
    return out;
  }

  engine::Settings settings_;
};

}  // namespace

std::unique_ptr<engine::Provider> toolchain_provider(engine::Settings settings) {
  return std::make_unique<ToolchainProvider>(std::move(settings));
}

}  // namespace gopol::providers::go
