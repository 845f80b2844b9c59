#pragma once

#include <string>

#include "providers/go/env/setting.h"

namespace gopol::providers::go {

/// Why a toolchain cannot be downloaded, which is always looked up in the checksum database, unless
/// its only source is a folder. Empty: nothing prevents it.
std::string forbids_download(const Variables& variables);

}  // namespace gopol::providers::go
