// Deciding a language cheaply.
//
// 1. Script. The letters of the first words vote for a writing system. Hangul,
//    kana, Thai, Greek, Hebrew, Georgian, ... belong to one language in news.
//    Han without kana is Chinese.
// 2. Frequent words. In Latin, Cyrillic, Arabic and Devanagari script every
//    word that is in a list of frequent words votes for the languages that have
//    it, the less the more languages share it. "de la" says little, "und" and
//    "nicht" say German. It is certain when the winner has enough votes for the
//    number of words and is well ahead of the second.
// 3. CLD2, asked only when these do not decide, with `declared` as its hint.
// 4. Among neighbours that all of these confuse (Indonesian and Malay), the few
//    words that tell them apart (near_languages.h).
//
// Example: "Der Minister sagte, dass die Wahl am Sonntag ist." has der, dass,
// die, am, ist: five votes for German, a shared half of one for Dutch and
// Afrikaans ("die", "is"): certain.
//
// Departs from Cavnar and Trenkle (1994), whose trigram profiles do as well on
// a line of text but cost a hash for every byte, not for every word, which we
// already have. Tested by language_test.cc.

#include "stages/tag/language/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "stages/tag/language/declared.h"
#include "stages/tag/language/language_words.h"
#include "stages/tag/language/near_languages.h"
#include "stages/tag/marks/word_map.h"

namespace wiredesk {
namespace {

// Words looked at. Enough for 15 votes in any language that we list.
constexpr size_t kMaxWords = 80;
// Bytes shown to CLD2, which takes 50 us for 512 of them.
constexpr size_t kMaxCld2Bytes = 512;

struct ScriptRange {
  uint32_t first;
  uint32_t last;
  Script script;
};

constexpr ScriptRange kScriptRanges[] = {
    {0x00C0, 0x024F, kLatin},      {0x0370, 0x03FF, kGreek},
    {0x0400, 0x052F, kCyrillic},   {0x0530, 0x058F, kArmenian},
    {0x0590, 0x05FF, kHebrew},     {0x0600, 0x06FF, kArabic},
    {0x0750, 0x077F, kArabic},     {0x0780, 0x07BF, kThaana},
    {0x0900, 0x097F, kDevanagari}, {0x0980, 0x09FF, kBengali},
    {0x0A00, 0x0A7F, kGurmukhi},   {0x0A80, 0x0AFF, kGujarati},
    {0x0B00, 0x0B7F, kOriya},      {0x0B80, 0x0BFF, kTamil},
    {0x0C00, 0x0C7F, kTelugu},     {0x0C80, 0x0CFF, kKannada},
    {0x0D00, 0x0D7F, kMalayalam},  {0x0D80, 0x0DFF, kSinhala},
    {0x0E00, 0x0E7F, kThai},       {0x0E80, 0x0EFF, kLao},
    {0x0F00, 0x0FFF, kTibetan},    {0x1000, 0x109F, kMyanmar},
    {0x10A0, 0x10FF, kGeorgian},   {0x1100, 0x11FF, kHangul},
    {0x1200, 0x139F, kEthiopic},   {0x1780, 0x17FF, kKhmer},
    {0x1E00, 0x1EFF, kLatin},      {0x1F00, 0x1FFF, kGreek},
    {0x3040, 0x30FF, kKana},       {0x3400, 0x9FFF, kHan},
    {0xAC00, 0xD7AF, kHangul},     {0xF900, 0xFAFF, kHan},
    {0xFB50, 0xFDFF, kArabic},     {0xFE70, 0xFEFF, kArabic},
    {0x20000, 0x3FFFF, kHan},
};

// The language of each script that has one, in the order of Script; empty where
// words must decide. Others of the same script are told by what is declared.
constexpr absl::string_view kScriptLanguage[kScriptCount] = {
    "",   "",   "",   "",   "",   "el", "he", "hy", "ka", "th",
    "lo", "km", "my", "ko", "ja", "zh", "bn", "pa", "gu", "or",
    "ta", "te", "kn", "ml", "si", "am", "bo", "dv"};

Script ScriptOf(uint32_t code_point) {
  const auto* range = std::upper_bound(
      std::begin(kScriptRanges), std::end(kScriptRanges), code_point,
      [](uint32_t value, const ScriptRange& one) { return value <= one.last; });
  if (range == std::end(kScriptRanges) || code_point < range->first) {
    return kNone;
  }
  return range->script;
}

// The code point at `at` of valid UTF-8.
uint32_t CodePointAt(absl::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : 0U;
  };
  const uint32_t lead = byte(at);
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return (lead & 0x1F) << 6 | (byte(at + 1) & 0x3F);
  if (lead < 0xF0) {
    return (lead & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 |
           (byte(at + 2) & 0x3F);
  }
  return (lead & 0x07) << 18 | (byte(at + 1) & 0x3F) << 12 |
         (byte(at + 2) & 0x3F) << 6 | (byte(at + 3) & 0x3F);
}

// Which languages have a word: at most six, else it says nothing.
struct Voters {
  static constexpr size_t kMax = 6;
  uint8_t count = 0;
  std::array<uint8_t, kMax> languages = {};
};

// By how much a word counts that this many languages share.
constexpr float kVote[Voters::kMax + 2] = {0,    1,    0.6F, 0.4F,
                                           0.3F, 0.2F, 0.1F, 0};

constexpr size_t kMaxLanguages = 72;

const WordMap<Voters>& VoterTable() {
  static const auto* table = [] {
    auto* map = new WordMap<Voters>();
    for (size_t i = 0; i < FrequentWords().size(); ++i) {
      std::vector<Word> words;
      SplitWords(FrequentWords()[i].words, words);
      for (const Word& word : words) {
        Voters& voters = (*map)[word.hash];
        auto* end = voters.languages.begin() +
                    std::min<size_t>(voters.count, Voters::kMax);
        if (std::find(voters.languages.begin(), end, i) != end) continue;
        if (voters.count < Voters::kMax) {
          voters.languages[voters.count] = static_cast<uint8_t>(i);
        }
        voters.count = std::min<uint8_t>(voters.count + 1, Voters::kMax + 1);
      }
    }
    return map;
  }();
  return *table;
}

// What the first words say.
struct Ballot {
  std::array<uint16_t, kScriptCount> scripts = {};
  std::array<float, kMaxLanguages> votes = {};
  size_t words = 0;  // that are not numbers

  Script Winner() const {
    const auto* most = std::max_element(scripts.begin() + 1, scripts.end());
    return *most == 0 ? kNone : static_cast<Script>(most - scripts.begin());
  }
};

Ballot Count(absl::string_view text, absl::Span<const Word> words) {
  const WordMap<Voters>& table = VoterTable();
  Ballot ballot;
  for (const Word& word : words.subspan(0, kMaxWords)) {
    if ((word.flags & kWordDigits) != 0) continue;
    ++ballot.words;
    // A foreign name stands in its own script among many words of the text's,
    // so each word votes once.
    Script script = kLatin;
    if ((word.flags & kWordNonAscii) != 0 &&
        static_cast<uint8_t>(text[word.begin]) >= 0x80) {
      script = ScriptOf(CodePointAt(text, word.begin));
    }
    ++ballot.scripts[script];
    if (const Voters* voters = table.Find(word.hash)) {
      for (size_t i = 0; i < std::min<size_t>(voters->count, Voters::kMax);
           ++i) {
        ballot.votes[voters->languages[i]] += kVote[voters->count];
      }
    }
  }
  return ballot;
}

// Japanese writes Han and kana together, with more Han in headlines; Korean may
// have a few Han words.
DetectedLanguage FromScript(const Ballot& ballot) {
  const Script script = ballot.Winner();
  const double share = static_cast<double>(ballot.scripts[script]) /
                       static_cast<double>(ballot.words);
  if (script == kHan) {
    if (10 * ballot.scripts[kKana] > ballot.scripts[kHan]) {
      return {"ja", 0.99, "script"};
    }
    return {"zh", ballot.scripts[kKana] > 0 ? 0.8 : 0.97, "script"};
  }
  if (kScriptLanguage[script].empty() || share < 0.5) return {};
  return {kScriptLanguage[script], share > 0.8 ? 0.99 : 0.9, "script"};
}

bool Writes(WordScript word_script, Script script) {
  switch (word_script) {
    case WordScript::kLatin:
      return script == kLatin;
    case WordScript::kCyrillic:
      return script == kCyrillic;
    case WordScript::kArabic:
      return script == kArabic;
    case WordScript::kDevanagari:
      return script == kDevanagari;
  }
  return false;
}

// The winner by frequent words; `certain` is false where CLD2 should be asked.
struct WordVote {
  DetectedLanguage language;
  bool certain = false;
};

WordVote FromWords(const Ballot& ballot) {
  const Script script = ballot.Winner();
  size_t best = 0;
  float first = 0;
  float second = 0;
  const absl::Span<const LanguageWords> languages = FrequentWords();
  for (size_t i = 0; i < languages.size(); ++i) {
    if (!Writes(languages[i].script, script)) continue;
    const float votes = ballot.votes[i];
    if (votes > first) {
      second = first;
      first = votes;
      best = i;
    } else {
      second = std::max(second, votes);
    }
  }
  if (first == 0) return {};
  WordVote vote;
  vote.language.tag = languages[best].tag;
  vote.language.via = "words";
  const float share = first / static_cast<float>(ballot.words);
  const float lead = (first - second) / first;
  vote.certain = first >= 2.5F && share >= 0.09F && lead >= 0.4F;
  vote.language.confidence =
      std::min(0.99, 0.5 + 0.35 * lead + 0.05 * std::min(first, 4.0F));
  return vote;
}

// CLD2's codes that are not today's.
absl::string_view Modern(absl::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "in") return "id";
  if (code == "sr-ME") return "sr";
  if (code == "nb") return "no";
  if (code == "zh-Hant" || code == "zh-TW") return "zh";
  return code;
}

// At most `limit` bytes that end between words where there is a space.
absl::string_view Prefix(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  const size_t space = text.rfind(' ', limit);
  if (space != absl::string_view::npos && space > limit / 2) {
    return text.substr(0, space);
  }
  while (limit > 0 && (static_cast<uint8_t>(text[limit]) & 0xC0) == 0x80) {
    --limit;
  }
  return text.substr(0, limit);
}

DetectedLanguage AskCld2(absl::string_view text, absl::string_view declared) {
  const absl::string_view prefix = Prefix(text, kMaxCld2Bytes);
  const std::string hint(declared == "und" ? "" : declared);
  const CLD2::CLDHints hints = {hint.empty() ? nullptr : hint.c_str(), nullptr,
                                CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int text_bytes = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummary(
      prefix.data(), static_cast<int>(prefix.size()),
      /*is_plain_text=*/true, &hints, /*flags=*/0, languages, percents, scores,
      /*resultchunkvector=*/nullptr, &text_bytes, &reliable);
  if (languages[0] == CLD2::UNKNOWN_LANGUAGE) return {};
  const absl::string_view tag = Modern(CLD2::LanguageCode(languages[0]));
  return {tag, (reliable ? 0.9 : 0.4) * std::min(percents[0], 100) / 100.0,
          "cld2"};
}

// A text of fewer words tells little of its language.
constexpr size_t kFewWords = 6;
constexpr size_t kManyWords = 12;

// What three witnesses say together: the words, CLD2 and the input itself. Two
// that agree are believed; where they do not, or the text is short, the input's
// word stands.
DetectedLanguage Weigh(const DetectedLanguage& words,
                       const DetectedLanguage& cld2, absl::string_view declared,
                       size_t count) {
  const bool given = declared != "und";
  const DetectedLanguage stated = {declared, 0.6, given ? "declared" : ""};
  if (given && count < kFewWords) return stated;
  if (cld2.tag == words.tag && cld2.tag != "und") {
    const double confidence = std::min(0.95, std::max(cld2.confidence, 0.8));
    const bool sure = !given || declared == cld2.tag || count >= kManyWords ||
                      cld2.confidence >= 0.8;
    if (sure) return {cld2.tag, confidence, "cld2"};
    return stated;
  }
  if (given && (declared == cld2.tag || declared == words.tag)) {
    return {declared, 0.7, declared == cld2.tag ? "cld2" : "words"};
  }
  const bool reliable = cld2.confidence >= (given ? 0.8 : 0.6);
  if (reliable) return cld2;
  if (given) return stated;
  const double enough = cld2.tag == "und" ? 0.65 : 0.8;
  if (words.confidence >= enough) return {words.tag, 0.6, "words"};
  // Of a line it takes more than a guess.
  if (count >= kFewWords && cld2.confidence >= 0.3) return cld2;
  return {};
}

// Languages that share the script of another, which is taken where nothing is
// declared: Yiddish and Hebrew, Assamese and Bengali, Tigrinya and Amharic, a
// Japanese headline all in Han.
DetectedLanguage WithinScript(const DetectedLanguage& by_script, Script script,
                              const KnownLanguage& declared) {
  const bool other = declared.tag != "und" && declared.tag != by_script.tag &&
                     declared.IsWrittenIn(script);
  if (other) return {declared.tag, 0.7, "declared"};
  return by_script;
}

}  // namespace

absl::string_view DeclaredLanguage(absl::string_view declared) {
  return FindDeclaredLanguage(declared).tag;
}

DetectedLanguage DetectLanguage(absl::string_view text,
                                absl::Span<const Word> words,
                                absl::string_view declared) {
  const Ballot ballot = Count(text, words);
  if (ballot.words == 0) return {};
  const Script script = ballot.Winner();
  KnownLanguage known = FindDeclaredLanguage(declared);
  const DetectedLanguage by_script = FromScript(ballot);
  if (by_script.tag != "und") return WithinScript(by_script, script, known);
  // Nobody writes English in Cyrillic letters.
  if (!known.IsWrittenIn(script)) known = {};
  const WordVote by_words = FromWords(ballot);
  const bool against = known.tag != "und" && known.tag != by_words.language.tag;
  if (by_words.certain && (!against || ballot.words >= kManyWords)) {
    return by_words.language;
  }
  DetectedLanguage by_cld2 = AskCld2(text, known.tag);
  by_cld2.tag = TellNeighbour(by_cld2.tag, words);
  DetectedLanguage by_vote = by_words.language;
  by_vote.tag = TellNeighbour(by_vote.tag, words);
  return Weigh(by_vote, by_cld2, known.tag, ballot.words);
}

}  // namespace wiredesk
