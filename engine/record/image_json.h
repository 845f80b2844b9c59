#pragma once

#include "engine/encoding/json.h"
#include "engine/record/journal.h"

namespace gopol::engine::detail {

/// As the journal has them, a file with all its bytes however it keeps these. Reading: nullopt if
/// it is not one.
Json head_of_image(const FileImage& image);  ///< all but its bytes
Json json_of(const FileImage& image);
Json json_of(const PostImage& image);
std::optional<FileImage> file_image_of(const Json& json);
std::optional<PostImage> post_image_of(const Json& json);

}  // namespace gopol::engine::detail
