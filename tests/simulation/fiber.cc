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

// What the sanitizers are told of a change of stacks; nothing without them.
void StartSwitch([[maybe_unused]] void** save_shadow,
                 [[maybe_unused]] const void* stack,
                 [[maybe_unused]] size_t size, [[maybe_unused]] void* fiber) {
#ifdef WIREDESK_ASAN
  __sanitizer_start_switch_fiber(save_shadow, stack, size);
#endif
#ifdef WIREDESK_TSAN
  __tsan_switch_to_fiber(fiber, 0);
#endif
}

void FinishSwitch([[maybe_unused]] void* shadow,
                  [[maybe_unused]] const void** old_stack,
                  [[maybe_unused]] size_t* old_size) {
#ifdef WIREDESK_ASAN
  __sanitizer_finish_switch_fiber(shadow, old_stack, old_size);
#endif
}

void* NewTsanFiber() {
#ifdef WIREDESK_TSAN
  return __tsan_create_fiber(0);
#else
  return nullptr;
#endif
}

void DeleteTsanFiber([[maybe_unused]] void* fiber) {
#ifdef WIREDESK_TSAN
  __tsan_destroy_fiber(fiber);
#endif
}

void* CurrentTsanFiber() {
#ifdef WIREDESK_TSAN
  return __tsan_get_current_fiber();
#else
  return nullptr;
#endif
}

}  // namespace

Fiber::Fiber(std::function<void()> body)
    : body_(std::move(body)), stack_(TakeStack()), tsan_(NewTsanFiber()) {
  getcontext(&inside_);
  inside_.uc_stack.ss_sp = stack_.get();
  inside_.uc_stack.ss_size = kStackBytes;
  inside_.uc_link = nullptr;
  makecontext(&inside_, &Fiber::Enter, 0);
}

Fiber::~Fiber() {
  assert(done_);
  DeleteTsanFiber(tsan_);
  FreeStacks().push_back(std::move(stack_));
}

void Fiber::Resume() {
  assert(!done_);
  Fiber* const before = std::exchange(running, this);
  outside_tsan_ = CurrentTsanFiber();
  StartSwitch(&outside_shadow_, stack_.get(), kStackBytes, tsan_);
  swapcontext(&outside_, &inside_);
  FinishSwitch(outside_shadow_, nullptr, nullptr);
  running = before;
}

void Fiber::Yield() { running->SwitchOut(/*for_good=*/false); }

void Fiber::Enter() {
  Fiber* const self = running;
  FinishSwitch(nullptr, &self->outside_stack_, &self->outside_size_);
  self->body_();
  self->body_ = nullptr;
  self->done_ = true;
  self->SwitchOut(/*for_good=*/true);
}

void Fiber::SwitchOut(bool for_good) {
  StartSwitch(for_good ? nullptr : &inside_shadow_, outside_stack_,
              outside_size_, outside_tsan_);
  swapcontext(&inside_, &outside_);
  FinishSwitch(inside_shadow_, &outside_stack_, &outside_size_);
}

}  // namespace wiredesk
