#pragma once

#include <cstdint>

/// `<sys/socket.h>`, `<netdb.h>`, `<netinet/tcp.h>`, `<sys/poll.h>`, `<sys/filio.h>` of Darwin. The
/// head of an address tells its length in a byte and its family in another.
namespace gopol::mac_loader::darwin {

inline constexpr int af_inet6 = 30;
inline constexpr int sol_socket = 0xffff, so_reuseaddr = 0x4, so_keepalive = 0x8,
                     so_broadcast = 0x20, so_sndbuf = 0x1001, so_rcvbuf = 0x1002, so_error = 0x1007,
                     so_type = 0x1008, so_nosigpipe = 0x1022;
inline constexpr int tcp_nodelay = 1, tcp_keepalive = 0x10, tcp_keepintvl = 0x101,
                     tcp_keepcnt = 0x102;
inline constexpr int msg_peek = 0x2, msg_dontwait = 0x80, msg_nosignal = 0x80000;
inline constexpr unsigned long fionbio = 0x8004667e;
inline constexpr int ai_passive = 0x1, ai_canonname = 0x2, ai_numerichost = 0x4,
                     ai_addrconfig = 0x400, ai_v4mapped = 0x800, ai_numericserv = 0x1000;
inline constexpr int eai_again = 2, eai_badflags = 3, eai_fail = 4, eai_family = 5, eai_memory = 6,
                     eai_noname = 8, eai_service = 9, eai_socktype = 10, eai_system = 11;
inline constexpr short pollrdnorm = 0x40, pollrdband = 0x80, pollwrband = 0x100;

struct Addrinfo {
  int flags, family, socktype, protocol;
  std::uint32_t address_size;
  char* canonical_name;
  void* address;
  Addrinfo* next;
};

struct Sockaddr {
  std::uint8_t length, family;
  char rest[126];
};

}  // namespace gopol::mac_loader::darwin
