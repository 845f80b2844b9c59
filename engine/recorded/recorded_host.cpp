#include "engine/recorded/recorded_host.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/real/disk_tree.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/rooted_path.h"
#include "engine/real/scratch.h"
#include "engine/recorded/machine_file.h"

namespace gopol::engine {
namespace {

/// What is reached is recorded; archives come over the real network into the recorded tree.
class RecordedNetwork : public Network {
 public:
  RecordedNetwork(MachineFile& said, std::unique_ptr<Network> archives)
      : reaches_(std::move(said.reaches)),
        answers_(std::move(said.answers)),
        archives_(std::move(archives)) {}

  dsl::Value reaches(const std::string& host, std::chrono::milliseconds) const override {
    for (const auto& [name, reached] : reaches_) {
      if (name == host) return reached;
    }
    return dsl::Unknown{
        fmt::format("this recorded machine does not say whether {} is reachable", host),
        fmt::format("add `reaches = {{ \"{}\" = true }}` to `[network]` in its machine.toml",
                    host)};
  }
  Result<HttpAnswer> probe(const std::string& url, std::chrono::milliseconds) const override {
    for (const auto& [address, answer] : answers_) {
      if (address == url) return answer;
    }
    return dsl::problem(
        "R4002", fmt::format("this recorded machine does not say what {} answers", url),
        fmt::format("add `\"{}\" = {{ status = 200, body = \"\" }}` to `[network.answers]` in its "
                    "machine.toml",
                    url));
  }
  Result<FetchedArchive> fetch_archive(const ArchiveRequest& request) override {
    return archives_->fetch_archive(request);
  }

 private:
  std::vector<std::pair<std::string, bool>> reaches_;
  std::vector<std::pair<std::string, HttpAnswer>> answers_;
  std::unique_ptr<Network> archives_;
};

/// What a tool of the machine gets: a usual environment, with the recorded user's names.
Environment tool_environment(const RecordedMachine& machine) {
  Environment out = real_environment();
  std::erase_if(out, [](const auto& pair) { return pair.first == "HOME" || pair.first == "USER"; });
  out.emplace_back("HOME", machine.user.home.text);
  out.emplace_back("USER", machine.user_name);
  return out;
}

Result<Scratch> copied(const Path& folder) {
  auto scratch = Scratch::make();
  if (!scratch) return scratch.error();
  const TreeTrouble trouble = copy_real_tree(folder.text, scratch->path() + "/machine");
  if (trouble) return disk_problem("copy", Path(trouble.at), trouble.error);
  return scratch;
}

}  // namespace

Result<Host> recorded_host(const Path& folder, const RecordedOptions& options,
                           dsl::SourceMap& sources) {
  const auto disk = real_disk();
  auto text = disk->read(folder / "machine.toml");
  if (!text) return text.error();
  if (!*text || disk->stat_target(folder / "root")->type != FileStatus::Type::folder) {
    return dsl::problem("R4002", fmt::format("`{}` is no recorded machine", folder.text),
                        "one has a `machine.toml` and a folder `root`");
  }
  const auto id = sources.add((folder / "machine.toml").text, std::move(**text));
  auto file = parse_machine_file(id, sources);
  if (!file) return file.error();
  if (options.sudo != nullptr) *options.sudo = file->sudo;
  Path lies_in = folder;
  Scratch scratch;
  if (options.writes && !options.in_place) {
    auto copy = copied(folder);
    if (!copy) return copy.error();
    scratch = std::move(*copy);
    lies_in = Path(scratch.path()) / "machine";
  }
  const Path root = lies_in / "root";
  NetSettings net = options.net;
  net.root = root;
  auto programs = recorded_programs(lies_in / "tools", root, tool_environment(file->system));
  auto network =
      std::make_unique<RecordedNetwork>(*file, net_client(std::move(net), options.on_progress));
  return Host(rooted_disk(root, std::move(scratch)), std::move(programs),
              recorded_system(std::move(file->system)), std::move(network));
}

}  // namespace gopol::engine
