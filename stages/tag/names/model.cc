// The model's file and how it is asked.
//
// A name has features (features.h): that its last word is "Blackburn",
// that "midfielder" stands before it, that it has two words. Each is a number
// of 32 bits, of which the upper ones say where in the table its four weights
// lie. The type whose weights add up to most is the guess, and the softmax of
// the sums its probability; training/model_trainer.cc says how the weights come
// about. Two features that fall on one place share it: of 2^18 places a corpus
// of a thousand articles fills a quarter, and what a place means for a frequent
// feature outweighs the rare one ("hashing trick", Weinberger et al. 2009).
//
// The file is a header and the table, small numbers in the machine's byte order
// as in the gazetteer. It is checked whole before it is taken: a weight may be
// any number, so nothing that passes can do harm. Tested by name_model_test.cc.

#include "stages/tag/names/model.h"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "stages/tag/names/features.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

constexpr char kMagic[8] = "WDNER\0\0";

absl::Status Refused(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(
      "name model: ", what, "; train it again with `wiredesk ner train`"));
}

uint64_t ChecksumOf(NameModelHeader header, absl::string_view table) {
  header.checksum = 0;
  const uint64_t seed = XXH3_64bits(&header, sizeof(header));
  return XXH3_64bits_withSeed(table.data(), table.size(), seed);
}

size_t TableBytes(uint32_t bits) { return sizeof(ModelWeights) << bits; }

}  // namespace

absl::string_view ModelTypeText(ModelType type) {
  constexpr absl::string_view kTexts[] = {"person", "organization", "place",
                                          "other"};
  return kTexts[static_cast<int>(type)];
}

absl::StatusOr<std::shared_ptr<const NameModel>> NameModel::Open(
    const std::string& path) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(path, error);
  if (error) {
    return absl::NotFoundError(absl::StrCat(path, ": ", error.message()));
  }
  if (size > sizeof(NameModelHeader) + TableBytes(kNameModelBitsMax)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": ", Refused("too large").message()));
  }
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file) {
    return absl::UnavailableError(absl::StrCat(path, ": cannot be read"));
  }
  absl::StatusOr<std::shared_ptr<const NameModel>> model = FromBytes(bytes);
  if (!model.ok()) {
    return absl::Status(model.status().code(),
                        absl::StrCat(path, ": ", model.status().message()));
  }
  return model;
}

absl::StatusOr<std::shared_ptr<const NameModel>> NameModel::FromBytes(
    absl::string_view bytes) {
  NameModelHeader header;
  if (bytes.size() < sizeof(header)) return Refused("cut off");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) {
    return Refused("no such file");
  }
  if (header.format != kNameModelFormat ||
      header.words_version != kWordsVersion ||
      header.features_version != kNameFeaturesVersion) {
    return Refused("made by another version of the program");
  }
  const absl::string_view table = bytes.substr(sizeof(header));
  if (header.bits < kNameModelBitsMin || header.bits > kNameModelBitsMax ||
      table.size() != TableBytes(header.bits)) {
    return Refused("cut off");
  }
  if (ChecksumOf(header, table) != header.checksum ||
      !std::isfinite(header.scale) || header.scale <= 0) {
    return Refused("damaged");
  }
  std::shared_ptr<NameModel> model(new NameModel);
  model->weights_.resize(size_t{1} << header.bits);
  std::memcpy(model->weights_.data(), table.data(), table.size());
  model->shift_ = 32 - static_cast<int>(header.bits);
  model->scale_ = header.scale;
  model->examples_ = header.examples;
  model->version_ = absl::StrCat(absl::Hex(header.checksum, absl::kZeroPad16));
  return model;
}

std::string NameModel::ToBytes(absl::Span<const ModelWeights> weights,
                               float scale, uint32_t examples) {
  NameModelHeader header = {};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.format = kNameModelFormat;
  header.words_version = kWordsVersion;
  header.features_version = kNameFeaturesVersion;
  header.bits = static_cast<uint32_t>(std::countr_zero(weights.size()));
  header.scale = scale;
  header.examples = examples;
  const absl::string_view table(reinterpret_cast<const char*>(weights.data()),
                                TableBytes(header.bits));
  header.checksum = ChecksumOf(header, table);
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  bytes.append(table.data(), table.size());
  return bytes;
}

ModelGuess NameModel::Guess(absl::Span<const uint32_t> features) const {
  std::array<int64_t, kModelTypes> sums = {};
  for (const uint32_t feature : features) {
    const ModelWeights& weights = weights_[feature >> shift_];
    for (int t = 0; t < kModelTypes; ++t) sums[t] += weights[t];
  }
  const auto best = std::max_element(sums.begin(), sums.end());
  double total = 0;
  double next = 0;
  for (auto sum = sums.begin(); sum != sums.end(); ++sum) {
    const double part = std::exp(static_cast<double>(*sum - *best) * scale_);
    total += part;
    if (sum != best) next = std::max(next, part);
  }
  ModelGuess guess;
  guess.type = static_cast<ModelType>(best - sums.begin());
  guess.probability = static_cast<float>(1 / total);
  guess.margin = static_cast<float>((1 - next) / total);
  return guess;
}

}  // namespace wiredesk
