#include "engine/record/old_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "engine/encoding/sha256.h"
#include "engine/real/descriptor.h"
#include "engine/real/real_disk.h"
#include "engine/real/rooted_path.h"
#include "engine/real/write_file.h"

namespace gopol::engine {

Result<Done> OldBytes::put(std::string_view bytes) {
  const std::string name = sha256(bytes);
  if (get(name)) return Done{};
  if (const int error = make_real_folder(folder_.text, {.mode = 0700}))
    return disk_problem("make", folder_, error);
  const Path file = folder_ / name;
  const int error = replace_file(file.text, bytes, {.mode = 0600});
  if (error == 0 || error == not_durable) return Done{};
  return disk_problem("write", file, error, "gopol changes nothing that it cannot take back");
}

std::optional<std::string> OldBytes::get(const std::string& name) const {
  const bool is_name =
      name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_name) return {};
  const Descriptor file = open_file((folder_ / name).text, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  std::string out;
  if (!file || read_some(file.number(), 0, UINT64_MAX, out) != 0) return {};
  if (sha256(out) != name) return {};
  return out;
}

void OldBytes::keep_only(const std::set<std::string>& names) {
  const auto disk = real_disk();
  const auto there = disk->list(folder_);
  for (const std::string& name : there ? *there : std::vector<std::string>()) {
    if (!names.contains(name)) static_cast<void>(disk->remove(folder_ / name));
  }
}

}  // namespace gopol::engine
