#include "engine/net/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "engine/net/connection.h"
#include "engine/net/stop.h"

namespace gopol::engine::net {
namespace {

constexpr std::uint64_t default_deadline = 5000, longest_deadline = 60'000;  // ms
constexpr std::size_t most_body = 64 << 10;

std::size_t take(char* bytes, std::size_t, std::size_t count, void* to) {
  auto& body = *static_cast<std::string*>(to);
  body.append(bytes, std::min(count, most_body - body.size()));
  return body.size() < most_body && !is_stopped() ? count : 0;
}

/// Failures that say nothing about the other side.
bool is_ours(CURLcode code) {
  return code == CURLE_OUT_OF_MEMORY || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_URL_MALFORMAT || code == CURLE_FAILED_INIT ||
         code == CURLE_UNSUPPORTED_PROTOCOL;
}

/// Without a name server or a route, the other side may be as well as ever.
bool is_offline(CURL* easy, CURLcode code) {
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY) return true;
  long error = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &error);
  return code == CURLE_COULDNT_CONNECT && (error == ENETUNREACH || error == ENETDOWN);
}

}  // namespace

dsl::Result<Json> probe(const Json& request) {
  const std::string url = detail::text_in(request, "url");
  if (!url.starts_with("https://") && !url.starts_with("http://"))
    return trouble(fmt::format("`{}` is no web address", url));
  if (auto shown = shown_to_all(url, "the address")) return *shown;
  const auto route = route_of(request);
  if (!route) return route.error();
  const Easy easy = open(url, *route);
  if (!easy) return trouble("no memory for a connection");
  std::uint64_t deadline = detail::number_in(request, "deadline_ms");
  if (deadline == 0) deadline = default_deadline;
  const long most = static_cast<long>(std::min(deadline, longest_deadline));
  std::string body;
  char details[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, most);
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, details);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &body);
  const CURLcode code = curl_easy_perform(easy.get());
  if (is_ours(code)) return trouble(fmt::format("cannot ask {}: {}", url, words(code, details)));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  const bool whole = code == CURLE_OK || (code == CURLE_WRITE_ERROR && body.size() == most_body);
  if (!whole) status = 0;
  return Json{{"status", status},
              {"body", detail::json_text(whole ? body : "")},
              {"failure", detail::json_text(whole ? "" : words(code, details))},
              {"offline", !whole && is_offline(easy.get(), code)}};
}

}  // namespace gopol::engine::net
