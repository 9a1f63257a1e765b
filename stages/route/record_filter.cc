// A condition as of a route, by itself: what `wiredesk tap --filter` asks of
// each record.

#include <string>
#include <utility>

#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

class CelRecordFilter : public RecordFilter {
 public:
  CelRecordFilter(std::unique_ptr<CelProgram> program, CelNodeId test)
      : program_(std::move(program)), test_(test), evaluator_(*program_) {}

  bool Takes(const EventRecord& record) override {
    const CelWordsOf words[] = {
        {record.article.headline, record.headline_words},
        {record.article.body, record.body_words}};
    evaluator_.Begin(&record, words);
    return evaluator_.Holds(test_);
  }

 private:
  const std::unique_ptr<CelProgram> program_;
  const CelNodeId test_;
  CelEvaluator evaluator_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RecordFilter>> MakeRecordFilter(
    absl::string_view expression) {
  CelEnvironment environment;
  environment.record = &RecordStruct();
  auto program = std::make_unique<CelProgram>();
  CelFault fault;
  const CelNodeId test =
      program->Add(environment, expression, CelKind::kBool, fault);
  if (test == kCelNone) {
    return absl::InvalidArgumentError(ToString(fault, expression));
  }
  return std::make_unique<CelRecordFilter>(std::move(program), test);
}

}  // namespace wiredesk
