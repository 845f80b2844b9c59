#include "providers/tcc/guide.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "providers/machine/os.h"
#include "providers/tcc/client_program.h"
#include "providers/tcc/evidence.h"

namespace gopol::providers::tcc {
namespace {

using engine::Guide;
using engine::Host;

/// The application or program as a person finds it.
std::string shown(const std::string& client, const Host& host) {
  const auto programs = programs_of(client, host);
  return programs.empty() ? client : programs.front().whole.text;
}

std::string link_to(const Service& service, int macos) {
  constexpr int new_settings = 13;
  const char* host = macos >= new_settings ? "com.apple.settings.PrivacySecurity.extension"
                                           : "com.apple.preference.security";
  return fmt::format("open \"x-apple.systempreferences:{}?Privacy_{}\"", host, service.anchor);
}

bool profile_decides(const Service& service, const std::string& client, const Host& host) {
  const Evidence evidence = gather(Client{client}, host);
  for (const Override& one : evidence.overrides.content) {
    if (one.service == std::string(service_prefix) + std::string(service.name) &&
        one.says != Override::Says::user_decides)
      return true;
  }
  return false;
}

void add_switch(const Service& service, const std::string& client, bool on, const Host& host,
                std::vector<std::string>& steps) {
  const int macos = macos_number(host);
  const std::string name = shown(client, host);
  if (service.name == "DeveloperTool")
    steps.push_back("Run `sudo spctl developer-mode enable-terminal`: the pane shows only then");
  steps.push_back(
      fmt::format("Run `{}`: System Settings opens at {}", link_to(service, macos), service.doc));
  if (on)
    steps.push_back(fmt::format(
        "If {} is not in the list, add it with +; where there is no +, let it ask once: it is "
        "listed after that",
        name));
  steps.push_back(
      fmt::format("Turn the switch of {} {}{}", name, on ? "on" : "off",
                  service.store == Service::Store::user ? "" : "; that takes an administrator"));
  steps.push_back(fmt::format("Quit {} and start it anew", name));
}

/// tccutil knows applications, not programs by their path.
std::vector<std::string> reset_steps(const Service& service, const std::string& client,
                                     const Host& host) {
  if (client.starts_with('/'))
    return {fmt::format("Run `{}`: System Settings opens at {}",
                        link_to(service, macos_number(host)), service.doc),
            fmt::format("Take {} out of the list with -; `tccutil` cannot name a path", client)};
  const bool of_system = service.store != Service::Store::user;
  return {fmt::format("Run `{}/usr/bin/tccutil reset {} {}`", of_system ? "sudo " : "",
                      service.name, client),
          fmt::format("Quit {} and start it anew: it asks again", shown(client, host))};
}

}  // namespace

Guide guide_to(const Service& service, const std::string& client, const std::string& decision,
               const Host& host) {
  constexpr int private_user_store = 27;
  Guide out;
  if (profile_decides(service, client, host)) {
    out.steps = {fmt::format(
        "A profile of your MDM decides {} of {}: no switch on this Mac changes that. Ask whoever "
        "manages it",
        service.doc, client)};
    return out;
  }
  if (decision == "undetermined") {
    out.steps = reset_steps(service, client, host);
  } else if (service.anchor.empty()) {
    out.steps = {fmt::format("System Settings has no pane for {} ({})", service.name, service.doc)};
  } else {
    if (!client.starts_with('/') && programs_of(client, host).empty())
      out.steps.push_back(fmt::format("Install {}: it is not on this Mac", client));
    add_switch(service, client, decision == "allowed", host, out.steps);
  }
  if (macos_number(host) >= private_user_store && service.store == Service::Store::user)
    out.blind = "since macOS 27 no program reads what a user decided";
  return out;
}

}  // namespace gopol::providers::tcc
