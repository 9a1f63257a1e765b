// The rules of the house that a machine can check, as functions over the text
// of one file or the list of all. tidy_test.cc runs them over the tree, and
// over small wrong examples, so that a rule that checks nothing is found out.

#ifndef WIREDESK_TESTS_TIDY_TIDY_RULES_H_
#define WIREDESK_TESTS_TIDY_TIDY_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// A file of the project: its path from the root, with '/', and its text.
struct TidyFile {
  std::string path;
  std::string text;
};

// Each returns a line for each finding: "path:line: what".
std::vector<std::string> CheckIncludes(const TidyFile& file);
std::vector<std::string> CheckSize(const TidyFile& file);
std::vector<std::string> CheckGuard(const TidyFile& file);
std::vector<std::string> CheckName(const TidyFile& file);
std::vector<std::string> CheckWords(const TidyFile& file);

// Documents: lines of at most 100 columns outside of code and tables, cells of
// at most 200 characters.
std::vector<std::string> CheckProse(const TidyFile& file);

// The folders of config/, pipeline/ and stages/ as rooms: at most 30 files in
// each, and no circle of includes between them.
std::vector<std::string> CheckRooms(const std::vector<TidyFile>& files);

// Every .cc with a header in config/, pipeline/ and stages/ is reached by a
// test: some test includes its header, or that of a part of the same area
// (a stage, the pipeline, the configuration) which is made of it.
std::vector<std::string> CheckTested(const std::vector<TidyFile>& files);

// What stands between "// Example of HEADER" and "// End" in tests/examples/ is
// the example that the header's comment shows, line by line, and no header shows
// one that is not compiled there.
std::vector<std::string> CheckExamples(const std::vector<TidyFile>& files);

// stages/chain.cc includes something of every stage.
std::vector<std::string> CheckChain(const std::vector<TidyFile>& files);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_TIDY_TIDY_RULES_H_
