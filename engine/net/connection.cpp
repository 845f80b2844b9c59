#include "engine/net/connection.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

namespace gopol::engine::net {
namespace {

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

dsl::Result<std::string> certificates_in(const std::string& file, std::string_view named_by) {
  std::string text = bytes_of(file);
  if (text.find("-----BEGIN ") != std::string::npos) return text + "\n";
  return trouble(fmt::format("no certificate can be read from `{}`", file),
                 fmt::format("{} names a file of certificates in PEM form", named_by));
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

/// Empty where the system has no such file: macOS keeps its certificates elsewhere.
std::string certificates_of_the_system() {
  const curl_version_info_data* version = curl_version_info(CURLVERSION_NOW);
  return version->cainfo != nullptr ? bytes_of(version->cainfo) + "\n" : "";
}

/// In place of the file that libcurl was built with; a folder or store of the system stays in
/// force.
void trust(CURL* easy, std::string certificates) {
  curl_blob blob{certificates.data(), certificates.size(), CURL_BLOB_COPY};
  curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
}

}  // namespace

dsl::Result<Route> route_of(const Json& request) {
  Route out;
  out.proxy = detail::text_in(request, "proxy");
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

void start_curl() { curl_global_init(CURL_GLOBAL_DEFAULT); }

Easy open(const std::string& url, const Route& route) {
  Easy out(curl_easy_init());
  CURL* easy = out.get();
  if (easy == nullptr) return out;
  const bool secure = url.starts_with("https:");
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https,file");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 10L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, 30L);
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_OPTIONAL));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "gopol-net");
  if (!route.proxy.empty()) curl_easy_setopt(easy, CURLOPT_PROXY, route.proxy.c_str());
  if (const std::string netrc = variable("NETRC"); !netrc.empty()) {
    curl_easy_setopt(easy, CURLOPT_NETRC_FILE, netrc.c_str());
  }
  if (!route.ca.empty()) trust(easy, route.ca);
  return out;
}

std::string words(CURLcode code, const char* details) {
  if (details != nullptr && *details != '\0') return details;
  return curl_easy_strerror(code);
}

}  // namespace gopol::engine::net
