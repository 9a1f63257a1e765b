// Names of attackers and of malicious programs that no table has, in texts about
// security: told by the words beside them.

#ifndef WIREDESK_STAGES_TAG_NAMES_THREATS_H_
#define WIREDESK_STAGES_TAG_NAMES_THREATS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/names/tagger.h"
#include "stages/text/words.h"

namespace wiredesk {

// Working memory of one thread; the result lives until the next call.
class ThreatNames {
 public:
  // `names` of a text about security, with what the words beside them say: an
  // unknown name before "ransomware" is malware, one before "hacking group" an
  // attacker, and neither need be among `names`. What the gazetteer knows stays
  // as it is. Unknown words of capitals and digits ("MD5", "DLL") are not
  // organizations there and are left out. n log n for n words.
  absl::Span<const FoundName> Refine(const NameInput& input,
                                     absl::Span<const FoundName> names);

 private:
  // Words [first, first + count) of one of the texts.
  struct Candidate {
    uint8_t text = 0;
    uint32_t first = 0;
    uint32_t count = 0;
  };
  // What spoke for each kind, by the name's words.
  struct Votes {
    int actor = 0;
    int malware = 0;
    Candidate at;  // the first
  };
  struct Text {
    absl::string_view text;
    absl::Span<const Word> words;
  };

  void FindCues(uint8_t text);
  void FindShapes(uint8_t text);
  void CueBehind(uint8_t text, size_t first, size_t count);
  void CueBefore(uint8_t text, size_t first, size_t count);
  void Vote(const Candidate& at, NameKind kind);
  bool IsNameWord(const Text& text, size_t i) const;
  uint64_t KeyOf(const Candidate& at) const;
  void MarkKnown(absl::Span<const FoundName> names);
  bool IsKnown(const Candidate& at) const;
  void AddName(const Votes& votes, NameKind kind);
  void FindSpans(const Candidate& like, std::vector<Mention>& spans) const;

  Text texts_[2];  // headline, body
  absl::flat_hash_map<uint64_t, Votes> votes_;
  std::vector<uint64_t> order_;  // keys of votes_, as they were found
  std::vector<bool> known_[2];   // words of names that the gazetteer has
  std::vector<FoundName> names_;
  std::deque<std::vector<Mention>> spans_;
  std::deque<std::string> ids_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_THREATS_H_
