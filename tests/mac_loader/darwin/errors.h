#pragma once

/// The numbers of errors that Darwin has and Linux numbers otherwise, or not at all:
/// `<sys/errno.h>`.
namespace gopol::mac_loader::darwin {

inline constexpr int edeadlk = 11, eagain = 35, einprogress = 36, ealready = 37, enotsock = 38,
                     edestaddrreq = 39, emsgsize = 40, eprototype = 41, enoprotoopt = 42,
                     eprotonosupport = 43, esocktnosupport = 44, enotsup = 45, epfnosupport = 46,
                     eafnosupport = 47, eaddrinuse = 48, eaddrnotavail = 49, enetdown = 50,
                     enetunreach = 51, enetreset = 52, econnaborted = 53, econnreset = 54,
                     enobufs = 55, eisconn = 56, enotconn = 57, eshutdown = 58, etoomanyrefs = 59,
                     etimedout = 60, econnrefused = 61, eloop = 62, enametoolong = 63,
                     ehostdown = 64, ehostunreach = 65, enotempty = 66, eusers = 68, edquot = 69,
                     estale = 70, eremote = 71, enolck = 77, enosys = 78, eoverflow = 84,
                     ecanceled = 89, eidrm = 90, enomsg = 91, eilseq = 92, enoattr = 93,
                     ebadmsg = 94, emultihop = 95, enodata = 96, enolink = 97, enosr = 98,
                     enostr = 99, eproto = 100, etime = 101, eopnotsupp = 102,
                     enotrecoverable = 104, eownerdead = 105;

}  // namespace gopol::mac_loader::darwin
