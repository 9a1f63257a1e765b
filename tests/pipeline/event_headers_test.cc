// Goal: what a record says of its trace goes on only where it is a trace. Method:
// a table of valid and invalid headers (W3C Trace Context).

#include <string>

#include "gtest/gtest.h"
#include "pipeline/record/event_json.h"

namespace wiredesk {
namespace {

TEST(EventHeadersTest, PassesOnATraceThatIsOne) {
  const std::string trace =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const auto passed = [](absl::string_view value) {
    Batch batch({});
    const Header headers[] = {{"traceparent", value}, {"tracestate", "a=1"}};
    const RawRecord& raw = batch.Append({"in", 0, 0}, "", "x", headers, {});
    HeaderList out;
    AppendHeaders(EventRecord(), raw, Destination(), out);
    int found = 0;
    for (const Header& header : out.headers()) {
      found += header.name == "traceparent" || header.name == "tracestate";
    }
    return found == 2;
  };
  EXPECT_TRUE(passed(trace));
  EXPECT_TRUE(passed("cc" + trace.substr(2) + "-what-comes-later"));
  for (const std::string& wrong :
       {std::string(), std::string("00-zz-\xff"), trace + "0",
        trace.substr(0, 54), "ff" + trace.substr(2), "0F" + trace.substr(2),
        "00-" + std::string(32, '0') + trace.substr(35),
        trace.substr(0, 36) + std::string(16, '0') + "-01", trace + "-more"}) {
    EXPECT_FALSE(passed(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace wiredesk
