// Names of a whole document: each name is decided once, with what all of its
// mentions say, and linked to an entry of the gazetteer where that is certain.

#ifndef WIREDESK_STAGES_TAG_NAME_TAGGER_H_
#define WIREDESK_STAGES_TAG_NAME_TAGGER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/gazetteer.h"
#include "stages/tag/name_mentions.h"
#include "stages/tag/name_scan.h"
#include "stages/tag/place_resolver.h"

namespace wiredesk {

struct NameInput {
  absl::string_view headline;
  absl::string_view body;
  absl::Span<const Word> headline_words;
  absl::Span<const Word> body_words;
  absl::string_view provider_name;
  absl::string_view provider_country;  // ISO 3166-1 alpha-2
};

// Where a found name stands. `text` is 0 for the headline, 1 for the body.
struct NameSpan {
  uint8_t text = 1;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// A person, place or other thing of the document.
struct FoundName {
  NameKind kind = NameKind::kOther;
  bool place = false;
  bool demonym = false;
  uint32_t entry = kNoEntry;  // of the gazetteer
  std::string id;  // "x:itpp" where there is no entry; may be empty for places
  absl::string_view name;  // a view into the gazetteer or the text
  absl::string_view via;   // a literal
  float confidence = 1;
  int32_t relevance = 0;  // 0..100
  std::vector<NameSpan> spans;
  // For `wiredesk explain`: what spoke for which sense.
  float person = 0;
  float organization = 0;
  float location = 0;
  float other = 0;
  float margin = 0;  // of a place over the next candidate
};

// Working memory of one thread; the result lives until the next call.
class NameTagger {
 public:
  absl::Span<const FoundName> Tag(const Gazetteer& gazetteer,
                                  const NameInput& input);

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
    uint16_t any_marks = 0;
    uint16_t all_marks = 0xFFFF;
    NameKind kind = NameKind::kOther;
    Sense sense = Sense::kNone;
    int32_t same_as = -1;   // the group that names the same thing
    int32_t question = -1;  // of places
    const GazetteerSlot* slot = nullptr;
    absl::string_view via;
  };

  const WordedText& TextOf(const NameMention& mention) const {
    return texts_[mention.text_index];
  }
  void FindProvider(absl::string_view name);
  void EchoHeadline();
  void BindAcronyms(int text);
  bool BindAcronym(int text, uint32_t word);
  void DropOverlaps();
  void MakeGroups();
  void Decide(Group& group) const;
  void LinkSurnames();
  void AskPlaces(absl::string_view home);
  Sense SenseOf(const NameMention& mention) const;
  void Collect();
  void AddMention(const NameMention& mention, Sense sense);
  FoundName MakeName(const Group& group, const NameMention& mention,
                     Sense sense) const;
  uint32_t EntryOf(const Group& group, Sense sense) const;
  void Finish();

  const Gazetteer* gazetteer_ = nullptr;
  WordedText texts_[2];
  MentionFinder finder_;
  std::vector<NameMention> mentions_;
  std::vector<uint32_t> group_of_;
  std::vector<Group> groups_;
  absl::flat_hash_map<uint64_t, uint32_t> group_by_key_;
  // Key of an acronym -> key of its long form.
  absl::flat_hash_map<uint64_t, uint64_t> long_form_of_;
  std::vector<PlaceQuestion> questions_;
  std::vector<FoundName> names_;
  absl::flat_hash_map<uint64_t, uint32_t> name_by_key_;
  std::vector<Word> provider_words_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAME_TAGGER_H_
