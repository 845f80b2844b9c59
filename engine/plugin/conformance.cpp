#include "engine/plugin/conformance.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "engine/plan/facts.h"
#include "engine/plugin/plugin.h"
#include "engine/plugin/plugin_protocol.h"
#include "engine/real/confine.h"

namespace gopol::engine {
namespace {

using Files = std::map<std::string, FileImage>;

void look_at(const Path& folder, const Disk& disk, Files& out) {
  const auto names = disk.list(folder);
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    const auto image = image_of(folder / name, disk);
    if (!image) continue;
    out.emplace((folder / name).text, *image);
    if (image->status.type == FileStatus::Type::folder) look_at(folder / name, disk, out);
  }
}

/// The first path that differs; empty: none does.
std::string difference(const Files& before, const Files& after) {
  for (const auto& [path, image] : before) {
    const auto now = after.find(path);
    if (now == after.end()) return fmt::format("`{}` is gone", path);
    const bool is_same = now->second.status.type == FileStatus::Type::folder ||
                         (now->second.bytes == image.bytes && now->second.status == image.status);
    if (!is_same) return fmt::format("`{}` is another", path);
  }
  for (const auto& [path, image] : after) {
    if (!before.contains(path)) return fmt::format("`{}` is there", path);
  }
  return "";
}

class Trial {
 public:
  Trial(const Provider& plugin, plugin::Samples samples, const Path& home, Host& host)
      : plugin_(plugin), samples_(std::move(samples)), home_(home), host_(host) {}

  Conformance run() {
    out_.family = plugin_.schema().family;
    try_observing();
    for (const auto& [attribute, values] : samples_.values) try_setting(attribute, values);
    return std::move(out_);
  }

 private:
  Slot slot_of(const std::string& attribute) const {
    const bool has_key = plugin_.schema().key.has_value();
    return {plugin_.schema().family, has_key ? samples_.key : "", attribute, ""};
  }

  Files files() const {
    Files out;
    look_at(home_, std::as_const(host_).disk(), out);
    return out;
  }

  void law(std::string name, std::string broken) {
    out_.verdicts.push_back({std::move(name), std::move(broken)});
  }

  Observed observe() const {
    Query query;
    for (const dsl::AttributeSchema& one : plugin_.schema().attributes) {
      if (!one.input) query.slots.push_back(slot_of(one.name));
    }
    Observed out;
    run_confined([&] { out = plugin_.observe(query, host_); });
    return out;
  }
  Value value(const Slot& slot) const {
    for (const Observation& one : observe()) {
      if (one.slot == slot) return one.value;
    }
    return dsl::Unknown{"it does not answer", ""};
  }

  void try_observing() {
    const Files before = files();
    const Observed first = observe(), second = observe();
    std::string broken;
    for (const dsl::AttributeSchema& one : plugin_.schema().attributes) {
      const Slot slot = slot_of(one.name);
      const auto at = [&](const Observed& all) {
        return std::find_if(all.begin(), all.end(),
                            [&](const Observation& seen) { return seen.slot == slot; });
      };
      const auto a = at(first), b = at(second);
      if (one.input || !broken.empty()) continue;
      if (a == first.end() || b == second.end()) {
        broken = fmt::format("nothing of `{}`", one.name);
      } else if (const auto* unknown = a->value.as<dsl::Unknown>(); unknown && !one.unknowable) {
        broken = fmt::format("`{}` is unknown: {}", one.name, unknown->reason.text());
      } else if (dsl::to_text(a->value) != dsl::to_text(b->value)) {
        broken = fmt::format("`{}`: {}, then {}", one.name, dsl::to_text(a->value),
                             dsl::to_text(b->value));
      }
    }
    law("observe answers what it is asked, twice the same", broken);
    law("observe does not write", difference(before, files()));
  }

  /// Empty: it went well.
  std::string move(const Slot& slot, const Value& from, const Value& to, bool takes_back) {
    Change change{slot.family, slot.key.text(), {{slot, from, to}}, {}, takes_back};
    change.wanted = change.assignments;
    const auto prepared = plugin_.prepare(change, host_);
    if (!prepared) return prepared.error().front().message;
    if (prepared->demands.irreversible) out_.has_undo = false;
    const auto done = takes_back ? plugin_.undo(change, host_) : plugin_.apply(change, host_);
    return done ? "" : std::string(done.error().front().message);
  }

  std::string after(const Slot& slot, const Value& wanted, std::string trouble) const {
    if (!trouble.empty()) return trouble;
    const Value now = value(slot);
    if (now == wanted) return "";
    return fmt::format("{} was asked for, {} is there", dsl::to_text(wanted), dsl::to_text(now));
  }

  void try_setting(const std::string& attribute, const std::vector<Value>& values) {
    const Slot slot = slot_of(attribute);
    const Files none = files();
    const Value first = value(slot);
    Value was = first;
    std::string get, twice, undo;
    std::vector<std::pair<Value, Files>> back;
    for (const Value& one : values) {
      back.emplace_back(was, files());
      if (get.empty()) get = after(slot, one, move(slot, was, one, false));
      const Files made = files();
      if (twice.empty()) twice = after(slot, one, move(slot, one, one, false));
      if (twice.empty()) twice = difference(made, files());
      was = one;
    }
    law(attribute + ": get after set", get);
    law(attribute + ": set twice changes nothing", twice);
    if (!out_.has_undo) return;
    for (auto step = back.rbegin(); step != back.rend() && undo.empty(); ++step) {
      undo = after(slot, step->first, move(slot, was, step->first, true));
      if (undo.empty()) undo = difference(step->second, files());
      was = step->first;
    }
    law(attribute + ": undo after set is identity", undo);
  }

  const Provider& plugin_;
  const plugin::Samples samples_;
  const Path home_;
  Host& host_;
  Conformance out_;
};

}  // namespace

std::vector<Conformance> try_plugins(const Path& folder, const Path& home, Host& host,
                                     std::chrono::milliseconds deadline, dsl::Diagnostics& errors) {
  std::vector<Conformance> out;
  const auto names = std::as_const(host).disk().list(folder);
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    const Path program = folder / name;
    if (name.starts_with('.') || !is_plugin(program, std::as_const(host).disk())) continue;
    std::string said;
    auto plugin = load_plugin(program, host, deadline, &said);
    if (!plugin) {
      errors.insert(errors.end(), plugin.error().begin(), plugin.error().end());
      continue;
    }
    auto samples = plugin::read_samples(said, (*plugin)->schema());
    out.push_back(Trial(**plugin, std::move(samples), home, host).run());
    out.back().program = name;
  }
  return out;
}

}  // namespace gopol::engine
