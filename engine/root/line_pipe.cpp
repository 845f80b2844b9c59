#include "engine/root/line_pipe.h"

#include <unistd.h>

#include <cerrno>

namespace gopol::engine {
namespace {

constexpr std::size_t longest_line = 256u << 20;  // bytes: files are kept whole, in Base64

}  // namespace

std::optional<detail::Json> LinePipe::read() {
  char buffer[1 << 16];
  std::size_t seen = 0;
  while (true) {
    const std::size_t end = come_.find('\n', seen);
    if (end != std::string::npos) {
      auto out = detail::parse_json(std::string_view(come_).substr(0, end));
      come_.erase(0, end + 1);
      return out;
    }
    seen = come_.size();
    if (seen > longest_line || !in_) return {};
    const ssize_t count = ::read(in_.number(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return {};
    come_.append(buffer, static_cast<std::size_t>(count));
  }
}

bool LinePipe::write(const detail::Json& json) {
  return out_ && write_all(out_.number(), detail::line_of(json) + "\n") == 0;
}

void LinePipe::close() {
  in_.close();
  out_.close();
}

QuietPipes::QuietPipes() {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigemptyset(&ignore.sa_mask);
  ::sigaction(SIGPIPE, &ignore, &before_);
}

QuietPipes::~QuietPipes() { ::sigaction(SIGPIPE, &before_, nullptr); }

}  // namespace gopol::engine
