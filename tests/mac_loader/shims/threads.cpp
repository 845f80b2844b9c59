// `<pthread.h>` of Darwin. Its objects keep ours after their first word, or a pointer to it where
// it does not fit. A word that is none of theirs stops the loader: Linux' objects begin otherwise.
#include <pthread.h>

#include <atomic>
#include <cstring>

#include "tests/mac_loader/darwin/threads.h"
#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/errors.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

static_assert(sizeof(pthread_mutex_t) <= sizeof(darwin::Mutex::opaque));
static_assert(sizeof(pthread_mutexattr_t) <= sizeof(darwin::MutexAttributes::opaque));
static_assert(sizeof(pthread_rwlock_t) <= sizeof(darwin::Rwlock::opaque));

/// What their macro sets is ours where all bits are zero, but for the kind.
pthread_mutex_t* ours(darwin::Mutex* theirs) {
  auto* out = reinterpret_cast<pthread_mutex_t*>(theirs->opaque);
  if (theirs->signature == darwin::mutex_recursive_signature) {
    out->__data.__kind = PTHREAD_MUTEX_RECURSIVE_NP;
  } else if (theirs->signature != darwin::mutex_signature) {
    stop("a mutex that is not one of Darwin's");
  }
  return out;
}

int new_mutex(darwin::Mutex* mutex, const darwin::MutexAttributes* attributes) {
  *mutex = {darwin::mutex_signature, {}};
  const auto* given = attributes == nullptr
                          ? nullptr
                          : reinterpret_cast<const pthread_mutexattr_t*>(attributes->opaque);
  return darwin_error(
      ::pthread_mutex_init(reinterpret_cast<pthread_mutex_t*>(mutex->opaque), given));
}
int end_mutex(darwin::Mutex* mutex) { return darwin_error(::pthread_mutex_destroy(ours(mutex))); }
int lock(darwin::Mutex* mutex) { return darwin_error(::pthread_mutex_lock(ours(mutex))); }
int try_lock(darwin::Mutex* mutex) { return darwin_error(::pthread_mutex_trylock(ours(mutex))); }
int unlock(darwin::Mutex* mutex) { return darwin_error(::pthread_mutex_unlock(ours(mutex))); }

int new_attributes(darwin::MutexAttributes* attributes) {
  *attributes = {};
  return ::pthread_mutexattr_init(reinterpret_cast<pthread_mutexattr_t*>(attributes->opaque));
}
int end_attributes(darwin::MutexAttributes*) { return 0; }
int set_type(darwin::MutexAttributes* attributes, int type) {
  constexpr Bit types[] = {{darwin::mutex_normal, PTHREAD_MUTEX_NORMAL},
                           {darwin::mutex_errorcheck, PTHREAD_MUTEX_ERRORCHECK},
                           {darwin::mutex_recursive, PTHREAD_MUTEX_RECURSIVE}};
  return ::pthread_mutexattr_settype(reinterpret_cast<pthread_mutexattr_t*>(attributes->opaque),
                                     number_here(type, types, "a mutex"));
}

pthread_cond_t* ours(darwin::Cond* theirs) {
  if (theirs->signature != darwin::cond_signature) stop("a condition that is not one of Darwin's");
  std::atomic_ref<pthread_cond_t*> place(*reinterpret_cast<pthread_cond_t**>(theirs->opaque));
  if (pthread_cond_t* made = place.load()) return made;
  auto* fresh = new pthread_cond_t PTHREAD_COND_INITIALIZER;
  pthread_cond_t* made = nullptr;
  if (place.compare_exchange_strong(made, fresh)) return fresh;
  delete fresh;
  return made;
}
int new_cond(darwin::Cond* cond, const void*) {
  *cond = {darwin::cond_signature, {}};
  return 0;
}
int end_cond(darwin::Cond* cond) {
  pthread_cond_t* made = ours(cond);
  const int out = ::pthread_cond_destroy(made);
  delete made;
  std::memset(cond->opaque, 0, sizeof cond->opaque);
  return darwin_error(out);
}
int wake_all(darwin::Cond* cond) { return darwin_error(::pthread_cond_broadcast(ours(cond))); }
int wake_one(darwin::Cond* cond) { return darwin_error(::pthread_cond_signal(ours(cond))); }
int wait(darwin::Cond* cond, darwin::Mutex* mutex) {
  return darwin_error(::pthread_cond_wait(ours(cond), ours(mutex)));
}
int wait_until(darwin::Cond* cond, darwin::Mutex* mutex, const timespec* moment) {
  return darwin_error(::pthread_cond_timedwait(ours(cond), ours(mutex), moment));
}

pthread_rwlock_t* ours(darwin::Rwlock* theirs) {
  if (theirs->signature != darwin::rwlock_signature) stop("a lock that is not one of Darwin's");
  return reinterpret_cast<pthread_rwlock_t*>(theirs->opaque);
}
int new_rwlock(darwin::Rwlock* rwlock, const void*) {
  *rwlock = {darwin::rwlock_signature, {}};
  return darwin_error(::pthread_rwlock_init(ours(rwlock), nullptr));
}
int end_rwlock(darwin::Rwlock* lock) { return darwin_error(::pthread_rwlock_destroy(ours(lock))); }
int lock_read(darwin::Rwlock* lock) { return darwin_error(::pthread_rwlock_rdlock(ours(lock))); }
int lock_write(darwin::Rwlock* lock) { return darwin_error(::pthread_rwlock_wrlock(ours(lock))); }
int unlock_rwlock(darwin::Rwlock* lock) {
  return darwin_error(::pthread_rwlock_unlock(ours(lock)));
}

// Keys are longs there. Threads are pointers there and numbers as large here.
int new_key(unsigned long* key, void (*end)(void*)) {
  pthread_key_t made = 0;
  const int out = ::pthread_key_create(&made, end);
  *key = made;
  return darwin_error(out);
}
int end_key(unsigned long key) {
  return darwin_error(::pthread_key_delete(static_cast<pthread_key_t>(key)));
}
void* get_specific(unsigned long key) {
  return ::pthread_getspecific(static_cast<pthread_key_t>(key));
}
int set_specific(unsigned long key, const void* value) {
  return darwin_error(::pthread_setspecific(static_cast<pthread_key_t>(key), value));
}

int new_thread(pthread_t* out, const void* attributes, void* (*work)(void*), void* argument) {
  if (attributes != nullptr) stop("a thread with attributes");
  return darwin_error(::pthread_create(out, nullptr, work, argument));
}
int join(pthread_t thread, void** result) { return darwin_error(::pthread_join(thread, result)); }
int detach(pthread_t thread) { return darwin_error(::pthread_detach(thread)); }
std::uint32_t mach_port(pthread_t thread) { return static_cast<std::uint32_t>(thread >> 8); }

}  // namespace

void add_threads(Names& names) {
  names.add("_pthread_mutex_init", new_mutex);
  names.add("_pthread_mutex_destroy", end_mutex);
  names.add("_pthread_mutex_lock", lock);
  names.add("_pthread_mutex_trylock", try_lock);
  names.add("_pthread_mutex_unlock", unlock);
  names.add("_pthread_mutexattr_init", new_attributes);
  names.add("_pthread_mutexattr_destroy", end_attributes);
  names.add("_pthread_mutexattr_settype", set_type);
  names.add("_pthread_cond_init", new_cond);
  names.add("_pthread_cond_destroy", end_cond);
  names.add("_pthread_cond_broadcast", wake_all);
  names.add("_pthread_cond_signal", wake_one);
  names.add("_pthread_cond_wait", wait);
  names.add("_pthread_cond_timedwait", wait_until);
  names.add("_pthread_rwlock_init", new_rwlock);
  names.add("_pthread_rwlock_destroy", end_rwlock);
  names.add("_pthread_rwlock_rdlock", lock_read);
  names.add("_pthread_rwlock_wrlock", lock_write);
  names.add("_pthread_rwlock_unlock", unlock_rwlock);
  names.add("_pthread_key_create", new_key);
  names.add("_pthread_key_delete", end_key);
  names.add("_pthread_getspecific", get_specific);
  names.add("_pthread_setspecific", set_specific);
  names.add("_pthread_create", new_thread);
  names.add("_pthread_join", join);
  names.add("_pthread_detach", detach);
  names.add("_pthread_self", ::pthread_self);
  names.add("_pthread_mach_thread_np", mach_port);
}

}  // namespace gopol::mac_loader
