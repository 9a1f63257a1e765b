#include "tests/simulation/fiber.h"

#include <cassert>
#include <utility>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#define WIREDESK_ASAN 1
#endif
#if defined(__SANITIZE_THREAD__)
#define WIREDESK_TSAN 1
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WIREDESK_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define WIREDESK_TSAN 1
#endif
#endif

#ifdef WIREDESK_ASAN
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef WIREDESK_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace wiredesk {
namespace {

constexpr size_t kStackBytes = size_t{256} << 10;

Fiber* running = nullptr;

// Stacks are used again: their pages are already there.
std::vector<std::unique_ptr<char[]>>& FreeStacks() {
  static auto* const stacks = new std::vector<std::unique_ptr<char[]>>;
  return *stacks;
}

std::unique_ptr<char[]> TakeStack() {
  auto& stacks = FreeStacks();
  if (stacks.empty()) return std::unique_ptr<char[]>(new char[kStackBytes]);
  std::unique_ptr<char[]> stack = std::move(stacks.back());
  stacks.pop_back();
  return stack;
}

}  // namespace

Fiber::Fiber(std::function<void()> body)
    : body_(std::move(body)), stack_(TakeStack()) {
  getcontext(&inside_);
  inside_.uc_stack.ss_sp = stack_.get();
  inside_.uc_stack.ss_size = kStackBytes;
  inside_.uc_link = nullptr;
  makecontext(&inside_, &Fiber::Enter, 0);
#ifdef WIREDESK_TSAN
  inside_shadow_ = __tsan_create_fiber(0);
#endif
}

Fiber::~Fiber() {
  assert(done_);
#ifdef WIREDESK_TSAN
  __tsan_destroy_fiber(inside_shadow_);
#endif
  FreeStacks().push_back(std::move(stack_));
}

void Fiber::Resume() {
  assert(!done_);
  Fiber* const before = std::exchange(running, this);
  SwitchIn();
  running = before;
}

void Fiber::Yield() { running->SwitchOut(/*for_good=*/false); }

void Fiber::Enter() {
  Fiber* const self = running;
#ifdef WIREDESK_ASAN
  __sanitizer_finish_switch_fiber(nullptr, &self->outside_stack_,
                                  &self->outside_size_);
#endif
  self->body_();
  self->body_ = nullptr;
  self->done_ = true;
  self->SwitchOut(/*for_good=*/true);
}

void Fiber::SwitchIn() {
#ifdef WIREDESK_ASAN
  __sanitizer_start_switch_fiber(&outside_shadow_, stack_.get(), kStackBytes);
#endif
#ifdef WIREDESK_TSAN
  outside_shadow_ = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(inside_shadow_, 0);
#endif
  swapcontext(&outside_, &inside_);
#ifdef WIREDESK_ASAN
  __sanitizer_finish_switch_fiber(outside_shadow_, nullptr, nullptr);
#endif
}

void Fiber::SwitchOut([[maybe_unused]] bool for_good) {
#ifdef WIREDESK_ASAN
  __sanitizer_start_switch_fiber(for_good ? nullptr : &inside_shadow_,
                                 outside_stack_, outside_size_);
#endif
#ifdef WIREDESK_TSAN
  __tsan_switch_to_fiber(outside_shadow_, 0);
#endif
  swapcontext(&inside_, &outside_);
#ifdef WIREDESK_ASAN
  __sanitizer_finish_switch_fiber(inside_shadow_, &outside_stack_,
                                  &outside_size_);
#endif
}

}  // namespace wiredesk
