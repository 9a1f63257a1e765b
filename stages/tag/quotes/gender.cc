// Genders, for pronouns: "she said" is nobody whom the text calls "Mr".
//
// 1. A word right before a mention: "Mrs Lee", "Queen Anne", "spokesman Bo
//    Ray", "his wife Ann".
// 2. Else the given name ("Ann Lee"), by a list of those that hardly ever are
//    of both. A surname that comes first is in no such list.
//
// Where two mentions of somebody contradict each other, neither holds. Tested
// by quotes_test.cc.

#include "stages/tag/quotes/gender.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "stages/tag/marks/word_map.h"

namespace wiredesk {
namespace {

const WordMap<Gender>& Titles() {
  static const auto* const table = [] {
    auto* map = new WordMap<Gender>();
    const auto add = [map](absl::string_view list, Gender gender) {
      for (const absl::string_view word : absl::StrSplit(list, ' ')) {
        (*map)[HashWord(word)] = gender;
      }
    };
    add("mrs ms miss madam madame lady dame queen princess empress duchess "
        "baroness countess chairwoman spokeswoman congresswoman councilwoman "
        "assemblywoman businesswoman policewoman anchorwoman actress waitress "
        "hostess heiress sister mother wife daughter widow girlfriend aunt "
        "niece grandmother granddaughter frau senora signora sheikha mlle mme",
        Gender::kFemale);
    add("mr sir lord king prince emperor duke baron chairman spokesman "
        "congressman councilman assemblyman alderman businessman policeman "
        "anchorman fireman brother father husband son widower boyfriend uncle "
        "nephew grandfather grandson herr senor signor monsieur sheikh pope "
        "cardinal rabbi imam ayatollah",
        Gender::kMale);
    return map;
  }();
  return *table;
}

}  // namespace

Gender GenderOfTitle(uint64_t hash) {
  const Gender* const gender = Titles().Find(hash);
  return gender == nullptr ? Gender::kUnknown : *gender;
}

// What the word before it says, with nothing between but a space, or ". ".
Gender GenderReader::Before(const SpeakerMention& mention) const {
  const auto* const word = std::lower_bound(
      words_.begin(), words_.end(), mention.begin,
      [](const Word& one, uint32_t at) { return one.begin < at; });
  if (word == words_.begin()) return Gender::kUnknown;
  const Word& before = *(word - 1);
  const uint32_t end = before.begin + before.length;
  if (end >= mention.begin) return Gender::kUnknown;
  const absl::string_view gap = text_.substr(end, mention.begin - end);
  return gap == " " || gap == ". " ? GenderOfTitle(before.hash)
                                   : Gender::kUnknown;
}

void GenderReader::ReadAll() {
  read_ = true;
  int32_t last = -1;
  for (const SpeakerMention& one : mentions_) last = std::max(last, one.entity);
  of_entity_.assign(static_cast<size_t>(int64_t{last} + 1), Gender::kUnknown);
  absl::InlinedVector<bool, 64> doubtful(of_entity_.size(), false);
  const auto add = [&](const SpeakerMention& one, Gender gender) {
    Gender& known = of_entity_[static_cast<size_t>(one.entity)];
    if (gender == Gender::kUnknown || known == gender) return;
    if (known == Gender::kUnknown) {
      known = gender;
    } else {
      doubtful[static_cast<size_t>(one.entity)] = true;
    }
  };
  for (const SpeakerMention& one : mentions_) {
    if (one.entity < 0 || !one.is_person) continue;
    add(one, one.gender);
    add(one, Before(one));
  }
  for (const SpeakerMention& one : mentions_) {
    if (one.entity < 0 || !one.is_person) continue;
    Gender& known = of_entity_[static_cast<size_t>(one.entity)];
    if (known != Gender::kUnknown) continue;
    const size_t end = one.full_name.find_first_of(" -.'");
    if (end == absl::string_view::npos) continue;  // a surname, perhaps
    known = GenderOfGivenName(HashWord(one.full_name.substr(0, end)));
  }
  for (size_t i = 0; i < doubtful.size(); ++i) {
    if (doubtful[i]) of_entity_[i] = Gender::kUnknown;
  }
}

Gender GenderReader::Of(int32_t index) {
  const SpeakerMention& mention = mentions_[index];
  if (mention.entity < 0) return mention.gender;
  if (!read_) ReadAll();
  return of_entity_[static_cast<size_t>(mention.entity)];
}

}  // namespace wiredesk
