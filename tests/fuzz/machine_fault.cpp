#include "tests/fuzz/machine_fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <vector>

#include "dsl/policy/value_type.h"
#include "engine/plan/schema_slots.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_network.h"
#include "engine/recorded/machine_file.h"
#include "engine/recorded/recorded_system.h"
#include "providers/providers.h"
#include "tests/fuzz/damaged_disk.h"

namespace gopol::tests {

namespace {

constexpr std::uint64_t largest = 1 << 20;  // bytes of a file worth damaging

/// A recorded Mac of examples/machines without its programs, which would be slow.
struct Mac {
  explicit Mac(const std::string& name) : host(make_host(name)) {}

  static dsl::Path folder(const std::string& name) {
    return dsl::Path(GOPOL_SOURCE_DIR "/examples/machines/" + name);
  }

  engine::Host make_host(const std::string& name) {
    dsl::SourceMap sources;
    const auto text = engine::real_disk()->read(folder(name) / "machine.toml");
    auto file = engine::parse_machine_file(sources.add("machine.toml", **text), sources);
    auto shown = std::make_unique<DamagedDisk>(engine::rooted_disk(folder(name) / "root"));
    disk = shown.get();
    return engine::Host(
        std::move(shown), engine::recorded_programs(folder(name) / "none", folder(name), {}),
        engine::recorded_system(std::move(file->system)), engine::net_client({}, nullptr));
  }

  DamagedDisk* disk = nullptr;  ///< the host's
  engine::Host host;
};

/// A family, and a file of one Mac that its facts are read from.
struct Target {
  Mac* mac;
  const engine::Provider* provider;
  std::string file;
};

const engine::Providers& providers() {
  static const engine::Providers out = providers::standard_providers({}, {});
  return out;
}

/// All that can be listed, and something of a family that lists no keys.
std::vector<engine::Slot> slots_of(const engine::Provider& provider, const engine::Host& host) {
  auto keys = provider.schema().key ? provider.keys(host) : std::vector<std::string>{""};
  if (keys.empty()) keys = {"com.apple.Terminal"};
  std::vector<engine::Slot> out;
  for (const std::string& key : keys) {
    const auto slots = engine::slots_of(provider.schema(), key);
    out.insert(out.end(), slots.begin(), slots.end());
  }
  return out;
}

std::vector<Target> all_targets() {
  static Mac macs[] = {Mac("m4-tahoe-managed"), Mac("m2-sequoia-mixed-brew"), Mac("m3-sonoma")};
  std::vector<Target> out;
  for (Mac& mac : macs) {
    for (const auto& provider : providers()) {
      mac.disk->touched.clear();
      static_cast<void>(provider->observe({slots_of(*provider, mac.host), {}}, mac.host));
      for (const std::string& file : mac.disk->touched) {
        const auto status = mac.disk->stat(dsl::Path(file));
        if (status && status->size < largest) out.push_back({&mac, provider.get(), file});
      }
    }
  }
  return out;
}

const std::vector<Target>& targets(const std::string& ending) {
  static const std::vector<Target> all = all_targets();
  static std::map<std::string, std::vector<Target>> known;
  const auto [at, is_new] = known.try_emplace(ending);
  if (is_new) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(at->second),
                 [&](const Target& one) { return one.file.ends_with(ending); });
  }
  return at->second;
}

/// What is wrong with the answers to all slots of the family; empty if nothing is.
std::string fault_of(const engine::Provider& provider, const engine::Host& host) {
  const auto slots = slots_of(provider, host);
  const auto observed = provider.observe({slots, {}}, host);
  if (observed.size() != slots.size()) return "not every slot was answered";
  for (const engine::Observation& one : observed) {
    const std::string name = dsl::to_text(one.slot);
    if (const auto* unknown = one.value.as<dsl::Unknown>()) {
      if (unknown->reason.empty()) return name + " is unknown without a reason";
    }
    const auto* shape = dsl::find_attribute(provider.schema(), one.slot.attribute);
    if (shape == nullptr || !dsl::may_be_observed(one.value, shape->type))
      return fmt::format("{} is of another type: {}", name, dsl::to_text(one.value));
  }
  return {};
}

/// Takes bytes off the front of a recipe; zeros once it is at its end.
class Recipe {
 public:
  explicit Recipe(std::string_view bytes) : rest_(bytes) {}
  bool is_empty() const { return rest_.empty(); }
  std::size_t byte() {
    const auto out = rest_.empty() ? 0U : static_cast<unsigned char>(rest_.front());
    if (!rest_.empty()) rest_.remove_prefix(1);
    return out;
  }
  std::size_t below(std::size_t end) {
    const std::size_t high = byte(), low = byte(), lower = byte();
    return end == 0 ? 0 : ((high << 16U) + (low << 8U) + lower) % end;
  }
  std::string_view some() {
    const std::size_t size = byte();
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(out.size());
    return out;
  }

 private:
  std::string_view rest_;
};

void edit(std::string& bytes, Recipe& recipe) {
  enum Way { cut, flip, set, put_in, replace, ways };
  const std::size_t way = recipe.byte() % ways, at = recipe.below(bytes.size() + 1);
  const bool inside = at < bytes.size();
  if (way == cut) bytes.resize(at);
  if (way == flip && inside)
    bytes[at] =
        static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << recipe.byte() % 8));
  if (way == set && inside) bytes[at] = static_cast<char>(recipe.byte());
  if (way == put_in) bytes.insert(at, recipe.some());
  if (way == replace) bytes = recipe.some();
}

}  // namespace

std::size_t damageable_files(const std::string& ending) { return targets(ending).size(); }

std::string machine_fault(std::string_view bytes, const std::string& ending) {
  Recipe recipe(bytes);
  const std::size_t high = recipe.byte();
  const auto& choice = targets(ending);
  const Target& target = choice[((high << 8U) + recipe.byte()) % choice.size()];
  DamagedDisk& disk = *target.mac->disk;
  const auto whole = disk.read(dsl::Path(target.file), {});
  disk.bytes = whole && *whole ? **whole : "";
  while (!recipe.is_empty()) edit(disk.bytes, recipe);
  disk.damaged = target.file;
  std::string out = fault_of(*target.provider, target.mac->host);
  disk.damaged.clear();
  return out.empty() ? out : target.file + ": " + out;
}

}  // namespace gopol::tests
