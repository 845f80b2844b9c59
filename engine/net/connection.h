#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "engine/net/route.h"

namespace gopol::engine::net {

struct CloseEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, CloseEasy>;

/// Once, before anything else of libcurl.
void start_curl();

/// A handle for `url` with our rules: http, https and file alone, never from https down to http,
/// certificates checked, .netrc used for https, 10 s to connect, 30 s without a byte.
Easy open(const std::string& url, const Route& route);

/// `could not resolve host (name)`: libcurl's words for a code, and what it added.
std::string words(CURLcode code, const char* details);

}  // namespace gopol::engine::net
