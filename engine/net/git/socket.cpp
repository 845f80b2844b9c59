#include "engine/net/git/socket.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <git2.h>
#include <git2/sys/stream.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "engine/net/stop.h"
#include "engine/real/descriptor.h"

namespace gopol::engine::net {
namespace {

struct Socket : git_stream {
  std::string host, port;
  Descriptor open;
};

Socket& socket_of(git_stream* stream) { return *static_cast<Socket*>(stream); }

int failed(const std::string& what) {
  git_error_set_str(GIT_ERROR_NET, what.c_str());
  return -1;
}

struct FreeAddresses {
  void operator()(addrinfo* all) const { ::freeaddrinfo(all); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

/// 0, or what gai_strerror explains.
int look_up(const std::string& host, const std::string& port, Addresses& out) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* raw = nullptr;
  const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &raw);
  if (code == 0) out.reset(raw);
  return code;
}

Descriptor socket_for(const addrinfo& address) {
  return Descriptor(::socket(address.ai_family, address.ai_socktype, address.ai_protocol));
}

Descriptor connected(const addrinfo& address) {
  Descriptor out = socket_for(address);
  if (!out || ::connect(out.number(), address.ai_addr, address.ai_addrlen) != 0) return {};
  return out;
}

void send_at_once(const Descriptor& open) {
  const int yes = 1;
  ::setsockopt(open.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

/// A connection that was begun before it was needed.
struct Early {
  std::string host, port;
  Descriptor open;
};
Early& early() {
  static Early one;
  return one;
}

/// The early connection, if it is this one and came about.
Descriptor early_one(const Socket& wanted) {
  Early begun = std::move(early());
  if (!begun.open || begun.host != wanted.host || begun.port != wanted.port) return {};
  pollfd ready{begun.open.number(), POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof error;
  if (::poll(&ready, 1, -1) != 1 ||
      ::getsockopt(ready.fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
    return {};
  }
  ::fcntl(ready.fd, F_SETFL, ::fcntl(ready.fd, F_GETFL) & ~O_NONBLOCK);
  return std::move(begun.open);
}

constexpr std::size_t longest_list = std::size_t{16} << 20;  // bytes of references

Line& seen() {
  static Line one;
  return one;
}
std::size_t& left_of_list() {
  static std::size_t bytes = SIZE_MAX;
  return bytes;
}

int broke(const std::string& what) {
  seen().broken = true;
  return failed(what);
}

int connect_stream(git_stream* stream) {
  Socket& self = socket_of(stream);
  self.open = early_one(self);
  Addresses all;
  if (const int code = self.open ? 0 : look_up(self.host, self.port, all); code != 0)
    return broke(fmt::format("could not resolve {}: {}", self.host, ::gai_strerror(code)));
  for (const addrinfo* one = all.get(); one != nullptr && !self.open; one = one->ai_next)
    self.open = connected(*one);
  if (self.open) send_at_once(self.open);
  if (self.open) seen().used = true;
  if (self.open) return 0;
  return broke(fmt::format("could not connect to {}: {}", self.host, std::strerror(errno)));
}

ssize_t read_stream(git_stream* stream, void* bytes, std::size_t size) {
  const ssize_t count = ::recv(socket_of(stream).open.number(), bytes, size, 0);
  if (count < 0) return broke(fmt::format("could not read: {}", std::strerror(errno)));
  const auto came = static_cast<std::size_t>(count);
  heard(came);
  seen().ended = came == 0;
  if (came <= left_of_list()) {
    if (left_of_list() != SIZE_MAX) left_of_list() -= came;
    return count;
  }
  seen().too_long = true;
  return failed(fmt::format("more than {} MiB of references", longest_list >> 20));
}

ssize_t write_stream(git_stream* stream, const char* bytes, std::size_t size, int flags) {
  const ssize_t count = ::send(socket_of(stream).open.number(), bytes, size, flags);
  if (count >= 0) return count;
  return broke(fmt::format("could not write: {}", std::strerror(errno)));
}

int close_stream(git_stream* stream) {
  socket_of(stream).open.close();
  return 0;
}

void free_stream(git_stream* stream) { const std::unique_ptr<Socket> gone(&socket_of(stream)); }

int make_stream(git_stream** out, const char* host, const char* port) {
  auto made = std::make_unique<Socket>();
  made->version = GIT_STREAM_VERSION;
  made->connect = connect_stream;
  made->read = read_stream;
  made->write = write_stream;
  made->close = close_stream;
  made->free = free_stream;
  made->host = host;
  made->port = port;
  *out = made.release();
  return 0;
}

}  // namespace

const Line& line() { return seen(); }

void expect_list() {
  seen() = {};
  left_of_list() = longest_list;
}

void expect_objects() { left_of_list() = SIZE_MAX; }

bool can_connect(const std::string& host, const std::string& port) {
  Addresses all;
  if (look_up(host, port, all) != 0) return false;
  for (const addrinfo* one = all.get(); one != nullptr; one = one->ai_next) {
    if (connected(*one)) return true;
  }
  return false;
}

void connect_early(std::string_view url) {
  constexpr std::string_view scheme = "git://";
  if (!url.starts_with(scheme)) return;
  url.remove_prefix(scheme.size());
  const std::string_view place = url.substr(0, url.find('/'));
  const std::size_t colon = place.find(':');
  if (place.find_first_of("@[]%") != place.npos) return;  // then libgit2 has the say
  Early begun{std::string(place.substr(0, colon)),
              colon == place.npos ? "9418" : std::string(place.substr(colon + 1)),
              {}};
  Addresses all;
  if (look_up(begun.host, begun.port, all) != 0) return;
  begun.open = socket_for(*all);
  const int number = begun.open.number();
  if (number < 0) return;
  ::fcntl(number, F_SETFL, ::fcntl(number, F_GETFL) | O_NONBLOCK);
  if (::connect(number, all->ai_addr, all->ai_addrlen) != 0 && errno != EINPROGRESS) return;
  early() = std::move(begun);
}

void use_own_sockets() {
  git_stream_registration own{};
  own.version = GIT_STREAM_VERSION;
  own.init = make_stream;
  git_stream_register(GIT_STREAM_STANDARD, &own);
}

}  // namespace gopol::engine::net
