#include "providers/tcc/guide.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "providers/machine/os.h"
#include "providers/tcc/client_program.h"
#include "providers/tcc/evidence.h"
#include "providers/tcc/responsible.h"
#include "providers/tcc/weigh.h"

namespace gopol::providers::tcc {
namespace {

using dsl::Value;
using engine::Guide;
using engine::Host;

/// One right of one client, and what was seen of it.
class Steps {
 public:
  Steps(const Service& service, const std::string& client, const Host& host)
      : service_(service),
        client_(client),
        programs_(programs_of(client, host)),
        evidence_(gather(Client{client}, host)),
        now_(weigh(service, evidence_, host)),
        profile_(profile_decision(
            service, "", evidence_.overrides, evidence_.macos,
            [&](const Requirement& asked) { return judge(asked, programs_, host); })),
        name_(programs_.empty() ? client : programs_.front().whole.text) {}

  std::vector<std::string> take(const WantedRight& wanted, const Host& host) {
    if (is_profiles()) {
      say("A profile of your MDM decides {} of {}: no switch on this Mac changes that. Ask whoever "
          "manages it",
          service_.name, client_);
    } else if (is_bare_tool(client_)) {
      for_tool(host);
    } else if (service_.anchor.empty()) {
      say("System Settings has no pane for {} ({})", service_.name, service_.doc);
    } else if (programs_.empty() && !client_.starts_with('/')) {
      for_missing(wanted.decision);
    } else if (now_.is_stale) {
      for_stale(wanted.decision);
    } else if (wanted.decision == "undetermined") {
      reset();
    } else if (service_.has_receivers) {
      automate(wanted.receivers);
    } else {
      turn(wanted.decision == "allowed");
    }
    return std::move(steps_);
  }

 private:
  bool is_profiles() const {
    if (profile_.value == Value("allowed") || profile_.value == Value("denied")) return true;
    const auto& all = evidence_.overrides.content;
    return service_.has_receivers && std::any_of(all.begin(), all.end(), [&](const Override& one) {
             return one.service == std::string(service_prefix) + std::string(service_.name);
           });
  }

  template <class... T>
  void say(fmt::format_string<T...> text, T&&... arguments) {
    steps_.push_back(fmt::format(text, std::forward<T>(arguments)...));
  }

  void open_pane() {
    constexpr int new_settings = 13;
    const char* settings = evidence_.macos >= new_settings
                               ? "com.apple.settings.PrivacySecurity.extension"
                               : "com.apple.preference.security";
    say("Run `open \"x-apple.systempreferences:{}?Privacy_{}\"`: System Settings opens at {}",
        settings, service_.anchor, pane_of(service_));
  }

  /// Whose switch it is: the system's decisions are an administrator's, unless a profile hands them
  /// over.
  std::string_view administrator() const {
    const bool handed = profile_.value == Value("handed_over");
    const bool of_system = service_.store != Service::Store::user;
    return of_system && !handed ? "; that takes an administrator" : "";
  }

  void restart() { say("Quit {} and start it anew", name_); }

  void turn(bool on) {
    if (service_.name == "DeveloperTool" && on)
      say("Run `sudo spctl developer-mode enable-terminal`: the pane shows only then");
    open_pane();
    if (on)
      say("If {} is not in the list, add it with +; where there is no +, let it ask once: it is "
          "listed after that",
          name_);
    say("Turn the switch of {} {}{}", name_, on ? "on" : "off", administrator());
    restart();
  }

  /// That pane has no +: who may be automated stands there after the first try.
  void automate(const std::vector<std::string>& receivers) {
    const std::string whom =
        receivers.empty() ? "the other program" : fmt::format("{}", fmt::join(receivers, ", "));
    say("Let {} automate {} once: macOS asks, and lists it", name_, whom);
    open_pane();
    say("Under {}, turn on the switch of {}", name_, whom);
  }

  /// What stands in the list is bound to another program, and its switch changes nothing.
  void for_stale(const std::string& decision) {
    open_pane();
    say("Take {} out of the list with -: its entry is of an earlier program{}", name_,
        administrator());
    if (decision != "undetermined")
      say("Add it again with +, and turn its switch {}", decision == "allowed" ? "on" : "off");
    restart();
  }

  /// tccutil knows no program that is not installed, and macOS lets none use a right.
  void for_missing(const std::string& decision) {
    if (decision == "allowed") {
      say("Install {} in /Applications: it was not found in {}", client_, searched_places);
      turn(true);
      return;
    }
    say("{} was not found in {}; what is not installed can use no right", client_, searched_places);
    open_pane();
    say("If it is in the list, take it out with -{}", administrator());
  }

  /// tccutil knows applications, not programs by their path.
  void reset() {
    if (client_.starts_with('/')) {
      open_pane();
      say("Take {} out of the list with -; `tccutil` cannot name a path", client_);
      return;
    }
    const bool of_system = service_.store != Service::Store::user;
    say("Run `{}/usr/bin/tccutil reset {} {}`", of_system ? "sudo " : "", service_.name, client_);
    say("Quit {} and start it anew: it asks again", name_);
  }

  void for_tool(const Host& host) {
    say("Started in a terminal or an editor, {} has the rights of that, and its own do not count",
        client_);
    if (service_.name == "DeveloperTool")
      say("To debug, dlv needs no right: `gopol facts debug` shows what it needs");
    for (const std::string& terminal : terminals_here(host))
      say("For what {} starts: `gopol guide {}`", terminal, slot_text(terminal, service_.name));
    if (!service_.anchor.empty() && service_.name != "DeveloperTool") {
      say("Only started by launchd it needs a right of its own:");
      turn(true);
    }
  }

  const Service& service_;
  const std::string& client_;
  std::vector<Candidate> programs_;
  Evidence evidence_;
  Conclusion now_, profile_;
  std::string name_;
  std::vector<std::string> steps_;
};

}  // namespace

Guide guide_to(const Service& service, const std::string& client, const WantedRight& wanted,
               const Host& host) {
  constexpr int private_user_store = 27;
  Guide out{Steps(service, client, host).take(wanted, host)};
  if (macos_number(host) >= private_user_store && service.store == Service::Store::user)
    out.blind = "since macOS 27 no program reads what a user decided";
  return out;
}

}  // namespace gopol::providers::tcc
