#include "engine/net/git/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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
  return url.starts_with("ssh://") || url.find("://") == url.npos;
}

/// `host` and `port` of ssh://user@host:port/path and user@host:path. No port: it is 22.
std::pair<std::string, std::string> ssh_place(const std::string& url) {
  const bool is_url = url.starts_with("ssh://");
  std::string place = is_url ? host_in(url) : url.substr(url.find('@') + 1);
  if (!is_url) return {place.substr(0, place.find(':')), "22"};
  const std::size_t bracket = place.find(']');
  if (place.starts_with('[') && bracket != place.npos) {
    const std::string port = place.substr(bracket + 1);
    return {place.substr(1, bracket - 1), port.size() > 1 ? port.substr(1) : "22"};
  }
  const std::size_t colon = place.find(':');
  if (colon == place.npos) return {place, "22"};
  return {place.substr(0, colon), place.substr(colon + 1)};
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
