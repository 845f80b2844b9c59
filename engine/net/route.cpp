#include "engine/net/route.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "dsl/value/address.h"
#include "dsl/value/ascii.h"
#include "engine/real/descriptor.h"

namespace gopol::engine::net {
namespace {

constexpr std::uint64_t longest_list = 64u << 20;  // bytes

std::string bytes_of(const std::string& file) {
  return read_plain_file(file, longest_list).value_or("");
}

dsl::Result<std::string> certificates_in(const std::string& file, std::string_view named_by) {
  std::string text = bytes_of(file);
  if (text.find("-----BEGIN ") != std::string::npos) return text + "\n";
  return trouble(fmt::format("no certificate can be read from `{}`", file),
                 fmt::format("{} names a file of certificates in PEM form", named_by));
}

/// One file with all of them, where systems keep it: Debian, macOS and Alpine, Fedora. Empty: there
/// is none.
std::string certificates_of_the_system() {
  for (const char* file : {"/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
                           "/etc/pki/tls/certs/ca-bundle.crt"}) {
    if (std::string text = bytes_of(file); !text.empty()) return text + "\n";
  }
  return "";
}

}  // namespace

std::optional<dsl::Diagnostic> shown_to_all(const std::string& url, const std::string& setting) {
  const auto address = dsl::split_address(url);
  if (!address || dsl::lowered(address->scheme) != "http" || !address->login) return {};
  const bool both = address->login->find(':') != std::string_view::npos;
  return trouble(fmt::format("the address of {} holds {}, and http would show it to all",
                             address->place, both ? "a password" : "what may be a token"),
                 fmt::format("use https, or take it out of {}", setting));
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

dsl::Result<Route> route_of(const Json& request) {
  Route out;
  out.proxy = detail::text_in(request, "proxy");
  if (const auto patience = detail::number_in(request, "patience_ms"); patience > 0)
    out.patience = std::chrono::milliseconds(patience);
  const std::string ca = detail::text_in(request, "ca"), chosen = variable("SSL_CERT_FILE");
  if (ca.empty() && chosen.empty()) return out;
  if (chosen.empty()) {
    out.ca = certificates_of_the_system();
  } else if (auto instead = certificates_in(chosen, "$SSL_CERT_FILE"); instead) {
    out.ca = std::move(*instead);
  } else {
    return instead.error();
  }
  if (ca.empty()) return out;
  const auto ours = certificates_in(ca, "`ca` in `[download]`");
  if (!ours) return ours.error();
  out.ca += *ours;
  return out;
}

}  // namespace gopol::engine::net
