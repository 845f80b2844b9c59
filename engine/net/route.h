#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// How a request is to leave this machine.
struct Route {
  std::string ca;     ///< PEM: all that is trusted; empty: what the libraries trust by themselves
  std::string proxy;  ///< empty: as the environment says
  std::chrono::milliseconds patience{30'000};  ///< for so little that it might be nothing
};

/// A request's "proxy" and the certificates of its "ca", trusted besides the system's. In place of
/// the system's come those of $SSL_CERT_FILE.
dsl::Result<Route> route_of(const Json& request);

/// R4002 for an address of http that holds a user, a token or a password: anybody on the way would
/// read it. Nothing: it may be used.
std::optional<dsl::Diagnostic> shown_to_all(const std::string& url, const std::string& setting);

/// Of the environment; empty if it is not set.
std::string variable(const char* name);

}  // namespace gopol::engine::net
