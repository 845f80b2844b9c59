#include "providers/go/module/proxy.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "dsl/value/address.h"
#include "providers/go/module/module_route.h"
#include "providers/read/fact_schema.h"
#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::go {
namespace {

using dsl::Unknown;
using engine::HttpAnswer;

constexpr std::chrono::seconds deadline{5};
/// Asked for unless a policy names another: small, and every public proxy has it.
constexpr std::string_view usual_module = "golang.org/x/mod";
constexpr std::string_view supports_database = "/sumdb/sum.golang.org/supported";

dsl::Schema proxy_schema() {
  const std::string help = "write `warn`: gopol asks the proxy, it does not run it";
  dsl::Schema out = family(
      "goproxy", "a module proxy by its address, asked only where a policy names it", text());
  auto module = fact("module", text(),
                     "the module it is asked for, one that it has; if not said, and in a guard, "
                     "`golang.org/x/mod`");
  module.input = module.assertable = true;
  out.attributes = {
      may_be_unknown(verified("reachable", boolean(),
                              "whether it answers within 5 s, whatever it says; unknown offline",
                              help)),
      may_be_unknown(verified("speaks_protocol", boolean(),
                              "whether it lists the versions of `module`; unknown where it has "
                              "none of it or wants an account",
                              help)),
      may_be_unknown(verified(
          "serves_sumdb", boolean(),
          "whether it passes on sum.golang.org, so that go need not reach that itself", help)),
      std::move(module)};
  return out;
}

bool is_version(std::string_view line) {
  if (!line.starts_with('v') || !dsl::is_valid(line, dsl::VersionScheme::semver)) return false;
  const std::string_view numbers = line.substr(0, line.find_first_of("-+"));
  return std::count(numbers.begin(), numbers.end(), '.') == 2;
}

bool is_gone(int status) { return status == 404 || status == 410; }

Unknown refused(const HttpAnswer& answer, const std::string& url) {
  const bool account = answer.status == 401 || answer.status == 403 || answer.status == 407;
  return {fmt::format("{} answered {}", url, answer.status),
          account ? "write the account for this server into ~/.netrc" : ""};
}

Value serves_database(const HttpAnswer& answer, const std::string& url) {
  if (answer.status == 200) return true;
  if (is_gone(answer.status)) return false;
  return refused(answer, url);
}

/// One proxy: each address is asked once, and only for what is wanted.
class Proxy {
 public:
  Proxy(std::string url, const Value* module, const Host& host)
      : url_(std::move(url)), host_(host) {
    while (url_.ends_with('/')) url_.pop_back();
    const auto* named = module == nullptr ? nullptr : module->as<std::string>();
    list_ = fmt::format("/{}/@v/list",
                        escaped_module(named == nullptr ? usual_module : std::string_view(*named)));
  }

  Observation look(const engine::Slot& slot) {
    Observation out{.slot = slot};
    if (auto why = no_address()) {
      out.value = std::move(*why);
      return out;
    }
    const bool database = slot.attribute == "serves_sumdb";
    const std::string path(database ? supports_database : std::string_view(list_));
    auto& known = database ? database_ : listed_;
    if (!known) known = ask(path);
    out.origin = url_ + path;
    out.value = judged(slot.attribute, *known, out.origin);
    if (*known && out.value == Value(false) && !(**known).failure.empty())
      out.findings.push_back(fmt::format("{}: {}", out.origin, (**known).failure));
    return out;
  }

 private:
  using Answer = dsl::Result<HttpAnswer>;

  std::optional<Unknown> no_address() const {
    const auto address = dsl::split_address(url_);
    const std::string_view scheme = address ? address->scheme : "";
    if (scheme != "https" && scheme != "http" && scheme != "file")
      return Unknown{fmt::format("`{}` is no address of a proxy", url_),
                     "write it as `https://HOST`"};
    if (!address->login) return {};
    return Unknown{"the address of the proxy holds an account, which gopol does not send",
                   "write the account into ~/.netrc, and the address without it"};
  }

  Answer ask(const std::string& path) const {
    if (!url_.starts_with("file://")) return host_.network().probe(url_ + path, deadline);
    const dsl::Path root(url_.substr(7));
    const auto folder = host_.disk().stat_target(root);
    if (!folder) return folder.error();
    if (folder->type != engine::FileStatus::Type::folder)
      return HttpAnswer{0, "", fmt::format("{} is no folder", root.text), false};
    auto bytes = host_.disk().read(root / path.substr(1));
    if (!bytes) return bytes.error();
    return *bytes ? HttpAnswer{200, std::move(**bytes), "", false} : HttpAnswer{404, "", "", false};
  }

  static Value judged(const std::string& attribute, const Answer& answer, const std::string& url) {
    if (!answer) return unknown(answer.error());
    if (answer->status == 0) {
      if (attribute == "reachable" && !answer->offline) return false;
      return Unknown{fmt::format("{}: {}", url, answer->failure),
                     answer->offline ? "ask again when this machine is on the network" : ""};
    }
    if (attribute == "reachable") return true;
    return attribute == "serves_sumdb" ? serves_database(*answer, url)
                                       : speaks_protocol(*answer, url);
  }

  std::string url_, list_;
  const Host& host_;
  std::optional<Answer> listed_, database_;
};

Proxy proxy_at(const std::string& url, const engine::Query& query, const Host& host) {
  return {url, query.input(url, "module"), host};
}

Observation read_proxy(const Slot& slot, Proxy& proxy, const Host&) { return proxy.look(slot); }

}  // namespace

Value speaks_protocol(const HttpAnswer& answer, const std::string& url) {
  if (is_gone(answer.status))
    return Unknown{fmt::format("{} answered {}, as a proxy without the module does, and any other "
                               "server",
                               url, answer.status),
                   "name a module that it has: `module = \"PATH\"`"};
  if (answer.status != 200) return refused(answer, url);
  const auto lines = lines_with_ends(answer.body);
  if (lines.empty())
    return Unknown{fmt::format("{} lists no version", url),
                   "name a module that it has: `module = \"PATH\"`"};
  // The last line may be cut off where only the beginning of a long list was read.
  const auto end =
      lines.size() > 1 && !lines.back().ends_with('\n') ? lines.end() - 1 : lines.end();
  return std::all_of(lines.begin(), end,
                     [](std::string_view line) { return is_version(without_end(line)); });
}

std::unique_ptr<engine::Provider> proxy_provider() {
  return facts<SharedByKey<proxy_at, read_proxy>>(proxy_schema());
}

}  // namespace gopol::providers::go
