#ifndef WIREDESK_PIPELINE_COMMAND_INIT_H_
#define WIREDESK_PIPELINE_COMMAND_INIT_H_

#include <string>

namespace wiredesk {

// What goes into a starting configuration.
struct StartingPoint {
  std::string brokers = "localhost:9092";  // separated by commas
  std::string input_topic = "news.raw";
  std::string output_topic = "news";
  std::string group = "wiredesk";
};

// The text of a commented configuration that works as it is.
std::string StartingConfiguration(const StartingPoint& start);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_INIT_H_
