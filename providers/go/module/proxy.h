#pragma once

#include <memory>
#include <string>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// goproxy: what a module proxy answers, asked only where a policy names it.
std::unique_ptr<engine::Provider> proxy_provider();

/// Whether what a proxy answered to MODULE/@v/list is a list of versions, one a line: true, false,
/// or Unknown with the reason. 404 and 410 come from a proxy without the module, and from any other
/// server. Source: go.dev/ref/mod "GOPROXY protocol".
dsl::Value speaks_protocol(const engine::HttpAnswer& answer, const std::string& url);

}  // namespace gopol::providers::go
