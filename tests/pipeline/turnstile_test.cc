// Batches pass in the order of their numbers, whoever comes first.

#include "pipeline/flow/turnstile.h"

#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(TurnstileTest, LetsThreadsPassInOrder) {
  Turnstile turnstile;
  std::vector<int> passed;
  std::vector<std::thread> threads;
  for (int i = 19; i >= 0; --i) {
    threads.emplace_back([&, i] {
      ASSERT_TRUE(turnstile.Enter(i).ok());
      passed.push_back(i);
      turnstile.Leave();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(passed[i], i);
}

TEST(TurnstileTest, WakesThoseWhoWaitWhenItCloses) {
  Turnstile turnstile;
  absl::Status status;
  std::thread waiting([&] { status = turnstile.Enter(1); });
  turnstile.Close();
  waiting.join();
  EXPECT_TRUE(absl::IsAborted(status));
}

}  // namespace
}  // namespace wiredesk
