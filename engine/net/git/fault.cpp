#include "engine/net/git/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/value/address.h"
#include "engine/net/answer.h"
#include "engine/net/git/credentials.h"
#include "engine/net/git/git.h"
#include "engine/net/git/handles.h"
#include "engine/net/git/remote.h"
#include "engine/net/git/socket.h"
#include "engine/net/limits.h"
#include "engine/net/route.h"

namespace gopol::engine::net {
namespace {

constexpr const char* server_help = "nothing was changed; if it stays so, ask who runs the server";

bool is_ssh(std::string_view url) {
  const auto address = dsl::split_address(url);
  return !address || address->scheme == "ssh";
}

/// `host` and `port` of ssh://user@host:port/path and user@host:path. No port: it is 22.
std::pair<std::string, std::string> ssh_place(std::string_view url) {
  const auto address = dsl::split_address(url);
  if (!address) {
    const std::string_view place = url.substr(url.find('@') + 1);
    return {std::string(place.substr(0, place.find(':'))), "22"};
  }
  std::string_view host = address->host;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return {std::string(host), std::string(address->port.empty() ? "22" : address->port)};
}

bool is_unheard(int code, int kind, const std::string& url) {
  if (code == GIT_EAUTH || code == GIT_ECERTIFICATE) return false;
  if (is_ssh(url)) {
    const auto [host, port] = ssh_place(url);
    return code == GIT_EEOF || !can_connect(host, port);
  }
  const std::string_view message = git_error_last()->message;
  const bool says_busy =  // 5xx: whoever stands before the server
      kind == GIT_ERROR_HTTP && message.find("status code: 5") != message.npos;
  const bool was_cut = line().ended && (kind == GIT_ERROR_HTTP || kind == GIT_ERROR_SSL);
  return line().broken || code == GIT_EEOF || says_busy || was_cut;
}

/// What a server says breaks git's own forms.
bool is_rubbish(int kind) {
  return kind == GIT_ERROR_INDEXER || kind == GIT_ERROR_ZLIB || kind == GIT_ERROR_ODB ||
         kind == GIT_ERROR_SHA || kind == GIT_ERROR_OBJECT || kind == GIT_ERROR_INVALID ||
         kind == GIT_ERROR_FETCHHEAD || (kind == GIT_ERROR_NET && line().used);
}

}  // namespace

dsl::Diagnostic fault_of(int code, const std::string& url, const std::string& what,
                         std::string help) {
  const git_error* last = git_error_last();
  const int kind = last != nullptr ? last->klass : GIT_ERROR_NONE;
  if (kind == GIT_ERROR_NOMEMORY) {
    return dsl::problem("T6009", what + ": " + out_of_memory().message, server_help);
  }
  dsl::Diagnostic out = git_trouble(what, std::move(help));
  if (last == nullptr) return out;
  if (line().too_long) {
    out.code = "T6009";
  } else if (is_unheard(code, kind, url)) {
    out.code = "R4007";
  } else if (is_rubbish(kind)) {
    out.code = "T6011";
  }
  if (out.code.starts_with('T')) out.help = server_help;
  return out;
}

std::optional<dsl::Diagnostic> wrong_address(const std::string& url) {
  if (!is_known_address(url)) return no_address(url);
  return shown_to_all(url, "`url`");
}

}  // namespace gopol::engine::net
