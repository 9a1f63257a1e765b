// Places are chosen by how often such a place is meant at all (its prior, the
// logarithm of its population and rank), and by what else the document names:
// a candidate gains from other places in its country, gains more from others in
// its state or province, and gains most where its state stands behind a comma.
// Three rounds: the first takes priors, the others see the answers of the round
// before, counted by country and state, so that a round costs as much as there
// are candidates. Where the second answers as the first did, the third would,
// too, and is left out.
//
// "Paris, Texas": the French one has a prior of 8.4, the Texan one of 4.4; the
// comma is worth 7.5. "Paris" alone in a text that names Dallas and Austin: the
// state is worth up to 2.6, so France wins, and rightly so more often than not.
//
// Neighbours vote, too: each answer of a few dozen adds to the candidates near
// it, the more the nearer, so that a county of small towns beats the capitals
// that have their names.
//
// A city that has the name of its state (Washington, New York) is meant, however
// many states a text names, unless the words around it speak of the state.
//
// Tested by name_tagger_test.cc, and by the corpora of the scorers.

#include "stages/tag/names/place_resolver.h"

#include <algorithm>
#include <cmath>

namespace wiredesk {
namespace {

constexpr float kSameCountry = 1.4f;
constexpr float kSibling = 1.5f;
constexpr float kSameAdmin1 = 2.6f;
constexpr float kComma = 7.5f;
constexpr float kHome = 0.6f;
// "Washington" is the capital, unless something says that it is the state.
constexpr float kState = 2.5f;
// Towns of one district, and countries of one corner of the world, stand
// together: what a neighbour at no distance is worth, and all of them at most.
constexpr float kNear = 1.2f;
constexpr float kNearMost = 3;
constexpr float kNearKm = 150;
constexpr float kNearCountryKm = 1000;
constexpr int kRounds = 3;
// A question is no more certain than this; and a name with a thousand mentions
// says no more of its country than one with three.
constexpr float kMarginMax = 5;
constexpr float kMentionsMax = 3;

// How far two entries are apart, roughly, in degrees.
float Apart(const GazetteerEntry& a, const GazetteerEntry& b) {
  if (std::isnan(a.lat) || std::isnan(b.lat)) return 360;
  return std::abs(a.lat - b.lat) + std::abs(a.lon - b.lon);
}

}  // namespace

void PlaceResolver::Clear() {
  questions_.clear();
  candidates_.clear();
}

PlaceQuestion& PlaceResolver::Ask() {
  PlaceQuestion& question = questions_.emplace_back();
  question.first = static_cast<uint32_t>(candidates_.size());
  return question;
}

PlaceQuestion& PlaceResolver::AskAgain(size_t index) {
  const PlaceQuestion asked = questions_[index];
  PlaceQuestion& question = Ask();
  for (uint32_t i = 0; i < asked.count; ++i) {
    const GazetteerSense sense = candidates_[asked.first + i];
    candidates_.push_back(sense);
  }
  question.count = asked.count;
  return question;
}

bool PlaceResolver::AddCandidate(const GazetteerSense& sense) {
  PlaceQuestion& question = questions_.back();
  if (question.count == kCandidatesMax) return false;
  candidates_.push_back(sense);
  ++question.count;
  return true;
}

void PlaceResolver::Resolve(const Gazetteer& gazetteer,
                            absl::string_view home) {
  gazetteer_ = &gazetteer;
  home_ = CountryNumber(home);
  answers_.assign(questions_.size(), Answer());
  next_.assign(questions_.size(), Answer());
  scores_.resize(candidates_.size());
  for (int round = 0; round < kRounds; ++round) {
    Count();
    bool changed = false;
    for (size_t i = 0; i < questions_.size(); ++i) {
      changed |= Decide(i, round == 0);
    }
    answers_.swap(next_);
    // Equal answers are counted to equal scores.
    if (round > 0 && !changed) break;
  }
  for (PlaceQuestion& question : questions_) {
    if (question.answer != kNoEntry) MeasureMargin(question);
  }
}

void PlaceResolver::Count() {
  for (const uint16_t country : counted_) {
    countries_[country] = 0;
    states_of_[country] = 0;
  }
  counted_.clear();
  states_ = 0;
  admin1_index_.Reset(answers_.size());
  admin1_weights_.clear();
  total_ = 0;
  positions_.clear();
  for (size_t i = 0; i < answers_.size(); ++i) {
    if (!answers_[i].known || answers_[i].kind == NameKind::kAdmin1) continue;
    if (positions_.size() == kPositionsMax) break;
    const GazetteerEntry& entry = gazetteer_->entry(questions_[i].answer);
    if (std::isnan(entry.lat)) continue;
    positions_.push_back(
        {i, answers_[i].kind == NameKind::kCountry, entry.lat, entry.lon});
  }
  for (const Answer& answer : answers_) {
    if (!answer.known) continue;
    total_ += answer.weight;
    counted_.push_back(answer.country);
    countries_[answer.country] += answer.weight;
    if (answer.kind == NameKind::kAdmin1) {
      states_ += answer.weight;
      states_of_[answer.country] += answer.weight;
    }
    const auto [index, added] = admin1_index_.Add(
        answer.admin1, static_cast<uint32_t>(admin1_weights_.size()));
    if (added) admin1_weights_.push_back(0);
    admin1_weights_[index] += answer.weight;
  }
}

float PlaceResolver::Neighbours(size_t index,
                                const GazetteerSense& sense) const {
  constexpr float kKmPerDegree = 111;
  const bool country = sense.kind == NameKind::kCountry;
  if (sense.kind == NameKind::kAdmin1 || sense.kind == NameKind::kRegion) {
    return 0;
  }
  const GazetteerEntry& entry = gazetteer_->entry(sense.entry);
  if (std::isnan(entry.lat)) return 0;
  const float narrow = std::cos(entry.lat * 3.14159265f / 180);
  const float far = country ? kNearCountryKm : kNearKm;
  float near = 0;
  for (const Position& other : positions_) {
    if (other.question == index || other.country != country) continue;
    const float north = (entry.lat - other.lat) * kKmPerDegree;
    const float east = (entry.lon - other.lon) * kKmPerDegree * narrow;
    const float km = std::sqrt(north * north + east * east);
    near += std::max(0.0f, 1 - km / far);
  }
  return std::min(kNear * near, kNearMost);
}

bool PlaceResolver::Decide(size_t index, bool first_round) {
  PlaceQuestion& question = questions_[index];
  const absl::Span<const GazetteerSense> candidates = CandidatesOf(question);
  if (candidates.empty()) return false;
  float* const scores = scores_.data() + question.first;
  for (size_t i = 0; i < candidates.size(); ++i) {
    scores[i] = Score(index, candidates[i], first_round);
  }
  if (!first_round && positions_.size() > 1) {
    // Only those that neighbours could lift to the first place are looked up.
    const float reach =
        *std::max_element(scores, scores + candidates.size()) - kNearMost;
    for (size_t i = 0; i < candidates.size(); ++i) {
      if (scores[i] >= reach) scores[i] += Neighbours(index, candidates[i]);
    }
  }
  const float* const best =
      std::max_element(scores, scores + candidates.size());
  const GazetteerSense& answer = candidates[best - scores];
  const bool changed = question.answer != answer.entry;
  question.answer = answer.entry;
  next_[index] = {true, answer.kind, answer.country, answer.admin1,
                  std::min(question.mentions, kMentionsMax)};
  return changed;
}

void PlaceResolver::MeasureMargin(PlaceQuestion& question) const {
  question.margin = kMarginMax;
  const GazetteerEntry& answer = gazetteer_->entry(question.answer);
  const float* const scores = scores_.data() + question.first;
  const float best = *std::max_element(scores, scores + question.count);
  for (size_t i = 0; i < question.count; ++i) {
    // Farther below it changes nothing, so its place is not even looked up.
    if (best - scores[i] >= question.margin) continue;
    const uint32_t other = candidates_[question.first + i].entry;
    if (Apart(gazetteer_->entry(other), answer) > 2) {
      question.margin = best - scores[i];
    }
  }
}

bool PlaceResolver::IsKnownIn(size_t inner, size_t outer) const {
  constexpr uint8_t kNearly = 10;
  const absl::Span<const GazetteerSense> candidates =
      CandidatesOf(questions_[inner]);
  if (candidates.empty()) return false;
  uint8_t most = 0;
  for (const GazetteerSense& one : candidates) most = std::max(most, one.prior);
  for (const GazetteerSense& whole : CandidatesOf(questions_[outer])) {
    if (whole.kind != NameKind::kAdmin1 || whole.admin1 == 0) continue;
    for (const GazetteerSense& one : candidates) {
      if (one.kind == NameKind::kCity && one.admin1 == whole.admin1 &&
          one.prior + kNearly >= most) {
        return true;
      }
    }
  }
  return false;
}

bool PlaceResolver::MayBeCity(const PlaceQuestion& question,
                              const GazetteerSense& state) const {
  constexpr uint8_t kAbout = 2;
  const absl::Span<const GazetteerSense> candidates = CandidatesOf(question);
  return std::any_of(candidates.begin(), candidates.end(),
                     [&](const GazetteerSense& other) {
                       return other.kind == NameKind::kCity &&
                              other.country == state.country &&
                              other.prior + kAbout >= state.prior;
                     });
}

// Whether a city of the country has as its own name what is only another name
// of the country: "Brasilia", which is what Finns call Brazil.
bool PlaceResolver::IsNameOfCity(const PlaceQuestion& question,
                                 const GazetteerSense& country) const {
  const absl::Span<const GazetteerSense> candidates = CandidatesOf(question);
  return std::any_of(candidates.begin(), candidates.end(),
                     [&](const GazetteerSense& other) {
                       return other.kind == NameKind::kCity &&
                              other.country == country.country &&
                              (other.flags & kSenseAlias) == 0;
                     });
}

float PlaceResolver::Score(size_t index, const GazetteerSense& sense,
                           bool first_round) const {
  float score = static_cast<float>(sense.prior) / 10;
  const bool is_state = sense.kind == NameKind::kAdmin1;
  bool siblings = is_state;
  if (sense.kind == NameKind::kCountry && (sense.flags & kSenseAlias) != 0 &&
      IsNameOfCity(questions_[index], sense)) {
    score -= kComma;
  }
  if (is_state && questions_[index].state) {
    score += kState;
  } else if (is_state && MayBeCity(questions_[index], sense)) {
    score -= kState;
    siblings = false;
  }
  if (home_ != 0 && sense.country == home_) score += kHome;
  const int32_t area = questions_[index].area;
  if (area >= 0 && BelongsTo(sense, questions_[area])) score += kComma;
  if (first_round || total_ == 0 || sense.country == 0) return score;
  // A name does not speak for itself.
  const Answer& own = answers_[index];
  float country = countries_[sense.country];
  if (own.known && own.country == sense.country) country -= own.weight;
  score += kSameCountry * country / total_;
  if (siblings) {
    float states = states_of_[sense.country];
    if (own.known && own.kind == NameKind::kAdmin1 &&
        own.country == sense.country) {
      states -= own.weight;
    }
    score += kSibling * states / (states_ + 1);
  }
  if (sense.admin1 == 0) return score;
  const uint32_t state = admin1_index_.Find(sense.admin1);
  float admin1 = state == KeyIndex::kNone ? 0 : admin1_weights_[state];
  if (own.known && own.admin1 == sense.admin1) admin1 -= own.weight;
  return score + kSameAdmin1 * admin1 / total_;
}

bool PlaceResolver::BelongsTo(const GazetteerSense& sense,
                              const PlaceQuestion& area) const {
  for (const GazetteerSense& whole : CandidatesOf(area)) {
    if (whole.entry == sense.entry) continue;
    if (whole.kind == NameKind::kCountry && whole.country == sense.country) {
      return true;
    }
    if ((whole.kind == NameKind::kAdmin1 || whole.kind == NameKind::kAdmin2) &&
        whole.admin1 != 0 && whole.admin1 == sense.admin1) {
      return true;
    }
  }
  return false;
}

}  // namespace wiredesk
