// Names of a whole document: each name is decided once, with what all of its
// mentions say, and linked to an entry of the gazetteer where that is certain.

#ifndef WIREDESK_STAGES_TAG_NAMES_TAGGER_H_
#define WIREDESK_STAGES_TAG_NAMES_TAGGER_H_

#include <bitset>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/marks/key_index.h"
#include "stages/tag/names/features.h"
#include "stages/tag/names/mentions.h"
#include "stages/tag/names/model.h"
#include "stages/tag/names/place_resolver.h"
#include "stages/tag/names/scan.h"

namespace wiredesk {

struct NameInput {
  absl::string_view headline;
  absl::string_view body;
  absl::Span<const Word> headline_words;
  absl::Span<const Word> body_words;
  absl::string_view provider_name;
  absl::string_view provider_country;  // ISO 3166-1 alpha-2
  absl::string_view language;          // BCP 47, empty where not known
  absl::string_view day;               // of publication, "2024-05-13", or empty
};

// Where among the two texts, headline and body, a mention stands: also what
// NameMention::text_index counts.
inline size_t TextIndex(const Mention& mention) {
  return static_cast<size_t>(mention.field);
}
inline Field FieldOf(const NameMention& mention) {
  return static_cast<Field>(mention.text_index);
}

// A person, place or other thing of the document: an Entity or a Place of the
// record to be, with the entry of the gazetteer and the evidence from which the
// rules of threats, topics and events, and `wiredesk explain`, go on. All that
// it views lives in the gazetteer, the texts, or the tagger until its next call.
struct FoundName {
  NameKind kind = NameKind::kOther;
  bool place = false;
  bool demonym = false;
  bool part = false;  // of an organization's name: "University of Oxford"
  uint32_t entry = kNoEntry;  // of the gazetteer
  // "x:itpp" where there is no entry; empty for places without one.
  absl::string_view id;
  absl::string_view name;
  absl::string_view via;  // a literal
  float confidence = 1;
  int32_t relevance = 0;            // 0..100
  absl::Span<const Mention> spans;  // in order
  // For `wiredesk explain`: what spoke for which sense.
  float person = 0;
  float organization = 0;
  float location = 0;
  float other = 0;
  float margin = 0;  // of a place over the next candidate
  // Of the type that a model gave, over the next; 0 where none was asked.
  float model_margin = 0;
};

// A name that neither the gazetteer nor the rules have given a type, as a model
// sees it.
struct UnknownName {
  std::vector<Mention> spans;
  std::vector<uint32_t> features;
};

// Working memory of one thread; the result lives until the next call.
class NameTagger {
 public:
  // Asks `model`, which outlives this object, about unknown names, and believes
  // it where its type is likelier than the next by at least `margin_min`.
  void UseModel(const NameModel* model, float margin_min) {
    model_ = model;
    margin_min_ = margin_min;
  }
  absl::Span<const FoundName> Tag(const Gazetteer& gazetteer,
                                  const NameInput& input);
  // Appends the names about which Tag() would ask a model, for its training.
  void FindUnknown(const Gazetteer& gazetteer, const NameInput& input,
                   std::vector<UnknownName>& names);

 private:
  enum class Sense : uint8_t { kNone, kPerson, kOrganization, kPlace, kOther };
  // All mentions of one name.
  struct Group {
    uint64_t key = 0;
    uint32_t mention = 0;  // the first
    uint32_t count = 0;
    float person = 0;
    float organization = 0;
    float place = 0;
    float other = 0;
    uint32_t any_marks = 0;
    uint32_t all_marks = 0xFFFFFFFF;
    NameKind kind = NameKind::kOther;
    Sense sense = Sense::kNone;
    int32_t same_as = -1;       // the group that names the same thing
    int32_t question = -1;      // of places
    uint32_t entry = kNoEntry;  // of a person or organization, if found apart
    bool led = false;           // ordinary words stand before a surname
    const GazetteerSlot* slot = nullptr;
    absl::string_view via;
    float model_probability = 0;  // 0 where no model has decided
    float model_margin = 0;
  };
  // A name on its way to the result.
  struct Draft {
    FoundName name;
    uint32_t id_begin = 0;  // in ids_
    uint32_t id_end = 0;
    uint32_t span_begin = 0;  // in spans_
    uint32_t span_count = 0;
  };
  // A mention of draft `draft`.
  struct DraftSpan {
    uint32_t draft;
    Mention span;
  };

  const WordedText& TextOf(const NameMention& mention) const {
    return scans_[mention.text_index].text();
  }
  // Group and mention.
  using Asked = std::pair<uint32_t, uint32_t>;
  using UnknownReader = absl::FunctionRef<void(
      absl::Span<const Asked>, absl::Span<const uint32_t> features)>;

  // All that precedes the resolution of places.
  void ReadTexts(const Gazetteer& gazetteer, const NameInput& input);
  bool IsUnknown(const Group& group) const;
  void CollectUnknown();
  void IndexTyped();
  void AddNeighbours(uint32_t index);
  absl::Span<const uint32_t> FeaturesOf(absl::Span<const Asked> asked);
  void ForEachUnknown(UnknownReader read);
  void AskModel();
  void FindProvider(absl::string_view name);
  void EchoHeadline();
  void BindAcronyms(uint8_t text);
  NameMention& AddBound(uint8_t text, uint32_t first, uint32_t last,
                        absl::string_view via);
  void ReachOfBound();
  uint32_t ReachFrom(uint64_t place) const;
  uint32_t ReachBefore(uint64_t place) const;
  void DropOverlaps();
  void MakeGroups();
  void JoinAcronyms();
  void Decide(Group& group) const;
  void DropUntold();
  bool IsTold(const Group& group) const;
  void IndexSurnames();
  void LinkSurnames();
  // Of tagger_identity.cc.
  void LinkIdentities();
  void LinkPerson(uint32_t index);
  uint32_t FindPerson(const Group& group) const;
  uint32_t FindTitled(const Group& group) const;
  uint32_t FindOrganization(const Group& group) const;
  uint32_t EntryNamed(uint64_t hash, NameKind kind) const;
  void IndexShortForms();
  void AddShortForms(uint32_t index);
  void FileAcronym(uint32_t index);
  void LinkShortForm(uint32_t index);
  void Join(uint32_t index, uint32_t holder);
  uint32_t RootOf(uint32_t index);
  void TrimSurnames();
  void AskPlaces();
  // Of tagger_places.cc.
  bool SpeaksOfState(uint32_t index) const;
  bool IsArea(uint32_t index, bool plainly, bool country = true) const;
  bool GoesOn(uint32_t index) const;
  void PairWithArea(uint32_t index);
  bool OpensReport(uint32_t index) const;
  void AskPlace(Group& group);
  Sense SenseOf(const NameMention& mention, const Group& group) const;
  void Collect();
  void AddMention(const NameMention& mention, uint32_t own, Sense sense);
  Draft MakeName(const Group& group, const NameMention& mention, Sense sense,
                 uint32_t entry);
  uint32_t EntryOf(const Group& group, Sense sense,
                   int32_t question = -1) const;
  void CountCountries();
  bool IsAbroad(uint32_t index) const;
  bool IsFarTown(const NameMention& mention, int32_t question) const;
  // The question of a mention, -1 where it is not one of a place.
  int32_t QuestionOf(const NameMention& mention, const Group& group) const;
  absl::string_view AsWritten(const FoundName& name) const;
  void PlaceSpans();
  void ReadEntries();
  int32_t RelevanceOf(absl::Span<const Mention> spans) const;
  void Finish();

  const Gazetteer* gazetteer_ = nullptr;
  const NameModel* model_ = nullptr;
  float margin_min_ = 1;
  NameScan scans_[2];  // headline, body
  MentionFinder finder_;
  std::vector<NameMention> mentions_;
  std::vector<uint32_t> bound_;  // mentions that cover what is in them
  // Of the bound ones: where they begin, and how far they reach.
  std::vector<std::pair<uint64_t, uint32_t>> reaches_;
  std::vector<int32_t> headline_steps_;
  std::vector<uint32_t> group_of_;
  // Of mentions that are another place than their group's; -1 of the others.
  std::vector<int32_t> question_of_;
  std::vector<Group> groups_;
  KeyIndex group_by_key_;
  KeyIndex small_words_;  // of a text in a foreign language
  // Keys of an acronym and of its long form.
  std::vector<std::pair<uint64_t, uint64_t>> acronyms_;
  // Of the text's names: canonical given name and surname; short forms and
  // acronyms of organizations.
  KeyIndex group_by_person_;
  KeyIndex group_by_short_;
  absl::string_view day_;
  uint16_t home_ = 0;  // the publisher's country
  std::bitset<kCountryNumbers> spoken_of_;
  KeyIndex holder_by_surname_;
  KeyIndex holder_by_given_;
  std::vector<Asked> unknown_;
  KeyIndex sense_by_word_;
  NameFeatures features_;
  PlaceResolver places_;
  std::vector<Draft> drafts_;
  KeyIndex draft_by_key_;
  std::string ids_;
  std::vector<DraftSpan> draft_spans_;
  std::vector<Mention> spans_;
  std::vector<std::pair<uint64_t, uint32_t>> order_;
  std::vector<FoundName> names_;
  std::vector<Word> provider_words_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_TAGGER_H_
