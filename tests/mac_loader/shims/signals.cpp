// `<signal.h>` of Darwin.
#include "tests/mac_loader/shims/signals.h"

#include <pthread.h>
#include <unistd.h>

#include <array>
#include <atomic>

#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/errors.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

constexpr Bit signals[] = {
    {darwin::sigbus, SIGBUS},   {darwin::sigsys, SIGSYS},   {darwin::sigurg, SIGURG},
    {darwin::sigstop, SIGSTOP}, {darwin::sigtstp, SIGTSTP}, {darwin::sigcont, SIGCONT},
    {darwin::sigchld, SIGCHLD}, {darwin::sigio, SIGIO},     {darwin::sigusr1, SIGUSR1},
    {darwin::sigusr2, SIGUSR2},
};
constexpr Bit action_bits[] = {
    {darwin::sa_onstack, SA_ONSTACK},
    {darwin::sa_restart, SA_RESTART},
    {darwin::sa_resethand, static_cast<int>(SA_RESETHAND)},
    {darwin::sa_nocldstop, SA_NOCLDSTOP},
    {darwin::sa_nodefer, SA_NODEFER},
    {darwin::sa_nocldwait, SA_NOCLDWAIT},
};

using Handler = void (*)(int);
std::array<std::atomic<Handler>, 32> handlers;  ///< by Darwin's number

void handle(int number) {
  const int theirs = signal_there(number);
  if (const Handler handler = handlers[static_cast<std::size_t>(theirs)]) handler(theirs);
}

Handler set_handler(int number, Handler handler) {
  const Handler before = handlers[static_cast<std::size_t>(number)];
  const bool plain = handler == SIG_DFL || handler == SIG_IGN;
  handlers[static_cast<std::size_t>(number)] = plain ? nullptr : handler;
  const auto was = ::signal(signal_here(number), plain ? handler : handle);
  return was == handle ? before : was;
}

int set_action(int number, const darwin::Sigaction* action, darwin::Sigaction* before) {
  struct sigaction ours {
  }, was{};
  const Handler last = handlers[static_cast<std::size_t>(number)];
  if (action != nullptr) {
    const bool plain = action->handler == SIG_DFL || action->handler == SIG_IGN;
    ours.sa_handler = plain ? action->handler : handle;
    ours.sa_mask = set_here(action->mask);
    ours.sa_flags = bits_here(action->flags, action_bits, "sigaction");
    handlers[static_cast<std::size_t>(number)] = plain ? nullptr : action->handler;
  }
  const int out = ::sigaction(signal_here(number), action == nullptr ? nullptr : &ours, &was);
  if (out == 0 && before != nullptr) {
    before->handler = was.sa_handler == handle ? last : was.sa_handler;
    before->mask = set_there(was.sa_mask);
    before->flags = bits_there(was.sa_flags, action_bits);
  }
  return out;
}

int set_mask(int how, const darwin::SignalSet* set, darwin::SignalSet* before) {
  constexpr Bit hows[] = {{darwin::sig_block, SIG_BLOCK},
                          {darwin::sig_unblock, SIG_UNBLOCK},
                          {darwin::sig_setmask, SIG_SETMASK}};
  sigset_t ours, was;
  if (set != nullptr) ours = set_here(*set);
  const int out = ::pthread_sigmask(set == nullptr ? SIG_BLOCK : number_here(how, hows, "sigmask"),
                                    set == nullptr ? nullptr : &ours, &was);
  if (out == 0 && before != nullptr) *before = set_there(was);
  return darwin_error(out);
}

int pending(darwin::SignalSet* out) {
  sigset_t ours;
  const int result = ::sigpending(&ours);
  if (result == 0) *out = set_there(ours);
  return result;
}

int wait_for(const darwin::SignalSet* set, int* number) {
  const sigset_t ours = set_here(*set);
  const int out = ::sigwait(&ours, number);
  if (out == 0) *number = signal_there(*number);
  return darwin_error(out);
}

int raise_here(int number) { return ::raise(signal_here(number)); }
int send(int process, int number) { return ::kill(process, signal_here(number)); }

}  // namespace

int signal_here(int number) {
  for (const Bit& row : signals) {
    if (row.there == number) return row.here;
  }
  return number;  // 0 and most of the first fifteen
}

int signal_there(int number) {
  for (const Bit& row : signals) {
    if (row.here == number) return row.there;
  }
  return number;
}

sigset_t set_here(darwin::SignalSet theirs) {
  sigset_t out;
  ::sigemptyset(&out);
  for (int number = 1; number < 32; ++number) {
    if ((theirs >> (number - 1) & 1u) == 0) continue;
    if (number != darwin::sigemt && number != darwin::siginfo)
      ::sigaddset(&out, signal_here(number));
  }
  return out;
}

darwin::SignalSet set_there(const sigset_t& ours) {
  darwin::SignalSet out = 0;
  for (int number = 1; number < 32; ++number) {
    if (number == darwin::sigemt || number == darwin::siginfo) continue;
    if (::sigismember(&ours, signal_here(number)) == 1) out |= 1u << (number - 1);
  }
  return out;
}

void add_signals(Names& names) {
  names.add("_signal", set_handler);
  names.add("_sigaction", set_action);
  names.add("_pthread_sigmask", set_mask);
  names.add("_sigpending", pending);
  names.add("_sigwait", wait_for);
  names.add("_kill", send);
  names.add("_raise", raise_here);
}

}  // namespace gopol::mac_loader
