// Two frames and a shape.
//
// 1. Behind a name, with at most a few small words between, a noun tells what
//    it is: "Emotet banking trojan", "the Conti ransomware gang"; the last noun
//    decides.
// 2. Before it: "a backdoor called Okrum", "malware dubbed “Okrum”", "threat
//    actor Okrum".
// 3. The numbered names of those who count attackers: "UNC2452", "TG-3390".
//
// What most of the places of a name say holds for all of them. Tested by
// threats_test.cc.

#include "stages/tag/names/threats.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {
namespace {

// How many small words may stand between a name and its noun.
constexpr size_t kBetween = 3;
// The words of a name.
constexpr size_t kNameWords = 2;

enum class Cue : uint8_t { kNone, kMalware, kActor, kModifier, kNaming };

struct CueList {
  Cue cue;
  absl::string_view words;
};
constexpr CueList kCues[] = {
    {Cue::kMalware,
     "ransomware malware trojan trojans backdoor backdoors botnet worm spyware "
     "rootkit keylogger wiper rat stealer infostealer loader dropper "
     "downloader cryptominer miner adware bootkit implant webshell virus "
     "stalkerware scareware banker skimmer"},
    {Cue::kActor,
     "gang gangs group hackers hacker actor actors crew collective operators "
     "affiliates apt attackers cybercriminals hacktivists threat-actor"},
    {Cue::kModifier,
     "banking remote access hacking hacker cyber espionage threat android "
     "linux mobile credential information info point of sale hacktivist "
     "cyberespionage cybercrime cybercriminal extortion state sponsored "
     "backed linked nation family strain variant modular new"},
    {Cue::kNaming, "called named dubbed known as tracked codenamed nicknamed"}};

// Words with a capital that are not names beside these nouns.
constexpr absl::string_view kNotNames =
    "the a an this that these those new several many some other such one two "
    "three android windows linux mac macos ios iot pos web mobile banking "
    "crypto state sms php vpn ddos rat rats http https dns api pdf usb email "
    "phishing internet online cyber security hacking advanced persistent "
    "threat remote previous known unknown russian chinese iranian north korean "
    "lazy both each every any no their its his her our your russia china iran "
    "point pc pcs cpu gpu it if in on at as and or but for from with when "
    "while after before since researchers experts officials microsoft google "
    "apple facebook twitter c2 apt ransomware malware trojan";

// With which those who count attackers begin a number.
constexpr absl::string_view kActorPrefixes[] = {
    "APT", "FIN", "UNC", "TA", "TG", "ATK", "UAC", "DEV", "Storm", "TEMP"};

Cue CueOf(uint64_t hash) {
  static const auto* const cues = [] {
    auto* all = new absl::flat_hash_map<uint64_t, Cue>();
    for (const CueList& list : kCues) {
      for (const absl::string_view word : absl::StrSplit(list.words, ' ')) {
        all->emplace(HashWord(word), list.cue);
      }
    }
    return all;
  }();
  const auto found = cues->find(hash);
  return found == cues->end() ? Cue::kNone : found->second;
}

bool IsNotName(uint64_t hash) {
  static const auto* const words = [] {
    auto* all = new absl::flat_hash_set<uint64_t>();
    for (const absl::string_view word : absl::StrSplit(kNotNames, ' ')) {
      all->insert(HashWord(word));
    }
    return all;
  }();
  return words->contains(hash);
}

absl::string_view Between(absl::string_view text, absl::Span<const Word> words,
                          size_t i) {
  const size_t end = words[i].begin + words[i].length;
  return text.substr(end, words[i + 1].begin - end);
}

bool IsCapital(const Word& word) { return (word.flags & kWordCapital) != 0; }

// "Emotet" has only its first letter in capitals; "TrickBot", "APT29", "MD5"
// are marked.
bool IsMarked(absl::string_view word) {
  for (size_t i = 1; i < word.size(); ++i) {
    if (!absl::ascii_islower(word[i])) return true;
  }
  return false;
}

bool SentenceStarts(absl::string_view text, const Word& word) {
  size_t at = word.begin;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '"')) --at;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '.' ||
         text[at - 1] == '!' || text[at - 1] == '?' || text[at - 1] == ':';
}

}  // namespace

// Whether word `i` may be a word of a name.
bool ThreatNames::IsNameWord(const Text& text, size_t i) const {
  const Word& word = text.words[i];
  const absl::string_view as_written =
      text.text.substr(word.begin, word.length);
  if (!IsCapital(word) || word.length < 3 || IsNotName(word.hash)) return false;
  return IsMarked(as_written) || !SentenceStarts(text.text, word);
}

uint64_t ThreatNames::KeyOf(const Candidate& at) const {
  uint64_t key = 0;
  for (uint32_t i = 0; i < at.count; ++i) {
    key =
        key * 0x9E3779B97F4A7C15ULL + texts_[at.text].words[at.first + i].hash;
  }
  return key;
}

bool ThreatNames::IsKnown(const Candidate& at) const {
  const std::vector<bool>& known = known_[at.text];
  for (uint32_t i = at.first; i < at.first + at.count; ++i) {
    if (known[i]) return true;
  }
  return false;
}

void ThreatNames::Vote(const Candidate& at, NameKind kind) {
  if (at.count == 0 || IsKnown(at)) return;
  const uint64_t key = KeyOf(at);
  const auto [votes, is_new] = votes_.try_emplace(key);
  if (is_new) {
    votes->second.at = at;
    order_.push_back(key);
  }
  ++(kind == NameKind::kMalware ? votes->second.malware : votes->second.actor);
}

// "Conti ransomware gang": the nouns behind words [first, first + count).
void ThreatNames::CueBehind(uint8_t text, size_t first, size_t count) {
  const Text& in = texts_[text];
  NameKind kind = NameKind::kOther;
  for (size_t n = 0; n < kBetween + 2; ++n) {
    const size_t i = first + count + n;
    if (i >= in.words.size()) break;
    const absl::string_view gap = Between(in.text, in.words, i - 1);
    if (gap != " " && gap != "-" && gap != "\" " && gap != "\xE2\x80\x9D ") {
      break;
    }
    const Cue cue = CueOf(in.words[i].hash);
    if (cue == Cue::kMalware && kind == NameKind::kOther) {
      kind = NameKind::kMalware;
    } else if (cue == Cue::kActor) {
      kind = NameKind::kThreatActor;
    } else if (cue != Cue::kModifier) {
      break;
    }
  }
  if (kind == NameKind::kOther) return;
  Vote({text, static_cast<uint32_t>(first), static_cast<uint32_t>(count)},
       kind);
}

// "a backdoor called Okrum": the nouns before words [first, first + count).
void ThreatNames::CueBefore(uint8_t text, size_t first, size_t count) {
  const Text& in = texts_[text];
  bool named = false;
  for (size_t n = 1; n <= kBetween + 2 && n <= first; ++n) {
    const size_t i = first - n;
    const absl::string_view gap = Between(in.text, in.words, i);
    if (gap != " " && gap != "-" && gap != ", " && gap != " \"" &&
        gap != " \xE2\x80\x9C") {
      return;
    }
    const Cue cue = CueOf(in.words[i].hash);
    const Candidate at = {text, static_cast<uint32_t>(first),
                          static_cast<uint32_t>(count)};
    if (cue == Cue::kMalware && !IsCapital(in.words[i])) {
      if (gap != ", " || named) Vote(at, NameKind::kMalware);
      return;
    }
    if (cue == Cue::kActor) {
      // "the group Apple sued" is none: a name behind the noun needs more.
      const bool threat =
          i > 0 && CueOf(in.words[i - 1].hash) == Cue::kModifier;
      if (named || threat) Vote(at, NameKind::kThreatActor);
      return;
    }
    if (cue == Cue::kNaming) {
      named = true;
    } else if (cue != Cue::kModifier) {
      return;
    }
  }
}

void ThreatNames::FindCues(uint8_t text) {
  const Text& in = texts_[text];
  for (size_t i = 0; i < in.words.size(); ++i) {
    if (!IsNameWord(in, i)) continue;
    size_t count = 1;
    while (count < kNameWords && i + count < in.words.size() &&
           Between(in.text, in.words, i + count - 1) == " " &&
           IsNameWord(in, i + count)) {
      ++count;
    }
    CueBehind(text, i, count);
    CueBefore(text, i, count);
    i += count - 1;
  }
}

// "UNC2452", "TG-3390".
void ThreatNames::FindShapes(uint8_t text) {
  const Text& in = texts_[text];
  const auto digits = [](absl::string_view word) {
    return word.size() >= 2 && word.size() <= 5 &&
           std::all_of(word.begin(), word.end(), absl::ascii_isdigit);
  };
  for (size_t i = 0; i < in.words.size(); ++i) {
    if (!IsCapital(in.words[i])) continue;
    const absl::string_view word =
        in.text.substr(in.words[i].begin, in.words[i].length);
    for (const absl::string_view prefix : kActorPrefixes) {
      if (!absl::StartsWith(word, prefix)) continue;
      const bool alone = word.size() == prefix.size();
      const Candidate at = {text, static_cast<uint32_t>(i), alone ? 2U : 1U};
      if (!alone && digits(word.substr(prefix.size()))) {
        Vote(at, NameKind::kThreatActor);
      } else if (alone && i + 1 < in.words.size() &&
                 Between(in.text, in.words, i) == "-" &&
                 digits(in.text.substr(in.words[i + 1].begin,
                                       in.words[i + 1].length))) {
        Vote(at, NameKind::kThreatActor);
      }
    }
  }
}

void ThreatNames::MarkKnown(absl::Span<const FoundName> names) {
  for (const uint8_t text : {uint8_t{0}, uint8_t{1}}) {
    known_[text].assign(texts_[text].words.size(), false);
  }
  for (const FoundName& name : names) {
    if (name.entry == kNoEntry) continue;
    for (const Mention& span : name.spans) {
      const size_t text = TextIndex(span);
      const absl::Span<const Word> words = texts_[text].words;
      const auto* const first = std::lower_bound(
          words.begin(), words.end(), span.begin,
          [](const Word& word, uint32_t at) { return word.begin < at; });
      for (const auto* word = first;
           word != words.end() && word->begin < span.end; ++word) {
        known_[text][static_cast<size_t>(word - words.begin())] = true;
      }
    }
  }
}

// All places of the words of `like`, as they are written there.
void ThreatNames::FindSpans(const Candidate& like,
                            std::vector<Mention>& spans) const {
  const uint64_t key = KeyOf(like);
  for (const Field field : {Field::kHeadline, Field::kBody}) {
    const auto text = static_cast<uint8_t>(field);
    const absl::Span<const Word> words = texts_[text].words;
    for (uint32_t i = 0; i + like.count <= words.size(); ++i) {
      if (!IsCapital(words[i]) || KeyOf({text, i, like.count}) != key) {
        continue;
      }
      const Word& last = words[i + like.count - 1];
      spans.push_back({field, words[i].begin, last.begin + last.length});
    }
  }
}

void ThreatNames::AddName(const Votes& votes, NameKind kind) {
  std::vector<Mention>& spans = spans_.emplace_back();
  FindSpans(votes.at, spans);
  if (spans.empty()) return;
  const Mention& first = spans[0];
  const absl::string_view text = texts_[TextIndex(first)].text;
  FoundName name;
  name.kind = kind;
  name.name = text.substr(first.begin, first.end - first.begin);
  std::string& id = ids_.emplace_back("x:");
  AppendSlug(name.name, id);
  name.id = id;
  name.via = "threat-cue";
  name.confidence = 0.7f;
  name.relevance = 20;
  name.spans = spans;
  // What the rules of names took for something else.
  names_.erase(std::remove_if(names_.begin(), names_.end(),
                              [&](const FoundName& other) {
                                return other.entry == kNoEntry &&
                                       other.name == name.name;
                              }),
               names_.end());
  names_.push_back(name);
}

absl::Span<const FoundName> ThreatNames::Refine(
    const NameInput& input, absl::Span<const FoundName> names) {
  // More new names are not asked of one text.
  constexpr size_t kNewNamesMax = 64;
  texts_[0] = {input.headline, input.headline_words};
  texts_[1] = {input.body, input.body_words};
  votes_.clear();
  order_.clear();
  spans_.clear();
  ids_.clear();
  MarkKnown(names);
  names_.clear();
  for (const FoundName& name : names) {
    // "MD5", "DLL", "HTTP"
    const bool word = name.entry == kNoEntry &&
                      name.kind == NameKind::kOrganization &&
                      name.via == "capitals" &&
                      name.name.find(' ') == absl::string_view::npos;
    const bool small =
        std::any_of(name.name.begin(), name.name.end(), absl::ascii_islower);
    if (!word || small) names_.push_back(name);
  }
  for (const uint8_t text : {uint8_t{0}, uint8_t{1}}) {
    FindCues(text);
    FindShapes(text);
  }
  if (order_.size() > kNewNamesMax) order_.resize(kNewNamesMax);
  for (const uint64_t key : order_) {
    const Votes& votes = votes_[key];
    AddName(votes, votes.malware >= votes.actor ? NameKind::kMalware
                                                : NameKind::kThreatActor);
  }
  return names_;
}

}  // namespace wiredesk
