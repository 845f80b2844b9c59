#pragma once

#include "tests/mac_loader/image.h"

namespace gopol::mac_loader {

/// Makes the program's variables of one a thread work: each has a descriptor whose function finds
/// it. Source: `<mach-o/loader.h>` of macOS, tlv_descriptor.
void prepare_thread_variables(const Image& image);

}  // namespace gopol::mac_loader
