// What a stretch of capitalized words looks like: a name that says by a head
// noun what it is, a person, a heading. All of it is judged from the words
// alone, before their neighbours are weighed.

#ifndef WIREDESK_STAGES_TAG_NAMES_SHAPES_H_
#define WIREDESK_STAGES_TAG_NAMES_SHAPES_H_

#include <cstdint>

#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/scan.h"

namespace wiredesk {

inline constexpr uint32_t kNameHeads = kClassOrgHead | kClassPlaceHead |
                                       kClassFacilityHead | kClassEventHead |
                                       kClassAgreementHead | kClassTeam;

// The head noun of a name: "Institute" of "Hudson Institute", "Bank" of "Bank
// of X", "Lake" of "Lake X".
struct NameHead {
  uint32_t classes = 0;  // of kNameHeads; 0 where there is none
  uint32_t word = 0;

  // What a thing with this head is; kFeature for places.
  NameKind kind() const;
};
NameHead FindHead(const NameScan& scan, uint32_t first, uint32_t last);

// What speaks for a person in words [first, last) themselves. `title`: a title
// stands before them.
struct PersonShape {
  bool is_person = false;
  float weight = 0;
  uint32_t marks = 0;  // MentionMark
};
PersonShape JudgePerson(const Gazetteer& gazetteer, const NameScan& scan,
                        uint32_t first, uint32_t last, bool title);

// Where a person begins behind ordinary words ("National Intelligence James
// Clapper"), or `first`.
uint32_t GivenNameBehindWords(const Gazetteer& gazetteer, const NameScan& scan,
                              uint32_t first, uint32_t last);

// Behind the person whose name stands at `at`, within words that end at `last`:
// the man in "George Washington University"; `at` where there is none.
uint32_t BehindPersonAt(const NameScan& scan, uint32_t at, uint32_t last);

// Tells headings inside of a body, where Most Words Have Capitals. Asked for
// words in ascending order, it looks at each line once.
class HeadingLine {
 public:
  bool IsHeading(const NameScan& scan, uint32_t word);

 private:
  uint32_t end_ = 0;  // byte behind the line that was looked at
  bool heading_ = false;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_SHAPES_H_
