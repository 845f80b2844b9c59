#include "engine/net/connection.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace gopol::engine::net {
namespace {

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// CURLOPT_CAINFO replaces the system's certificates; ours shall come besides them. Where the
/// system has no such file (macOS keeps them elsewhere), its folder or store stays in force.
void trust_also(CURL* easy, const std::string& ca) {
  const curl_version_info_data* version = curl_version_info(CURLVERSION_NOW);
  const std::string system = version->cainfo != nullptr ? bytes_of(version->cainfo) : "";
  std::string both = system + "\n" + bytes_of(ca);
  curl_blob blob{both.data(), both.size(), CURL_BLOB_COPY};
  if (system.empty() || curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob) != CURLE_OK) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, ca.c_str());
  }
}

}  // namespace

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
  if (!route.ca.empty()) trust_also(easy, route.ca);
  return out;
}

std::string words(CURLcode code, const char* details) {
  if (details != nullptr && *details != '\0') return details;
  return curl_easy_strerror(code);
}

}  // namespace gopol::engine::net
