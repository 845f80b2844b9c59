#include "engine/net/reaches.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/net/connection.h"

namespace gopol::engine::net {
namespace {

constexpr std::uint64_t reaches_deadline = 3000, longest_reaches_deadline = 60'000;  // ms

bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  });
}

/// Failures that say nothing about the other side.
bool is_own_fault(CURLcode code) {
  return code == CURLE_OUT_OF_MEMORY || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_URL_MALFORMAT ||
         code == CURLE_FAILED_INIT;
}

}  // namespace

dsl::Result<Json> reaches(const Json& request) {
  const std::string host = detail::text_in(request, "host");
  if (!is_host(host))
    return trouble(fmt::format("`{}` is no host", host), "write `host` or `host:port`");
  const bool plain = host.ends_with(":80");
  const auto route = route_of(request);
  if (!route) return route.error();
  const Easy easy = open((plain ? "http://" : "https://") + host + "/", *route);
  if (!easy) return trouble("no memory for a connection");
  std::uint64_t deadline = detail::number_in(request, "deadline_ms");
  if (deadline == 0) deadline = reaches_deadline;
  const long most = static_cast<long>(std::min(deadline, longest_reaches_deadline));
  curl_easy_setopt(easy.get(), CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_HTTPPROXYTUNNEL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT_MS, most);
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, most);
  const CURLcode code = curl_easy_perform(easy.get());
  if (is_own_fault(code))
    return trouble(fmt::format("cannot try {}: {}", host, words(code, nullptr)));
  return Json{{"reaches", code == CURLE_OK}};
}

}  // namespace gopol::engine::net
