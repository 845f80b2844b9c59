#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/diagnostic.h"

namespace gopol::engine::net {

/// What libgit2's last failure with a server was: R4007 if the server was not heard, T6009 if it
/// sent more than anybody needs, T6011 if it sent what git does not, else R4002: this machine's
/// own trouble, or the server's word that there is nothing for us. `code` is what the call gave.
dsl::Diagnostic fault_of(int code, const std::string& url, const std::string& what,
                         std::string help);

/// Why nothing is fetched from an address: it is none, or would send a password in the open.
std::optional<dsl::Diagnostic> wrong_address(const std::string& url);

}  // namespace gopol::engine::net
