#include "cli/print/pull_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace gopol::cli {
namespace {

using Json = nlohmann::ordered_json;
using Pull = SourcePull::State;

constexpr std::string_view pull_word(Pull state) {
  switch (state) {
    case Pull::same: return "same";
    case Pull::fresh: return "fresh";
    case Pull::offline: return "offline";
    case Pull::refused: return "refused";
  }
  return "";
}

std::string short_commit(const std::string& commit) { return commit.substr(0, 7); }

const engine::FloorEntry& entry_of(const SourcePull& pull, const PolicyStore& store) {
  return *store.floor.find(pull.id);
}

std::string age_text(const SourcePull& pull, const PolicyStore& store) {
  return duration_text(std::chrono::duration_cast<std::chrono::seconds>(
      store.system->now() - entry_of(pull, store).checked));
}

}  // namespace

std::string pull_line(const SourcePull& pull, const PolicyStore& store, const Terminal& terminal) {
  const engine::FloorEntry& entry = entry_of(pull, store);
  const std::string start = fmt::format("{}  ", presentable(pull.source->url, 200));
  const std::string trust =
      entry.signer.empty() ? "unsigned" : "signed by " + presentable(entry.signer);
  if (pull.state == Pull::same) {
    return fmt::format("{}{}  {}  nothing new\n", start, short_commit(entry.commit), trust);
  }
  if (pull.state == Pull::offline) {
    return fmt::format("{}{}  {}  the last good policy, last heard {} ago\n", start,
                       short_commit(entry.commit), trust, age_text(pull, store));
  }
  const std::size_t count = pull.pulled.line.size();
  if (pull.before.commit == entry.commit) {
    return fmt::format("{}{}  {}  verified anew\n", start, short_commit(entry.commit), trust);
  }
  if (pull.before.commit.empty()) {
    return fmt::format("{}{}  {}\n", start, short_commit(entry.commit), trust);
  }
  return fmt::format("{}{} {} {}  {}{}\n", start, short_commit(pull.before.commit),
                     terminal.arrow(), short_commit(entry.commit), trust,
                     count > 1 ? fmt::format("  {} commits", count) : "");
}

std::string pull_json(const std::vector<SourcePull>& pulls, const PolicyStore& store) {
  Json sources = Json::array();
  for (const SourcePull& pull : pulls) {
    const engine::FloorEntry& entry = entry_of(pull, store);
    sources.push_back({{"url", pull.source->url},
                       {"path", pull.source->path},
                       {"state", pull_word(pull.state)},
                       {"before", pull.before.commit},
                       {"commit", entry.commit},
                       {"signer", entry.signer},
                       {"key", entry.signer_key},
                       {"name", entry.name},
                       {"epoch", entry.epoch}});
  }
  return Json{{"schema", 1}, {"sources", sources}}.dump(2, ' ', false,
                                                        Json::error_handler_t::replace) +
         "\n";
}

}  // namespace gopol::cli
