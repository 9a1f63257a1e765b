// A fiber: a function with a stack of its own that stops where it says Yield()
// and goes on when it is resumed. With fibers one thread runs many workers, and
// a seed alone decides who does the next step.

#ifndef WIREDESK_TESTS_SIMULATION_FIBER_H_
#define WIREDESK_TESTS_SIMULATION_FIBER_H_

#include <ucontext.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace wiredesk {

// Made, resumed and destroyed on one thread. `body` must return before the
// fiber is destroyed, since nothing else unwinds its stack.
class Fiber {
 public:
  explicit Fiber(std::function<void()> body);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Runs `body` until it yields or returns. REQUIRES: !done()
  void Resume();

  // Inside of `body`: back to who resumed it.
  static void Yield();

  bool done() const { return done_; }

 private:
  static void Enter();
  void SwitchOut(bool for_good);

  std::function<void()> body_;
  std::unique_ptr<char[]> stack_;
  ucontext_t outside_ = {};
  ucontext_t inside_ = {};
  bool done_ = false;

  // What the sanitizers want to know of stacks.
  void* const tsan_;
  void* outside_tsan_ = nullptr;
  void* outside_shadow_ = nullptr;
  void* inside_shadow_ = nullptr;
  const void* outside_stack_ = nullptr;
  size_t outside_size_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_FIBER_H_
