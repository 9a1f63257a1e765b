// Names that neither the gazetteer nor the rules have given a type, and what a
// statistical model says of them.
//
// The model is asked once for each name of the document, with the contexts of
// all its mentions; what it is sure of is the name's sense, and full names of
// people that it finds give theirs to bare surnames. It never sees a name that
// has a type already. Tested by name_model_test.cc.

#include <algorithm>

#include "stages/tag/names/tagger.h"

namespace wiredesk {
namespace {

// Contexts of one name that are read.
constexpr size_t kContextsMax = 8;
// More words between two names are not a list.
constexpr uint32_t kBetweenMax = 2;

// Kinds of facts.
enum Fact : uint32_t {
  kCount,
  kInSentence,
  kWordOfLonger,
  kLastOfLonger,
  kNameBefore,
  kNameBehind,
  kListBefore,
  kListBehind
};

}  // namespace

bool NameTagger::IsUnknown(const Group& group) const {
  constexpr uint32_t kNeverAsked =
      kMarkDemonym | kMarkComposed | kMarkNested | kMarkBound;
  // An ordinary word whose capital the sentence's beginning explains.
  const bool explained = (group.all_marks & kMarkSentenceStart) != 0 &&
                         (group.any_marks & kMarkCommon) != 0;
  return group.sense == Sense::kNone && group.same_as < 0 && !explained &&
         (group.any_marks & kNeverAsked) == 0;
}

// The mentions of unknown names, name by name.
void NameTagger::CollectUnknown() {
  unknown_.clear();
  // What was learned from English says nothing of other languages.
  if (scans_[kBodyText].text().foreign) return;
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    // What stands in a headline of capitals says nothing by itself.
    if (IsUnknown(groups_[group_of_[i]]) && mentions_[i].via != "headline") {
      unknown_.emplace_back(group_of_[i], i);
    }
  }
  std::sort(unknown_.begin(), unknown_.end());
}

// For each word of a name of several words that has a type, the type; and apart
// from it for each last word.
void NameTagger::IndexTyped() {
  size_t words = 0;
  for (const Group& group : groups_) {
    const NameMention& mention = mentions_[group.mention];
    words += mention.last - mention.first;
  }
  sense_by_word_.Reset(2 * words);
  for (const Group& group : groups_) {
    const NameMention& mention = mentions_[group.mention];
    if (group.sense == Sense::kNone || mention.last - mention.first < 2) {
      continue;
    }
    const NameScan& scan = scans_[mention.text_index];
    const auto sense = static_cast<uint32_t>(group.sense);
    for (uint32_t i = mention.first; i < mention.last; ++i) {
      sense_by_word_.Add(scan.word(i).hash, sense);
    }
    sense_by_word_.Add(~scan.word(mention.last - 1).hash, sense);
  }
}

// The names before and behind mention `index`.
void NameTagger::AddNeighbours(uint32_t index) {
  const NameMention& mention = mentions_[index];
  const NameScan& scan = scans_[mention.text_index];
  const auto add = [&](uint32_t other, uint32_t from, uint32_t to, Fact name,
                       Fact list) {
    if (mentions_[other].text_index != mention.text_index || to < from ||
        to - from > kBetweenMax) {
      return;
    }
    const auto sense = static_cast<uint64_t>(groups_[group_of_[other]].sense);
    features_.AddFact(name, sense);
    const uint64_t between = to == from + 1 ? scan.word(from).hash : to - from;
    features_.AddFact(list, sense ^ between * 31);
  };
  if (index > 0) {
    add(index - 1, mentions_[index - 1].last, mention.first, kNameBefore,
        kListBefore);
  }
  if (index + 1 < mentions_.size()) {
    add(index + 1, mention.last, mentions_[index + 1].first, kNameBehind,
        kListBehind);
  }
}

absl::Span<const uint32_t> NameTagger::FeaturesOf(
    absl::Span<const Asked> asked) {
  features_.Clear();
  const NameMention& first = mentions_[asked[0].second];
  const NameScan& scan = scans_[first.text_index];
  features_.AddName(*gazetteer_, scan, first);
  features_.AddFact(kCount, std::min<size_t>(asked.size(), 4));
  bool in_sentence = false;
  for (size_t i = 0; i < asked.size() && i < kContextsMax; ++i) {
    const uint32_t index = asked[i].second;
    const NameMention& mention = mentions_[index];
    features_.AddContext(*gazetteer_, scans_[mention.text_index], mention);
    AddNeighbours(index);
    in_sentence |= (mention.marks & kMarkSentenceStart) == 0;
  }
  features_.AddFact(kInSentence, in_sentence ? 1 : 0);
  for (uint32_t i = first.first; i < first.last; ++i) {
    const uint64_t word = scan.word(i).hash;
    const uint32_t inside = sense_by_word_.Find(word);
    if (inside != KeyIndex::kNone) features_.AddFact(kWordOfLonger, inside);
    const uint32_t last = sense_by_word_.Find(~word);
    if (last != KeyIndex::kNone) features_.AddFact(kLastOfLonger, last);
  }
  return features_.Finish();
}

void NameTagger::ForEachUnknown(UnknownReader read) {
  CollectUnknown();
  IndexTyped();
  for (size_t i = 0; i < unknown_.size();) {
    size_t end = i + 1;
    while (end < unknown_.size() && unknown_[end].first == unknown_[i].first) {
      ++end;
    }
    const auto asked = absl::MakeConstSpan(unknown_).subspan(i, end - i);
    read(asked, FeaturesOf(asked));
    i = end;
  }
}

void NameTagger::AskModel() {
  bool person = false;
  bool organization = false;
  ForEachUnknown(
      [&](absl::Span<const Asked> asked, absl::Span<const uint32_t> features) {
        const ModelGuess guess = model_->Guess(features);
        if (guess.type == ModelType::kOther || guess.margin <= 0 ||
            guess.margin < margin_min_) {
          return;
        }
        Group& group = groups_[asked[0].first];
        group.model_probability = guess.probability;
        group.model_margin = guess.margin;
        group.sense = guess.type == ModelType::kPerson ? Sense::kPerson
                      : guess.type == ModelType::kOrganization
                          ? Sense::kOrganization
                          : Sense::kPlace;
        person |= group.sense == Sense::kPerson;
        organization |= group.sense == Sense::kOrganization;
      });
  if (person) LinkSurnames();
  if (person || organization) LinkIdentities();
}

void NameTagger::FindUnknown(const Gazetteer& gazetteer, const NameInput& input,
                             std::vector<UnknownName>& names) {
  ReadTexts(gazetteer, input);
  ForEachUnknown(
      [&](absl::Span<const Asked> asked, absl::Span<const uint32_t> features) {
        UnknownName& name = names.emplace_back();
        for (const auto& [group, index] : asked) {
          const NameMention& mention = mentions_[index];
          name.spans.push_back({FieldOf(mention), mention.begin, mention.end});
        }
        name.features.assign(features.begin(), features.end());
      });
}

}  // namespace wiredesk
