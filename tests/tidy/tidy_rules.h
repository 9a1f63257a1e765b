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

// Every .cc with a header in config/, pipeline/ and stages/ is reached by a
// test: some test includes its header, or that of a part of the same folder
// which is made of it.
std::vector<std::string> CheckTested(const std::vector<TidyFile>& files);

// Every stages/x/x_stage.h is included in stages/chain.cc.
std::vector<std::string> CheckChain(const std::vector<TidyFile>& files);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_TIDY_TIDY_RULES_H_
