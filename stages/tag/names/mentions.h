// Splits a text into mentions of names, known and unknown, each with what
// speaks for a person, an organization, a place, or something else.
//
// This is the local half of sense: it looks at a run of capitalized words and
// at the words around it. What the rest of the document says is weighed in
// tagger.cc.

#ifndef WIREDESK_STAGES_TAG_NAMES_MENTIONS_H_
#define WIREDESK_STAGES_TAG_NAMES_MENTIONS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/scan.h"

namespace wiredesk {

// Bits of NameMention::marks.
enum MentionMark : uint32_t {
  kMarkTitle = 1,  // a title stands before it: "President Yoon"
  kMarkSentenceStart = 2,
  kMarkPlaceCue = 4,    // "in", "near" before it
  kMarkHead = 8,        // typed by its head noun
  kMarkGiven = 16,      // begins with a given name or initials
  kMarkDemonym = 32,    // known as a demonym only
  kMarkAllCaps = 64,    // one word, all capitals: an acronym, or shouting
  kMarkThe = 128,       // "the" before it
  kMarkComposed = 256,  // built of others, which stand too: "NATO summit"
  kMarkBound = 512,     // bound by an acronym in brackets
  kMarkSurnameFirst = 1024,
  kMarkCommon = 2048,       // made of ordinary words
  kMarkNested = 4096,       // a place inside a longer name
  kMarkScore = 8192,        // in a table of results: "Millwall 1"
  kMarkCovered = 16384,     // inside of a bound one
  kMarkKnownPlace = 32768,  // some sense of it is a place
  kMarkVictory = 131072,    // wins or loses a match: "beat", a score
  kMarkCredit = 65536       // behind "Reporting by", or "and" in such a list
};

struct NameMention {
  uint32_t first = 0;  // words [first, last)
  uint32_t last = 0;
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  uint64_t key = 0;  // hash of the words: equal for equal names
  const GazetteerSlot* slot = nullptr;  // what it may mean, if known
  float person = 0;
  float organization = 0;
  float place = 0;
  float other = 0;  // the kind is `head_kind`
  NameKind head_kind = NameKind::kOther;
  uint32_t marks = 0;
  uint8_t text_index = 0;  // the caller's
  absl::string_view via;   // the rule that found it, a literal
};

inline constexpr uint8_t kHeadlineText = 0;
inline constexpr uint8_t kBodyText = 1;

struct NameHead;  // shapes.h

class MentionFinder {
 public:
  // Appends the mentions of the text that `scan` has read, in order of their
  // begin; composed ones follow. All is borrowed for the call.
  void Find(const Gazetteer& gazetteer, const NameScan& scan,
            uint8_t text_index, std::vector<NameMention>& mentions);

 private:
  // Words [first, last) as a run of capitals, and whether a title stood before.
  void ParseRun(uint32_t first, uint32_t last);
  uint32_t SkipToChunk(uint32_t at, uint32_t last, const NameMatch* match,
                       bool& title);
  bool LeadsName(uint32_t at, uint32_t last, bool& title) const;
  uint32_t ChunkEnd(uint32_t end, uint32_t last) const;
  void ParseChunk(uint32_t first, uint32_t last, bool title);
  bool ParseHead(uint32_t first, uint32_t last);
  bool ParsePerson(uint32_t first, uint32_t last, bool title);
  void EmitHead(uint32_t first, uint32_t last, const NameHead& head);
  bool BeginsBody(uint32_t at, uint32_t last) const;
  bool BeginsAct(uint32_t at, uint32_t last) const;
  bool BeginsNoName(uint32_t at, const NameMatch* match) const;
  // Of mention_frames.cc.
  uint32_t ParseFrame(uint32_t at, uint32_t last);
  bool SplitAtPerson(uint32_t first, uint32_t last, bool title);
  bool BeginsGivenName(uint32_t at) const;
  bool IsPaperwork(uint32_t first, uint32_t last, const NameHead& head) const;
  bool IsTitleBeforeName(const NameMatch& match) const;
  uint32_t ParseAmongNouns(uint32_t at);
  void WeighCredit(NameMention& mention);
  void EmitInner(const NameMatch& match);
  bool IsNoAcronym(uint32_t word) const;
  void SplitAtMatches(uint32_t first, uint32_t last);
  void ParsePiece(uint32_t first, uint32_t last);
  void EmitMatch(const NameMatch& match, uint32_t marks);
  bool IsClubOfTown(uint32_t first, uint32_t last) const;
  void EmitUnknown(uint32_t first, uint32_t last, uint32_t marks);
  NameMention& Emit(uint32_t first, uint32_t last, absl::string_view via);
  void EmitNested(uint32_t first, uint32_t last, const NameMention& whole);
  void ComposeEvents(size_t from);

  const Gazetteer* gazetteer_ = nullptr;
  const NameScan* scan_ = nullptr;
  uint8_t text_index_ = 0;
  bool wary_ = false;  // in a heading, where capitals say little
  std::vector<NameMention>* mentions_ = nullptr;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_MENTIONS_H_
