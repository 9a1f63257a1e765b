#include "stages/tag/training/score.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/strings/string_view.h"
#include "stages/tag/names/tagger.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

// A text as the tagger takes it.
class WordedPair {
 public:
  NameInput Split(const MarkedText& text) {
    headline_.clear();
    body_.clear();
    SplitWords(text.headline, headline_);
    SplitWords(text.body, body_);
    NameInput input;
    input.headline = text.headline;
    input.body = text.body;
    input.headline_words = headline_;
    input.body_words = body_;
    return input;
  }

 private:
  std::vector<Word> headline_;
  std::vector<Word> body_;
};

// Text, begin, end and type; without a last period.
using Hit = std::tuple<uint8_t, uint32_t, uint32_t, ModelType>;

Hit HitOf(const MarkedText& text, size_t index, uint32_t begin, uint32_t end,
          ModelType type) {
  const absl::string_view whole = index == 0 ? text.headline : text.body;
  if (end - begin > 1 && whole[end - 1] == '.') --end;
  return {static_cast<uint8_t>(index), begin, end, type};
}

ModelType TypeOf(const FoundName& name) {
  if (name.place) {
    return name.demonym ? ModelType::kOther : ModelType::kPlace;
  }
  return name.kind == NameKind::kPerson         ? ModelType::kPerson
         : name.kind == NameKind::kOrganization ? ModelType::kOrganization
         : name.kind == NameKind::kFacility     ? ModelType::kPlace
                                                : ModelType::kOther;
}

void Count(const std::set<Hit>& marked, const std::set<Hit>& found,
           NameScore& score) {
  NameCounts& all = score.back();
  for (const Hit& hit : found) {
    NameCounts& counts = score[static_cast<size_t>(std::get<3>(hit))];
    const size_t right = marked.count(hit);
    ++counts.found;
    ++all.found;
    counts.right += right;
    all.right += right;
  }
  for (const Hit& hit : marked) {
    ++score[static_cast<size_t>(std::get<3>(hit))].marked;
    ++all.marked;
  }
}

double Share(size_t part, size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double NameCounts::precision() const { return Share(right, found); }
double NameCounts::recall() const { return Share(right, marked); }
double NameCounts::f1() const { return Share(2 * right, found + marked); }

NameScore ScoreNames(const Gazetteer& gazetteer, const NameModel* model,
                     float margin_min, absl::Span<const MarkedText> texts) {
  NameScore score = {};
  NameTagger tagger;
  tagger.UseModel(model, margin_min);
  WordedPair words;
  for (const MarkedText& text : texts) {
    std::set<Hit> marked;
    std::set<Hit> ignored;
    for (const MarkedName& name : text.names) {
      (name.type == ModelType::kOther ? ignored : marked)
          .insert(HitOf(text, name.text, name.begin, name.end, name.type));
    }
    std::set<Hit> found;
    for (const FoundName& name : tagger.Tag(gazetteer, words.Split(text))) {
      const ModelType type = TypeOf(name);
      if (type == ModelType::kOther) continue;
      for (const Mention& span : name.spans) {
        const Hit other = HitOf(text, TextIndex(span), span.begin, span.end,
                                ModelType::kOther);
        if (ignored.count(other) > 0) continue;
        found.insert(HitOf(text, TextIndex(span), span.begin, span.end, type));
      }
    }
    Count(marked, found, score);
  }
  return score;
}

std::vector<NameExample> CollectExamples(const Gazetteer& gazetteer,
                                         absl::Span<const MarkedText> texts) {
  std::vector<NameExample> examples;
  NameTagger tagger;
  WordedPair words;
  std::vector<UnknownName> unknown;
  for (size_t i = 0; i < texts.size(); ++i) {
    unknown.clear();
    tagger.FindUnknown(gazetteer, words.Split(texts[i]), unknown);
    for (UnknownName& name : unknown) {
      std::array<size_t, kModelTypes> votes = {};
      for (const Mention& span : name.spans) {
        const auto same =
            std::find_if(texts[i].names.begin(), texts[i].names.end(),
                         [&](const MarkedName& marked) {
                           return HitOf(texts[i], marked.text, marked.begin,
                                        marked.end, ModelType::kOther) ==
                                  HitOf(texts[i], TextIndex(span), span.begin,
                                        span.end, ModelType::kOther);
                         });
        const ModelType type =
            same == texts[i].names.end() ? ModelType::kOther : same->type;
        ++votes[static_cast<size_t>(type)];
      }
      // Where votes are equal, the last, which is kOther, if it is among them.
      const auto most = std::max_element(votes.rbegin(), votes.rend());
      NameExample& example = examples.emplace_back();
      example.features = std::move(name.features);
      example.type = static_cast<ModelType>(votes.rend() - most - 1);
      example.text = static_cast<uint32_t>(i);
    }
  }
  return examples;
}

}  // namespace wiredesk
