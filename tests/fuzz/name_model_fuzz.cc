// Neither a name model's file, nor any weights, nor marked texts from outside
// may crash the program.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/names/model.h"
#include "stages/tag/training/corpus.h"
#include "stages/tag/training/score.h"

namespace wiredesk {
namespace {

const Gazetteer& TheGazetteer() {
  static const auto* const gazetteer = [] {
    GazetteerBuilder builder;
    SourceReport report;
    (void)AddGazetteerText("t.tsv",
                           "#columns\tid\ttype\tname\tcountry\tlat\tlon\n"
                           "g:1\tcity\tParis\tFR\t48\t2\n"
                           "#lexicon\ngiven-name\tAnn\nplace-cue\tin\n",
                           builder, report)
        .ok();
    return new std::shared_ptr<const Gazetteer>(
        Gazetteer::FromBytes(builder.Build().value()).value());
  }();
  return **gazetteer;
}

}  // namespace
}  // namespace wiredesk

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace wiredesk;  // NOLINT
  const std::string text(reinterpret_cast<const char*>(data), size);
  (void)NameModel::FromBytes(text).ok();
  // What has a right checksum may hold any weights.
  std::vector<ModelWeights> weights(16);
  std::memcpy(weights.data(), data, std::min(size, sizeof(ModelWeights) * 16));
  const auto model = NameModel::FromBytes(NameModel::ToBytes(weights, 1, 1));
  std::vector<MarkedText> texts;
  if (!ParseNameCorpus("t", text, texts).ok()) return 0;
  (void)CollectExamples(TheGazetteer(), texts);
  (void)ScoreNames(TheGazetteer(), model->get(), 0.1f, texts);
  return 0;
}
