#include "engine/net/connection.h"

#include <algorithm>

namespace gopol::engine::net {
namespace {

constexpr long bytes_in_patience = 1024;  // as of a git server

/// In place of the file that libcurl was built with; a folder or store of the system stays in
/// force.
void trust(CURL* easy, std::string certificates) {
  curl_blob blob{certificates.data(), certificates.size(), CURL_BLOB_COPY};
  curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
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
  const long patience = std::max<long>(1, static_cast<long>(route.patience.count() / 1000));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, std::max(1L, bytes_in_patience / patience));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, patience);
  // Who we are is for nobody on the way.
  curl_easy_setopt(easy, CURLOPT_NETRC,
                   static_cast<long>(secure ? CURL_NETRC_OPTIONAL : CURL_NETRC_IGNORED));
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
