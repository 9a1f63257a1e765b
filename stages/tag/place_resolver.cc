// Places are chosen by how often such a place is meant at all (its prior, the
// logarithm of its population and rank), and by what else the document names:
// a candidate gains from other places in its country, gains more from others in
// its state or province, and gains most where its state stands behind a comma.
// Two rounds: the first takes priors, the second and third see the answers of
// the round before.
//
// "Paris, Texas": the French one has a prior of 8.4, the Texan one of 4.4; the
// comma is worth 5. "Paris" alone in a text that names Dallas and Austin: the
// state is worth up to 2.5, so France wins, and rightly so more often than not.

#include "stages/tag/place_resolver.h"

#include <algorithm>
#include <cmath>

namespace wiredesk {
namespace {

constexpr float kSameCountry = 1.4f;
constexpr float kSameAdmin1 = 2.6f;
constexpr float kComma = 5.0f;
constexpr float kHome = 0.6f;
constexpr int kRounds = 3;

uint32_t CountryKey(const GazetteerEntry& entry) {
  return static_cast<uint32_t>(static_cast<uint8_t>(entry.country[0])) << 8 |
         static_cast<uint8_t>(entry.country[1]);
}

bool SameAdmin1(const GazetteerEntry& a, const GazetteerEntry& b) {
  return a.admin1 != 0 && a.admin1 == b.admin1;
}

// How far two entries are apart, roughly, in degrees.
float Apart(const GazetteerEntry& a, const GazetteerEntry& b) {
  if (std::isnan(a.lat) || std::isnan(b.lat)) return 360;
  return std::abs(a.lat - b.lat) + std::abs(a.lon - b.lon);
}

class Resolver {
 public:
  Resolver(const Gazetteer& gazetteer, absl::string_view home,
           absl::Span<PlaceQuestion> questions)
      : gazetteer_(gazetteer), home_(home), questions_(questions) {}

  void Run() {
    for (int round = 0; round < kRounds; ++round) {
      answers_.clear();
      for (const PlaceQuestion& question : questions_) {
        answers_.push_back(question.answer);
      }
      for (size_t i = 0; i < questions_.size(); ++i) Answer(i, round);
    }
  }

 private:
  void Answer(size_t index, int round) {
    PlaceQuestion& question = questions_[index];
    float best = -1e9f;
    question.answer = kNoEntry;
    scores_.clear();
    for (const uint32_t candidate : question.candidates) {
      const float score = Score(index, gazetteer_.entry(candidate), round);
      scores_.push_back(score);
      if (score > best) {
        best = score;
        question.answer = candidate;
      }
    }
    question.margin = 5;
    for (size_t i = 0; i < scores_.size(); ++i) {
      const GazetteerEntry& other = gazetteer_.entry(question.candidates[i]);
      if (Apart(other, gazetteer_.entry(question.answer)) > 2) {
        question.margin = std::min(question.margin, best - scores_[i]);
      }
    }
  }

  float Score(size_t index, const GazetteerEntry& entry, int round) const {
    float score = entry.prior / 10.0f;
    if (!home_.empty() && gazetteer_.country(entry) == home_) score += kHome;
    const int32_t area = questions_[index].area;
    if (area >= 0 && BelongsTo(entry, questions_[area])) score += kComma;
    if (round == 0) return score;
    float total = 0;
    float country = 0;
    float admin1 = 0;
    for (size_t i = 0; i < answers_.size(); ++i) {
      if (answers_[i] == kNoEntry) continue;
      const float weight = std::min(questions_[i].mentions, 3.0f);
      total += weight;
      if (i == index) continue;
      const GazetteerEntry& other = gazetteer_.entry(answers_[i]);
      if (CountryKey(other) == CountryKey(entry)) country += weight;
      if (SameAdmin1(other, entry)) admin1 += weight;
    }
    if (total == 0 || CountryKey(entry) == 0) return score;
    return score + kSameCountry * country / total +
           kSameAdmin1 * admin1 / total;
  }

  bool BelongsTo(const GazetteerEntry& entry, const PlaceQuestion& area) const {
    for (const uint32_t candidate : area.candidates) {
      const GazetteerEntry& whole = gazetteer_.entry(candidate);
      if (whole.id == entry.id) continue;
      if (whole.kind == NameKind::kCountry &&
          CountryKey(whole) == CountryKey(entry)) {
        return true;
      }
      if ((whole.kind == NameKind::kAdmin1 ||
           whole.kind == NameKind::kAdmin2) &&
          SameAdmin1(whole, entry)) {
        return true;
      }
    }
    return false;
  }

  const Gazetteer& gazetteer_;
  const absl::string_view home_;
  const absl::Span<PlaceQuestion> questions_;
  std::vector<uint32_t> answers_;
  std::vector<float> scores_;
};

}  // namespace

void ResolvePlaces(const Gazetteer& gazetteer, absl::string_view home,
                   absl::Span<PlaceQuestion> questions) {
  Resolver(gazetteer, home, questions).Run();
}

}  // namespace wiredesk
