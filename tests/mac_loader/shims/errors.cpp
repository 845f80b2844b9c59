// `<sys/errno.h>` and `<string.h>` of Darwin: the numbers, and `errno` itself.
#include "tests/mac_loader/shims/errors.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "tests/mac_loader/darwin/errors.h"
#include "tests/mac_loader/names.h"

extern "C" int __xpg_strerror_r(int, char*, std::size_t);

namespace gopol::mac_loader {
namespace {

struct Pair {
  int here, there;
};

constexpr Pair pairs[] = {
    {EDEADLK, darwin::edeadlk},
    {EAGAIN, darwin::eagain},
    {EINPROGRESS, darwin::einprogress},
    {EALREADY, darwin::ealready},
    {ENOTSOCK, darwin::enotsock},
    {EDESTADDRREQ, darwin::edestaddrreq},
    {EMSGSIZE, darwin::emsgsize},
    {EPROTOTYPE, darwin::eprototype},
    {ENOPROTOOPT, darwin::enoprotoopt},
    {EPROTONOSUPPORT, darwin::eprotonosupport},
    {ESOCKTNOSUPPORT, darwin::esocktnosupport},
    {ENOTSUP, darwin::enotsup},
    {EOPNOTSUPP, darwin::eopnotsupp},
    {EPFNOSUPPORT, darwin::epfnosupport},
    {EAFNOSUPPORT, darwin::eafnosupport},
    {EADDRINUSE, darwin::eaddrinuse},
    {EADDRNOTAVAIL, darwin::eaddrnotavail},
    {ENETDOWN, darwin::enetdown},
    {ENETUNREACH, darwin::enetunreach},
    {ENETRESET, darwin::enetreset},
    {ECONNABORTED, darwin::econnaborted},
    {ECONNRESET, darwin::econnreset},
    {ENOBUFS, darwin::enobufs},
    {EISCONN, darwin::eisconn},
    {ENOTCONN, darwin::enotconn},
    {ESHUTDOWN, darwin::eshutdown},
    {ETOOMANYREFS, darwin::etoomanyrefs},
    {ETIMEDOUT, darwin::etimedout},
    {ECONNREFUSED, darwin::econnrefused},
    {ELOOP, darwin::eloop},
    {ENAMETOOLONG, darwin::enametoolong},
    {EHOSTDOWN, darwin::ehostdown},
    {EHOSTUNREACH, darwin::ehostunreach},
    {ENOTEMPTY, darwin::enotempty},
    {EUSERS, darwin::eusers},
    {EDQUOT, darwin::edquot},
    {ESTALE, darwin::estale},
    {EREMOTE, darwin::eremote},
    {ENOLCK, darwin::enolck},
    {ENOSYS, darwin::enosys},
    {EOVERFLOW, darwin::eoverflow},
    {ECANCELED, darwin::ecanceled},
    {EIDRM, darwin::eidrm},
    {ENOMSG, darwin::enomsg},
    {EILSEQ, darwin::eilseq},
    {ENODATA, darwin::enoattr},  // what is missing is an extended attribute
    {EBADMSG, darwin::ebadmsg},
    {EMULTIHOP, darwin::emultihop},
    {ENOLINK, darwin::enolink},
    {ENOSR, darwin::enosr},
    {ENOSTR, darwin::enostr},
    {EPROTO, darwin::eproto},
    {ETIME, darwin::etime},
    {ENOTRECOVERABLE, darwin::enotrecoverable},
    {EOWNERDEAD, darwin::eownerdead},
};

thread_local int program_errno = 0;

/// A call that failed since left its number in ours.
void take_over() {
  if (errno == 0) return;
  program_errno = darwin_error(errno);
  errno = 0;
}

int* error_place() {
  take_over();
  return &program_errno;
}

char* error_text(int number) { return ::strerror(linux_error(number)); }

int error_text_into(int number, char* to, std::size_t size) {
  return darwin_error(::__xpg_strerror_r(linux_error(number), to, size));
}

}  // namespace

int darwin_error(int linux_number) {
  for (const Pair& pair : pairs) {
    if (pair.here == linux_number) return pair.there;
  }
  return linux_number;
}

int linux_error(int darwin_number) {
  for (const Pair& pair : pairs) {
    if (pair.there == darwin_number) return pair.here;
  }
  return darwin_number;
}

int fail(int darwin_number) {
  program_errno = darwin_number;
  errno = 0;
  return -1;
}

void add_errors(Names& names) {
  names.add("___error", error_place);
  names.add("_strerror", error_text);
  names.add("_strerror_r", error_text_into);
}

}  // namespace gopol::mac_loader
