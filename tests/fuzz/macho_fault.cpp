#include "tests/fuzz/macho_fault.h"

#include "providers/macho/image.h"

using namespace gopol::providers;

namespace gopol::tests {
namespace {

bool is_inside(std::uint64_t begin, std::uint64_t size, std::uint64_t all) {
  return begin <= all && size <= all - begin;
}

bool is_version(const std::optional<dsl::Version>& version) {
  return !version || dsl::is_valid(version->text, dsl::VersionScheme::apple);
}

std::string fault(const macho::Image& image, std::uint64_t size) {
  if (image.signature && !is_inside(image.signature->offset, image.signature->size, size))
    return "a signature outside of the file";
  if (!image.uuid.empty() && image.uuid.size() != 36) return "a short UUID";
  for (const macho::Build& build : image.builds) {
    if (!is_version(build.minos) || !is_version(build.sdk)) return "a version that is none";
  }
  for (const macho::Library& library : image.libraries) {
    if (library.name.find('\0') != std::string::npos) return "a name with a zero byte";
  }
  return "";
}

}  // namespace

std::string macho_fault(std::string_view bytes) {
  const auto content = macho::content_of(bytes);
  const auto slices = macho::slices(content);
  if (!slices) return slices.error().front().message.empty() ? "refused without a reason" : "";
  for (const macho::Slice& slice : *slices) {
    if (!is_inside(slice.begin, slice.size, bytes.size())) return "a slice outside of the file";
    const auto image = macho::read_image(content, slice);
    if (!image && image.error().front().message.empty()) return "refused without a reason";
    std::string found = image ? fault(*image, bytes.size()) : "";
    if (!found.empty()) return found;
  }
  return "";
}

}  // namespace gopol::tests
