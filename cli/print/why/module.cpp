#include "cli/print/why/module.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/terminal/terminal.h"

namespace gopol::cli {
namespace {

using providers::go::Looks;
using providers::go::ModuleRoute;
using providers::go::RouteStep;
using providers::go::Setting;
using Json = nlohmann::ordered_json;

constexpr std::size_t most_line = 300;  // of one line

std::string_view word(Looks looks) {
  switch (looks) {
    case Looks::private_path: return "private";
    case Looks::public_host: return "public";
    case Looks::unclear: return "unclear";
  }
  return "unclear";
}

std::string line(std::string_view name, const std::string& text) {
  return fmt::format("  {:<10}  {}\n", name, presentable(text, most_line));
}

std::string answer(const ModuleRoute& route) {
  const std::string module = route.path + "@" + route.version;
  if (!route.errors.empty()) return fmt::format("{}: {}\n", module, route.errors.front());
  std::string chain, stops;
  for (const RouteStep& step : route.steps) {
    stops = step.stops;
    if (step.element == "off" || !stops.empty()) break;
    if (!chain.empty()) chain += ", then ";
    chain += step.element == "direct" ? "its own host" : step.element;
  }
  if (chain.empty() && !stops.empty()) return fmt::format("{}: {}\n", module, stops);
  if (chain.empty()) chain = "nobody";
  const std::string check = !route.sumdb_stops.empty() ? "then go fails: " + route.sumdb_stops
                            : route.sumdb.empty()      ? "no database checks it"
                                                       : route.sumdb + " checks it";
  return fmt::format("{} is asked of {}; {}\n", module, presentable(chain, most_line), check);
}

std::string setting_text(const Setting& setting) {
  const auto& winner = setting.winner();
  const std::string from = fmt::format(" ({})", winner.place.empty() ? winner.name : winner.place);
  if (!setting.value.empty()) return setting.value + from;
  const bool is_set = winner.text && winner.name != "built in";
  return is_set ? "set to nothing" + from : "not set";
}

std::string step_text(const RouteStep& step, bool is_last) {
  if (step.element == "off") return "off: go stops";
  if (!step.stops.empty()) return "direct: go stops: " + step.stops;
  const std::string asked = step.element == "direct" ? "direct: " + step.request : step.request;
  if (is_last) return asked;
  return asked + (step.on_any_error ? "; next after any error" : "; next after 404 or 410");
}

std::string steps_text(const ModuleRoute& route) {
  std::string out;
  if (!route.no_proxy.empty())
    out += line("proxies", fmt::format("none is asked: {} names it", route.no_proxy));
  for (std::size_t i = 0; i < route.steps.size(); ++i) {
    const bool is_last = i + 1 == route.steps.size();
    out += line(fmt::format("{}.", i + 1), step_text(route.steps[i], is_last));
  }
  if (route.insecure) out += line("", "GOINSECURE: plain HTTP and any certificate will do");
  if (!route.vcs.empty())
    out += line("", fmt::format("direct may use {} (GOVCS rule `{}`)", route.vcs, route.vcs_rule));
  if (!route.vcs_stops.empty()) out += line("", "direct then fails: " + route.vcs_stops);
  out += line("checksums", route.sumdb.empty() ? "not looked up: " + route.sumdb_reason
                                               : route.sumdb + ", " + route.sumdb_reason);
  out += line("it looks", fmt::format("{}: {}", word(route.looks), route.looks_reason));
  for (const auto& told : route.told) {
    out += fmt::format("may leak: {} is told the path{}{}\n", told.server,
                       told.on.empty() ? "" : ", ", told.on);
  }
  if (!route.keep.empty())
    out += fmt::format("{} in {} keeps it inside\n", route.keep, fmt::join(route.keep_in, " and "));
  return out;
}

}  // namespace

std::string why_module_text(const ModuleRoute& route, const std::vector<std::string>& notes) {
  std::string out = answer(route);
  for (const auto& [name, setting] : route.settings) out += line(name, setting_text(setting));
  if (route.errors.empty()) out += steps_text(route);
  for (std::size_t i = 1; i < route.errors.size(); ++i)
    out += fmt::format("note: {}\n", presentable(route.errors[i], most_line));
  for (const std::string& note : notes) out += fmt::format("note: {}\n", note);
  return out;
}

std::string why_module_json(const ModuleRoute& route, const std::vector<std::string>& notes) {
  Json out = {{"schema", 1}, {"module", route.path}, {"version", route.version}};
  out["steps"] = Json::array();
  for (const RouteStep& step : route.steps) {
    if (!step.stops.empty()) {  // go ends there, and asks nobody more
      out["ends"] = {{"element", step.element}, {"error", step.stops}};
      break;
    }
    const bool last = &step == &route.steps.back();
    const char* next = last ? "never" : step.on_any_error ? "on any error" : "on 404 or 410";
    out["steps"].push_back({{"element", step.element}, {"request", step.request}, {"next", next}});
  }
  out["no_proxy"] = route.no_proxy;
  out["insecure"] = route.insecure;
  out["vcs"] = {{"rule", route.vcs_rule}, {"allowed", route.vcs}};
  out["sumdb"] = {{"name", route.sumdb}, {"reason", route.sumdb_reason}};
  if (!route.vcs_stops.empty()) out["vcs"]["error"] = route.vcs_stops;
  if (!route.sumdb_stops.empty()) out["sumdb"]["error"] = route.sumdb_stops;
  out["looks"] = {{"as", word(route.looks)}, {"reason", route.looks_reason}};
  out["keep"] = {{"pattern", route.keep}, {"in", route.keep_in}};
  out["may_leak"] = Json::array();
  for (const auto& told : route.told)
    out["may_leak"].push_back({{"server", told.server}, {"condition", told.on}});
  out["settings"] = Json::array();
  for (const auto& [name, setting] : route.settings) {
    out["settings"].push_back({{"name", name},
                               {"value", setting.value},
                               {"layer", setting.winner().name},
                               {"place", setting.place}});
  }
  out["errors"] = route.errors;
  out["notes"] = notes;
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli
