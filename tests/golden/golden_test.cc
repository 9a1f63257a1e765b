// The whole chain against what it gave before, byte for byte.
//
// Each folder of tests/golden/ is a case: `input/` is replayed with
// `config.yaml` (the built-in defaults where there is none) and must give the
// files of `output/`, with one worker and with several. To record again what is
// meant to have changed: WIREDESK_UPDATE_GOLDEN=1 golden_test, then read the
// difference. The case `sample` has its input in config/sample/.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/replay/replay.h"
#include "pipeline/service/options.h"
#include "pipeline/service/program.h"
#include "stages/chain.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

const fs::path kGolden = fs::path(WIREDESK_SOURCE_DIR) / "tests/golden";
const fs::path kSample = fs::path(WIREDESK_SOURCE_DIR) / "config/sample";

Files ReadFolder(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".ndjson") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[entry.path().filename().string()] = {
        std::istreambuf_iterator<char>(in), {}};
  }
  return files;
}

// Replays the case into a folder of its own, and gives what it wrote.
Files ReplayCase(const fs::path& folder, int workers, Totals& totals) {
  const fs::path config_file = folder / "config.yaml";
  const Program program = MakeProgram();
  Config config;
  Diagnostics diagnostics;
  const auto chain =
      LoadChain(program, fs::exists(config_file) ? config_file.string() : "",
                {}, config, diagnostics);
  EXPECT_NE(chain, nullptr) << diagnostics.Text();
  if (chain == nullptr) return {};

  ReplayOptions options;
  const fs::path input = folder / "input";
  options.inputs = {fs::exists(input) ? input.string() : kSample.string()};
  const fs::path output =
      fs::path(testing::TempDir()) / ("golden_" + folder.filename().string());
  fs::remove_all(output);
  options.output = output.string();
  options.workers = workers;
  options.batch.records_max = 7;  // many batches, so that workers interleave
  const auto result = Replay(options, *chain);
  EXPECT_TRUE(result.ok()) << result.status();
  if (!result.ok()) return {};
  totals = result->totals;
  return ReadFolder(output);
}

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const auto& entry : fs::directory_iterator(kGolden)) {
    if (entry.is_directory()) cases.push_back(entry.path().filename().string());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

class GoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenTest, GivesTheSameBytesWhateverTheNumberOfWorkers) {
  const fs::path folder = kGolden / GetParam();
  Totals totals;
  const Files one = ReplayCase(folder, 1, totals);
  EXPECT_TRUE(totals.Balanced()) << PrintTotals(totals, 1);
  for (const int workers : {2, 4}) {
    Totals again;
    EXPECT_EQ(ReplayCase(folder, workers, again), one) << workers << " workers";
    EXPECT_TRUE(again.Balanced());
  }
  const fs::path expected = folder / "output";
  if (std::getenv("WIREDESK_UPDATE_GOLDEN") != nullptr) {
    fs::remove_all(expected);
    fs::create_directories(expected);
    for (const auto& [name, text] : one) {
      std::ofstream(expected / name, std::ios::binary) << text;
    }
  }
  const Files before = ReadFolder(expected);
  for (const auto& [name, text] : before) {
    ASSERT_TRUE(one.count(name)) << "no longer written: " << name;
    EXPECT_EQ(one.at(name), text) << name;
  }
  EXPECT_EQ(one.size(), before.size());
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenTest, testing::ValuesIn(Cases()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace wiredesk
