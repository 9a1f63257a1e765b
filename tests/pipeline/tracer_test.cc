// Goal: what a collector of OpenTelemetry gets is a trace that it can read, and
// one that is away or slow holds nobody up. Method: spans of a thread, and a
// collector on the loopback that keeps what it is sent.

#include "pipeline/observe/tracer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/observe/http_server.h"
#include "pipeline/observe/log.h"
#include "simdjson.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

constexpr char kSampled[] =
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

class Collector {
 public:
  explicit Collector(absl::Duration delay = absl::ZeroDuration())
      : server_(HttpServer::Options{.body_bytes_max = 1 << 20}) {
    server_.Handle("POST", "/v1/traces", HttpPage::kThread,
                   [this, delay](const HttpRequest& request) {
                     absl::SleepFor(delay);
                     absl::MutexLock lock(&mutex_);
                     bodies_.push_back(request.body);
                     return HttpResponse{.body = "{}"};
                   });
    EXPECT_TRUE(server_.Start().ok());
  }
  std::string endpoint() const {
    return absl::StrCat("http://127.0.0.1:", server_.port());
  }
  std::vector<std::string> bodies() const {
    absl::MutexLock lock(&mutex_);
    return bodies_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<std::string> bodies_ ABSL_GUARDED_BY(mutex_);
  HttpServer server_;
};

TracerOptions OptionsFor(const std::string& endpoint) {
  TracerOptions options;
  options.endpoint = endpoint;
  options.sample = 1;
  options.service = "desk \"one\"";
  options.instance = "a";
  options.interval = absl::Milliseconds(10);
  return options;
}

void TraceOne(Tracer* tracer, const absl::Status& status = absl::OkStatus()) {
  Batch batch{Batch::Limits{}};
  const Header header = {"traceparent", kSampled};
  batch.Append({"raw", 0, 0}, "", "x", {&header, 1}, std::nullopt);
  batch.Append({"raw", 0, 1}, "", "y", {}, std::nullopt);
  BatchTrace trace(tracer);
  { const StepSpan span("poll"); }
  trace.Describe(batch);
  {
    const StepSpan span("dedupe");
    const StepSpan inner("sightings");
  }
  trace.Fail(status);
}

int64_t Value(Metrics& metrics, absl::string_view name) {
  return metrics.GetCounter(name, "")->value();
}

TEST(TracerTest, ACollectorGetsStepsWithinStepsAndLinks) {
  Metrics metrics;
  const Collector collector;
  {
    Tracer tracer(OptionsFor(collector.endpoint()), &metrics);
    TraceOne(&tracer, absl::AbortedError("a \"rebalance\""));
  }
  ASSERT_EQ(collector.bodies().size(), 1u);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parser.parse(collector.bodies()[0]).get(root), simdjson::SUCCESS)
      << collector.bodies()[0];
  simdjson::dom::element resource = root.at_pointer("/resourceSpans/0");
  EXPECT_EQ(std::string_view(resource.at_pointer(
                "/resource/attributes/0/value/stringValue")),
            "desk \"one\"");
  std::vector<std::string> tree;
  std::vector<std::string> ids;
  for (simdjson::dom::element span :
       resource.at_pointer("/scopeSpans/0/spans")) {
    EXPECT_EQ(std::string_view(span["traceId"]).size(), 32u);
    ids.emplace_back(std::string_view(span["spanId"]));
    EXPECT_EQ(ids.back().size(), 16u);
    std::string parent = "-";
    std::string_view parent_id;
    if (span["parentSpanId"].get(parent_id) == simdjson::SUCCESS) {
      const auto at = std::find(ids.begin(), ids.end(), std::string(parent_id));
      ASSERT_NE(at, ids.end());
      parent = absl::StrCat(at - ids.begin());
    }
    EXPECT_GE(std::string(std::string_view(span["endTimeUnixNano"])),
              std::string(std::string_view(span["startTimeUnixNano"])));
    tree.push_back(
        absl::StrCat(std::string(std::string_view(span["name"])), " ", parent));
  }
  EXPECT_THAT(tree,
              ElementsAre("batch -", "poll 0", "dedupe 0", "sightings 2"));
  const auto batch = resource.at_pointer("/scopeSpans/0/spans/0");
  EXPECT_EQ(std::string_view(batch.at_pointer("/links/0/traceId")),
            "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(std::string_view(batch.at_pointer("/status/message")),
            "a \"rebalance\"");
  EXPECT_EQ(std::string_view(batch.at_pointer("/attributes/1/value/intValue")),
            "2");
  EXPECT_EQ(Value(metrics, "wiredesk_traces_sent_total"), 1);
}

TEST(TracerTest, WhatIsNotDrawnOrHasNoRecordsIsNotKept) {
  const Collector collector;
  {
    TracerOptions options = OptionsFor(collector.endpoint());
    options.sample = 0;
    Tracer none(options, nullptr);
    TraceOne(&none);
    Tracer all(OptionsFor(collector.endpoint()), nullptr);
    const BatchTrace empty(&all);
    const StepSpan span("poll");
  }
  TraceOne(nullptr);
  EXPECT_TRUE(collector.bodies().empty());
}

TEST(TracerTest, ACollectorThatIsAwayHoldsNobodyUp) {
  ConfigureLog(LogLevel::kOff, LogFormat::kText);
  Metrics metrics;
  {
    Tracer tracer(OptionsFor("http://127.0.0.1:1"), &metrics);
    for (int i = 0; i < 5; ++i) TraceOne(&tracer);
  }
  EXPECT_EQ(Value(metrics, "wiredesk_traces_sent_total"), 0);
  EXPECT_EQ(Value(metrics, "wiredesk_traces_left_out_total"), 5);
}

TEST(TracerTest, WhatDoesNotFitTheQueueIsLeftOutAndCounted) {
  Metrics metrics;
  const Collector collector(absl::Milliseconds(300));
  {
    TracerOptions options = OptionsFor(collector.endpoint());
    options.queue_max = 10;
    Tracer tracer(options, &metrics);
    for (int i = 0; i < 100; ++i) TraceOne(&tracer);
    EXPECT_GE(Value(metrics, "wiredesk_traces_left_out_total"), 70);
  }
  EXPECT_EQ(Value(metrics, "wiredesk_traces_left_out_total") +
                Value(metrics, "wiredesk_traces_sent_total"),
            100);
}

TEST(TracerTest, OnlyASampledTraceparentIsALink) {
  const struct {
    const char* text;
    bool sampled;
  } kRows[] = {
      {kSampled, true},
      {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", false},
      {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03", true},
      {"01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", true},
      {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", false},
      {"00-00000000000000000000000000000000-00f067aa0ba902b7-01", false},
      {"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false},
      {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902\"7-01", false},
      {"", false}};
  for (const auto& row : kRows) {
    TraceLink link;
    EXPECT_EQ(ReadTraceparent(row.text, link), row.sampled) << row.text;
  }
}

}  // namespace
}  // namespace wiredesk
