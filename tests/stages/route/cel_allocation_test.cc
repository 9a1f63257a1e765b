// Evaluation allocates nothing in the steady state. Method: operator new is
// counted while a tree of every kind of test goes over a record again and
// again.

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "pipeline/record/event_record.h"
#include "stages/route/route_stage.h"
#include "stages/route/tree/route_tree.h"

namespace {
std::atomic<int64_t> allocations = 0;
}  // namespace

// Not inlined: GCC 12 at -O1 takes the pair malloc and delete for a mismatch.
__attribute__((noinline)) void* operator new(size_t size) {
  ++allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  return memory;
}
__attribute__((noinline)) void* operator new(size_t size,
                                             const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
__attribute__((noinline)) void operator delete(void* memory) noexcept {
  std::free(memory);
}
__attribute__((noinline)) void operator delete(void* memory,
                                               size_t /*size*/) noexcept {
  std::free(memory);
}

namespace wiredesk {
namespace {

TEST(CelAllocationTest, EvaluationAllocatesNothing) {
  CelEnvironment environment;
  environment.record = &RecordStruct();
  std::vector<RouteSpec> specs;
  for (const char* when :
       {"language == 'de' && topics.exists(t, t.slug == 'x')",
        "entities.filter(e, e.relevance > 5).map(e, e.id).size() > 3",
        "(headline + summary).lowerAscii().contains('rate')",
        "body.matches('[a-z]+ rates?$')", "near(body, 'bank', 'rate', 3)",
        "[1, 2, word_count].exists(n, n > 5)",
        "{'de': 1, 'fr': 2}[language] == 2",
        "published_at > timestamp('2026-01-01T00:00:00Z')",
        "string(word_count) == '12'",
        "places.exists(p, within_km(p, 48.2, 16.4, 50))"}) {
    RouteSpec spec;
    spec.name = when;
    spec.when = when;
    spec.to = {"never.{language}"};
    specs.push_back(spec);
  }
  RouteSpec fallback;
  fallback.name = "default";
  fallback.to = {"rest"};
  std::vector<RouteFault> faults;
  const auto tree = RouteTree::Make(specs, fallback, environment, {}, faults);
  ASSERT_NE(tree, nullptr) << faults.front().what;

  EventRecord record;
  record.article.headline = "Zinsen";
  record.article.body = "The central bank has raised its interest rates.";
  record.language = "de";
  std::vector<Entity> entities(5);
  std::vector<Topic> topics(3);
  std::vector<Place> places(3);
  record.entities = entities;
  record.topics = topics;
  record.places = places;
  CelEvaluator evaluator(tree->program());
  int64_t taken = 0;
  const auto run = [&] {
    evaluator.Begin(&record);
    tree->Match(evaluator, [&](const Route&) { ++taken; });
  };
  run();  // the first takes the memory that the rest uses again
  const int64_t before = allocations;
  for (int i = 0; i < 100; ++i) run();
  EXPECT_EQ(allocations - before, 0);
  EXPECT_GE(taken, 101);
}

}  // namespace
}  // namespace wiredesk
