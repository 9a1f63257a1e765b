// The threads, mutexes and conditions of C11 by those of POSIX, for
// ThreadSanitizer.
//
// The sanitizer of GCC 12 and Clang 14 sees pthread_create() and the like, not
// their twins in <threads.h>, which call them inside of the C library. A thread
// that thrd_create() began has no state of the sanitizer: the first intercepted
// call on it crashes. librdkafka starts and locks everything in this way. So in
// such a build this library stands before the C library.
//
// In glibc the types of both are the same memory, and mtx_init() makes the same
// kinds of mutexes.

#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <cstdint>
#include <ctime>
#include <memory>

namespace {

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t));
static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t));

struct Start {
  thrd_start_t function;
  void* argument;
};

void* Run(void* start) {
  const std::unique_ptr<Start> owned(static_cast<Start*>(start));
  const intptr_t result = owned->function(owned->argument);
  return reinterpret_cast<void*>(result);
}

int ResultOf(int error) {
  switch (error) {
    case 0:
      return thrd_success;
    case EBUSY:
      return thrd_busy;
    case ETIMEDOUT:
      return thrd_timedout;
    case ENOMEM:
      return thrd_nomem;
    default:
      return thrd_error;
  }
}

pthread_mutex_t* Posix(mtx_t* mutex) {
  return reinterpret_cast<pthread_mutex_t*>(mutex);
}

pthread_cond_t* Posix(cnd_t* condition) {
  return reinterpret_cast<pthread_cond_t*>(condition);
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
  auto start = std::make_unique<Start>(Start{function, argument});
  const int error = pthread_create(thread, nullptr, &Run, start.get());
  if (error == 0) (void)start.release();
  return ResultOf(error);
}

int thrd_join(thrd_t thread, int* result) {
  void* returned = nullptr;
  const int error = pthread_join(thread, &returned);
  if (error == 0 && result != nullptr) {
    *result = static_cast<int>(reinterpret_cast<intptr_t>(returned));
  }
  return ResultOf(error);
}

int mtx_init(mtx_t* mutex, int type) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  if ((type & mtx_recursive) != 0) {
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  }
  const int error = pthread_mutex_init(Posix(mutex), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return ResultOf(error);
}

void mtx_destroy(mtx_t* mutex) { pthread_mutex_destroy(Posix(mutex)); }

int mtx_lock(mtx_t* mutex) {
  return ResultOf(pthread_mutex_lock(Posix(mutex)));
}

int mtx_trylock(mtx_t* mutex) {
  return ResultOf(pthread_mutex_trylock(Posix(mutex)));
}

int mtx_unlock(mtx_t* mutex) {
  return ResultOf(pthread_mutex_unlock(Posix(mutex)));
}

int cnd_init(cnd_t* condition) {
  return ResultOf(pthread_cond_init(Posix(condition), nullptr));
}

void cnd_destroy(cnd_t* condition) { pthread_cond_destroy(Posix(condition)); }

int cnd_signal(cnd_t* condition) {
  return ResultOf(pthread_cond_signal(Posix(condition)));
}

int cnd_broadcast(cnd_t* condition) {
  return ResultOf(pthread_cond_broadcast(Posix(condition)));
}

int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  return ResultOf(pthread_cond_wait(Posix(condition), Posix(mutex)));
}

int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
  return ResultOf(
      pthread_cond_timedwait(Posix(condition), Posix(mutex), until));
}

}  // extern "C"
