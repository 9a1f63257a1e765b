// Which of the places of a name is meant in this document.

#ifndef WIREDESK_STAGES_TAG_NAMES_PLACE_RESOLVER_H_
#define WIREDESK_STAGES_TAG_NAMES_PLACE_RESOLVER_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/marks/key_index.h"

namespace wiredesk {

inline constexpr uint32_t kNoEntry = 0xFFFFFFFF;

// A name that stands for a place, once per document.
struct PlaceQuestion {
  // Candidates of the resolver, [first, first + count), the likeliest first.
  uint32_t first = 0;
  uint32_t count = 0;
  // Index of the question that names the area behind the comma ("Texas" of
  // "Paris, Texas"), or -1.
  int32_t area = -1;
  float mentions = 1;
  // The text says that the state is meant: "Washington state", a list of
  // states, "Olympia, Washington".
  bool state = false;

  uint32_t answer = kNoEntry;  // an entry
  // Of the answer's score over the next one that is elsewhere.
  float margin = 0;
};

// Working memory of one thread; questions live until the next Clear().
class PlaceResolver {
 public:
  // Of one name; a village called San José that is not among the first few
  // is never meant.
  static constexpr uint32_t kCandidatesMax = 64;

  void Clear();
  // A new question without candidates.
  PlaceQuestion& Ask();
  // The same candidates once more, for mentions that are another place.
  PlaceQuestion& AskAgain(size_t index);
  // Whether the best known place of question `inner` lies in the state that
  // question `outer` names, or one that is nearly as well known.
  bool IsKnownIn(size_t inner, size_t outer) const;
  // Of the question asked last. False where it has enough.
  bool AddCandidate(const GazetteerSense& sense);

  // Answers all of them together: what is certain of one tells of the others.
  // `home` is the country of the publisher, or empty. A question without a
  // candidate keeps kNoEntry.
  void Resolve(const Gazetteer& gazetteer, absl::string_view home);

  absl::Span<PlaceQuestion> questions() {
    return absl::MakeSpan(questions_.data(), questions_.size());
  }
  absl::Span<const PlaceQuestion> questions() const { return questions_; }

 private:
  // Where an answer lies.
  struct Answer {
    bool known = false;
    NameKind kind = NameKind::kCity;
    uint16_t country = 0;
    uint32_t admin1 = 0;
    float weight = 0;
  };

  absl::Span<const GazetteerSense> CandidatesOf(
      const PlaceQuestion& question) const {
    return absl::MakeConstSpan(candidates_)
        .subspan(question.first, question.count);
  }
  void Count();
  // What answers near `sense` speak for it.
  float Neighbours(size_t index, const GazetteerSense& sense) const;
  // Whether the answer is another one than before.
  // Whether a city of the state's name is at least as much spoken of.
  bool IsNameOfCity(const PlaceQuestion& question,
                    const GazetteerSense& country) const;
  bool MayBeCity(const PlaceQuestion& question,
                 const GazetteerSense& state) const;
  bool Decide(size_t index, bool first_round);
  float Score(size_t index, const GazetteerSense& sense,
              bool first_round) const;
  bool BelongsTo(const GazetteerSense& sense, const PlaceQuestion& area) const;
  void MeasureMargin(PlaceQuestion& question) const;

  const Gazetteer* gazetteer_ = nullptr;
  uint16_t home_ = 0;
  std::vector<PlaceQuestion> questions_;
  std::vector<GazetteerSense> candidates_;
  std::vector<Answer> answers_;  // of the round before
  std::vector<Answer> next_;     // of this one
  // Where an answer lies, of the first so many.
  struct Position {
    size_t question;
    bool country;
    float lat;
    float lon;
  };
  static constexpr size_t kPositionsMax = 24;
  std::vector<Position> positions_;
  // Mentions of all answers: together, in each country, in each state; and of
  // states, together and in each country.
  float total_ = 0;
  float states_ = 0;
  std::array<float, kCountryNumbers> countries_ = {};
  std::array<float, kCountryNumbers> states_of_ = {};
  std::vector<uint16_t> counted_;  // the countries of which these are not 0
  KeyIndex admin1_index_;
  std::vector<float> admin1_weights_;
  std::vector<float> scores_;  // of the candidates, in the last round
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_PLACE_RESOLVER_H_
