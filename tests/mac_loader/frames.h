#pragma once

#include "tests/mac_loader/image.h"

namespace gopol::mac_loader {

/// Lets exceptions of the program pass its functions: this system's unwinder gets the frames of
/// `__eh_frame`, and such as it understands for the functions that only `__unwind_info` describes.
/// Format:
/// `<mach-o/compact_unwind_encoding.h>` of macOS.
void register_frames(const Image& image);

}  // namespace gopol::mac_loader
