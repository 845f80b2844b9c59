#include "cli/print/why/go.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/terminal/terminal.h"
#include "engine/encoding/json.h"

namespace gopol::cli {
namespace {

using providers::go::EffectiveGo;
using providers::go::EffectiveLayer;
using Json = nlohmann::ordered_json;

constexpr std::size_t most_text = 300;  // of one layer

std::string in_brackets(const std::string& place) {
  return place.empty() ? "" : fmt::format(" ({})", presentable(place, most_text));
}

std::string answer(const EffectiveGo& found, const dsl::Path& folder) {
  if (const auto* why = found.version.as<dsl::Unknown>()) {
    return fmt::format("which go runs in {} is unknown: {}", folder.text,
                       presentable(why->reason, most_text));
  }
  if (!found.version.is_known())
    return fmt::format("no go runs in {}: {}", folder.text, presentable(found.stops, most_text));
  const bool is_here = found.source != providers::go::GoSource::download;
  return fmt::format("go {} {} in {}, chosen by {}{}", dsl::to_text(found.version),
                     is_here ? "runs" : "is downloaded and runs", folder.text, found.decided_by,
                     in_brackets(found.place));
}

}  // namespace

std::string why_go_text(const EffectiveGo& found, const dsl::Path& folder) {
  std::string out = answer(found, folder) + "\n";
  std::size_t width = 0;
  for (const EffectiveLayer& layer : found.layers) width = std::max(width, layer.name.size());
  for (const EffectiveLayer& layer : found.layers) {
    out += fmt::format("{} {:<{}}  {}{}\n", layer.decides ? '*' : ' ', layer.name, width,
                       presentable(layer.says, most_text), in_brackets(layer.place));
  }
  if (const auto* program = found.program.as<dsl::Path>())
    out += fmt::format("its program is {}\n", program->text);
  for (const std::string& note : found.notes)
    out += fmt::format("note: {}\n", presentable(note, most_text));
  return out;
}

std::string why_go_json(const EffectiveGo& found, const dsl::Path& folder) {
  Json out = {{"schema", 1},
              {"folder", folder.text},
              {"version", engine::detail::json_of(found.version)},
              {"program", engine::detail::json_of(found.program)}};
  if (found.version.is_known()) {
    out["toolchain"] = found.toolchain;
    out["source"] = to_text(found.source);
  }
  if (!found.stops.empty()) out["stops"] = found.stops;
  out["decided_by"] = found.decided_by;
  out["place"] = found.place;
  out["layers"] = Json::array();
  for (const EffectiveLayer& layer : found.layers) {
    out["layers"].push_back({{"layer", layer.name},
                             {"says", layer.says},
                             {"place", layer.place},
                             {"decides", layer.decides}});
  }
  out["notes"] = found.notes;
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli
