// `<sys/socket.h>`, `<netdb.h>`, `<arpa/inet.h>`, `<poll.h>`, `<sys/ioctl.h>` of Darwin.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <vector>

#include "tests/mac_loader/darwin/errors.h"
#include "tests/mac_loader/darwin/sockets.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/errors.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

int family_here(int theirs) { return theirs == darwin::af_inet6 ? AF_INET6 : theirs; }
int family_there(int ours) { return ours == AF_INET6 ? darwin::af_inet6 : ours; }

/// The two bytes at the head are the family here; the rest is alike for those that we know.
sockaddr_storage here(const darwin::Sockaddr* theirs, socklen_t size) {
  sockaddr_storage out{};
  std::memcpy(&out, theirs, std::min<std::size_t>(size, sizeof out));
  out.ss_family = static_cast<sa_family_t>(family_here(theirs->family));
  return out;
}

void there(void* address, socklen_t size) {
  auto* out = static_cast<darwin::Sockaddr*>(address);
  sa_family_t family = 0;
  std::memcpy(&family, address, sizeof family);
  out->length = static_cast<std::uint8_t>(size);
  out->family = static_cast<std::uint8_t>(family_there(family));
}

std::array<std::atomic<bool>, 4096> quiet;  ///< sockets that raise no signal

int new_socket(int family, int type, int protocol) {
  const int out = ::socket(family_here(family), type, protocol);
  if (out >= 0 && static_cast<std::size_t>(out) < quiet.size()) {
    quiet[static_cast<std::size_t>(out)] = false;
  }
  return out;
}
int new_pair(int family, int type, int protocol, int* out) {
  return ::socketpair(family_here(family), type, protocol, out);
}
int connect_to(int file, const darwin::Sockaddr* address, socklen_t size) {
  const sockaddr_storage ours = here(address, size);
  return ::connect(file, reinterpret_cast<const sockaddr*>(&ours), size);
}
int connect_with_data(int, const void*, unsigned, unsigned, const void*, unsigned, std::size_t*,
                      unsigned*) {
  return fail(darwin::enotsup);
}
int bind_to(int file, const darwin::Sockaddr* address, socklen_t size) {
  const sockaddr_storage ours = here(address, size);
  return ::bind(file, reinterpret_cast<const sockaddr*>(&ours), size);
}
int own_address(int file, void* out, socklen_t* size) {
  const int result = ::getsockname(file, static_cast<sockaddr*>(out), size);
  if (result == 0) there(out, *size);
  return result;
}
int peer_address(int file, void* out, socklen_t* size) {
  const int result = ::getpeername(file, static_cast<sockaddr*>(out), size);
  if (result == 0) there(out, *size);
  return result;
}

struct Option {
  int level, name;
};
Option option_here(int level, int name) {
  constexpr Bit of_sockets[] = {{darwin::so_reuseaddr, SO_REUSEADDR},
                                {darwin::so_keepalive, SO_KEEPALIVE},
                                {darwin::so_broadcast, SO_BROADCAST},
                                {darwin::so_sndbuf, SO_SNDBUF},
                                {darwin::so_rcvbuf, SO_RCVBUF},
                                {darwin::so_error, SO_ERROR},
                                {darwin::so_type, SO_TYPE}};
  constexpr Bit of_tcp[] = {{darwin::tcp_nodelay, TCP_NODELAY},
                            {darwin::tcp_keepalive, TCP_KEEPIDLE},
                            {darwin::tcp_keepintvl, TCP_KEEPINTVL},
                            {darwin::tcp_keepcnt, TCP_KEEPCNT}};
  if (level == darwin::sol_socket) {
    return {SOL_SOCKET, number_here(name, of_sockets, "an option of sockets")};
  }
  if (level == IPPROTO_TCP) return {level, number_here(name, of_tcp, "an option of TCP")};
  stop("an option of an unknown level");
}

int set_option(int file, int level, int name, const void* value, socklen_t size) {
  if (level == darwin::sol_socket && name == darwin::so_nosigpipe) {
    quiet.at(static_cast<std::size_t>(file)) = *static_cast<const int*>(value) != 0;
    return 0;
  }
  const Option ours = option_here(level, name);
  return ::setsockopt(file, ours.level, ours.name, value, size);
}
int get_option(int file, int level, int name, void* value, socklen_t* size) {
  const Option ours = option_here(level, name);
  const int result = ::getsockopt(file, ours.level, ours.name, value, size);
  if (result == 0 && ours.level == SOL_SOCKET && ours.name == SO_ERROR) {
    auto* error = static_cast<int*>(value);
    *error = darwin_error(*error);
  }
  return result;
}

constexpr Bit message_bits[] = {{darwin::msg_peek, MSG_PEEK},
                                {darwin::msg_dontwait, MSG_DONTWAIT},
                                {darwin::msg_nosignal, MSG_NOSIGNAL}};
ssize_t send_bytes(int file, const void* bytes, std::size_t size, int flags) {
  const bool silent = quiet.at(static_cast<std::size_t>(file));
  return ::send(file, bytes, size,
                bits_here(flags, message_bits, "send") | (silent ? MSG_NOSIGNAL : 0));
}
ssize_t receive(int file, void* to, std::size_t size, int flags) {
  return ::recv(file, to, size, bits_here(flags, message_bits, "recv"));
}

/// Its bits are ours but for POLLWRBAND.
int poll_files(pollfd* files, unsigned count, int timeout) {
  for (unsigned i = 0; i < count; ++i) {
    if ((files[i].events & darwin::pollwrband) != 0) {
      files[i].events = static_cast<short>((files[i].events & ~darwin::pollwrband) | POLLWRBAND);
    }
  }
  const int out = ::poll(files, count, timeout);
  for (unsigned i = 0; i < count; ++i) {
    constexpr short unknown = static_cast<short>(POLLWRNORM | POLLWRBAND | POLLRDHUP);
    files[i].revents = static_cast<short>(files[i].revents & ~unknown);
  }
  return out;
}

int control_device(int file, unsigned long request, MacList rest) {
  if (request != darwin::fionbio) stop("ioctl has an unknown request");
  return ::ioctl(file, FIONBIO, va_arg(rest, int*));
}

constexpr Bit info_bits[] = {
    {darwin::ai_passive, AI_PASSIVE},         {darwin::ai_canonname, AI_CANONNAME},
    {darwin::ai_numerichost, AI_NUMERICHOST}, {darwin::ai_addrconfig, AI_ADDRCONFIG},
    {darwin::ai_v4mapped, AI_V4MAPPED},       {darwin::ai_numericserv, AI_NUMERICSERV}};
constexpr Bit info_errors[] = {{0, 0},
                               {darwin::eai_again, EAI_AGAIN},
                               {darwin::eai_badflags, EAI_BADFLAGS},
                               {darwin::eai_fail, EAI_FAIL},
                               {darwin::eai_family, EAI_FAMILY},
                               {darwin::eai_memory, EAI_MEMORY},
                               {darwin::eai_noname, EAI_NONAME},
                               {darwin::eai_service, EAI_SERVICE},
                               {darwin::eai_socktype, EAI_SOCKTYPE},
                               {darwin::eai_system, EAI_SYSTEM}};

void free_addresses(darwin::Addrinfo* all) {
  while (all != nullptr) {
    darwin::Addrinfo* const next = all->next;
    std::free(all->address);
    std::free(all->canonical_name);
    delete all;
    all = next;
  }
}

darwin::Addrinfo* there(const addrinfo& ours) {
  auto* out = new darwin::Addrinfo{bits_there(ours.ai_flags, info_bits),
                                   family_there(ours.ai_family),
                                   ours.ai_socktype,
                                   ours.ai_protocol,
                                   ours.ai_addrlen,
                                   nullptr,
                                   std::calloc(1, sizeof(sockaddr_storage)),
                                   nullptr};
  if (ours.ai_canonname != nullptr) out->canonical_name = ::strdup(ours.ai_canonname);
  std::memcpy(out->address, ours.ai_addr, ours.ai_addrlen);
  there(out->address, ours.ai_addrlen);
  return out;
}

int find_addresses(const char* host, const char* service, const darwin::Addrinfo* hints,
                   darwin::Addrinfo** out) {
  addrinfo ours{};
  if (hints != nullptr) {
    ours.ai_flags = bits_here(hints->flags, info_bits, "getaddrinfo");
    ours.ai_family = family_here(hints->family);
    ours.ai_socktype = hints->socktype;
    ours.ai_protocol = hints->protocol;
  }
  addrinfo* found = nullptr;
  const int result = ::getaddrinfo(host, service, hints == nullptr ? nullptr : &ours, &found);
  if (result != 0) {
    for (const Bit& row : info_errors) {
      if (row.here == result) return row.there;
    }
    return darwin::eai_fail;
  }
  *out = nullptr;
  darwin::Addrinfo** last = out;
  for (const addrinfo* next = found; next != nullptr; next = next->ai_next) {
    *last = there(*next);
    last = &(*last)->next;
  }
  ::freeaddrinfo(found);
  return 0;
}

const char* address_error(int error) {
  return ::gai_strerror(number_here(error, info_errors, "gai_strerror"));
}
const char* to_text(int family, const void* address, char* to, socklen_t size) {
  return ::inet_ntop(family_here(family), address, to, size);
}
int from_text(int family, const char* text, void* out) {
  return ::inet_pton(family_here(family), text, out);
}

}  // namespace

void add_sockets(Names& names) {
  names.add("_socket", new_socket);
  names.add("_socketpair", new_pair);
  names.add("_connect", connect_to);
  names.add("_connectx", connect_with_data);
  names.add("_bind", bind_to);
  names.add("_getsockname", own_address);
  names.add("_getpeername", peer_address);
  names.add("_setsockopt", set_option);
  names.add("_getsockopt", get_option);
  names.add("_send", send_bytes);
  names.add("_recv", receive);
  names.add("_poll", poll_files);
  names.add_variadic<control_device>("_ioctl");
  names.add("_getaddrinfo", find_addresses);
  names.add("_freeaddrinfo", free_addresses);
  names.add("_gai_strerror", address_error);
  names.add("_inet_ntop", to_text);
  names.add("_inet_pton", from_text);
}

}  // namespace gopol::mac_loader
