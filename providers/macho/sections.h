#pragma once

#include <optional>
#include <string_view>

#include "dsl/value/result.h"
#include "providers/macho/slices.h"

namespace gopol::providers::macho {

/// Where in the file the section of this name lies, in the first architecture that has one; at most
/// 16 bytes of the name count. Nothing: no Mach-O file, or no such section. Errors: damaged. Only
/// 64-bit images are looked into. Source: mach-o/loader.h, section_64.
dsl::Result<std::optional<engine::Extent>> find_section(const Content& content,
                                                        std::string_view name);

}  // namespace gopol::providers::macho
