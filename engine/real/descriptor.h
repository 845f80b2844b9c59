#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gopol::engine {

/// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }
  /// 0 or an errno: some file systems report a full disk only here.
  int close();

 private:
  int number_ = -1;
};

/// open(2) with O_CLOEXEC, repeated if a signal came between; on failure errno says why.
Descriptor open_file(const std::string& path, int flags, std::uint32_t mode = 0);

/// All of these answer 0 or an errno.
int write_all(int descriptor, std::string_view bytes);
int flush(int descriptor);                    ///< to the medium, as far as the system lets us
int flush_folder(const std::string& folder);  ///< so that a rename in it survives a power cut

/// Appends what is there from `offset` on, at most `most` bytes. 0 or an errno.
int read_some(int descriptor, std::uint64_t offset, std::uint64_t most, std::string& out);

/// A plain file of at most `most` bytes, whole. Nothing: there is none, it is longer, or it is a
/// pipe or a device, which nobody waits for.
std::optional<std::string> read_plain_file(const std::string& path, std::uint64_t most);

/// The system's words for an errno, beginning in lower case as our messages do.
std::string reason(int error);

}  // namespace gopol::engine
