// What a document's names become once their senses are decided: one name for
// each entry or group, with all of its spans in order, its entry read from the
// gazetteer, and how much the article is about it.

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/names/tagger.h"

namespace wiredesk {
namespace {

bool SpanBefore(const Mention& a, const Mention& b) {
  return a.field != b.field ? a.field < b.field : a.begin < b.begin;
}

}  // namespace

void NameTagger::Collect() {
  drafts_.clear();
  draft_spans_.clear();
  ids_.clear();
  draft_by_key_.Reset(mentions_.size());
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    const Group& group = groups_[group_of_[i]];
    const Sense sense = SenseOf(mentions_[i], group);
    const bool far = IsFarTown(mentions_[i], QuestionOf(mentions_[i], group));
    if (sense != Sense::kNone && !far)
      AddMention(mentions_[i], group_of_[i], sense);
  }
}

int32_t NameTagger::QuestionOf(const NameMention& mention,
                               const Group& group) const {
  const int32_t own = question_of_[&mention - mentions_.data()];
  return own >= 0 ? own : group.question;
}

// Notes the countries of which the text speaks.
void NameTagger::CountCountries() {
  spoken_of_.reset();
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    if ((mentions_[i].marks & kMarkNested) != 0) continue;
    const int32_t question = QuestionOf(mentions_[i], groups_[group_of_[i]]);
    if (question < 0) continue;
    const uint32_t answer = places_.questions()[question].answer;
    if (answer == kNoEntry) continue;
    spoken_of_.set(
        CountryNumber(gazetteer_->country(gazetteer_->entry(answer))));
  }
  spoken_of_.reset(0);
}

// "Senate", which many countries have, in a text that speaks of other ones; and
// a member of some parliament, whose name others bear.
bool NameTagger::IsAbroad(uint32_t index) const {
  constexpr uint8_t kWorldKnown = 60;
  if (spoken_of_.none()) return false;
  const GazetteerEntry& entry = gazetteer_->entry(index);
  const uint16_t country = CountryNumber(gazetteer_->country(entry));
  return country != 0 && country != home_ && !spoken_of_.test(country) &&
         (entry.kind == NameKind::kOrganization ||
          (entry.kind == NameKind::kPerson && entry.prior < kWorldKnown));
}

// A small town of a country that the text does not speak of, in the name of a
// school: "Siena College" stands in New York.
bool NameTagger::IsFarTown(const NameMention& mention, int32_t question) const {
  constexpr uint8_t kWorldKnown = 60;
  const NameScan& scan = scans_[mention.text_index];
  // "University of Oxford" stands in it.
  if ((mention.marks & kMarkNested) == 0 ||
      (mention.first > 0 && scan.Text(mention.first - 1) == "of")) {
    return false;
  }
  if (question < 0 || places_.questions()[question].answer == kNoEntry) {
    return false;
  }
  const GazetteerEntry& entry =
      gazetteer_->entry(places_.questions()[question].answer);
  const uint16_t country = CountryNumber(gazetteer_->country(entry));
  return entry.kind == NameKind::kCity && entry.prior < kWorldKnown &&
         country != home_ && !spoken_of_.test(country);
}

uint32_t NameTagger::EntryOf(const Group& group, Sense sense,
                             int32_t question) const {
  if (sense == Sense::kPlace) {
    return question < 0 ? kNoEntry : places_.questions()[question].answer;
  }
  if (group.entry != kNoEntry &&
      (sense == Sense::kPerson || sense == Sense::kOrganization)) {
    const bool stranger = sense == Sense::kPerson && IsAbroad(group.entry);
    return stranger ? kNoEntry : group.entry;
  }
  if (group.slot == nullptr) return kNoEntry;
  const NameMention& mention = mentions_[group.mention];
  for (const GazetteerSense& option : gazetteer_->senses(*group.slot)) {
    const bool fits = sense == Sense::kPerson ? option.kind == NameKind::kPerson
                      : sense == Sense::kOrganization
                          ? option.kind == NameKind::kOrganization
                          : option.kind > NameKind::kOrganization;
    if (fits &&
        SenseFits(option, TextOf(mention), mention.first, mention.last)) {
      const bool shared = option.kind == NameKind::kPerson ||
                          (option.kind == NameKind::kOrganization &&
                           (option.flags & kSenseCommon) != 0);
      return shared && IsAbroad(option.entry) ? kNoEntry : option.entry;
    }
  }
  return kNoEntry;
}

void NameTagger::AddMention(const NameMention& mention, uint32_t own,
                            Sense sense) {
  uint32_t root = own;
  if (groups_[own].same_as >= 0 && sense != Sense::kPlace) {
    root = static_cast<uint32_t>(groups_[own].same_as);
  }
  const Group& group = groups_[root];
  const uint32_t entry = EntryOf(group, sense, QuestionOf(mention, group));
  const bool place = sense == Sense::kPlace;
  const bool demonym = place && (mention.marks & kMarkDemonym) != 0;
  // One thing is one entry, or one group; a place once for each role.
  const bool part = place && (mention.marks & kMarkNested) != 0;
  const uint64_t key =
      (entry != kNoEntry ? uint64_t{1} << 40 | entry : root) << 3 |
      static_cast<uint64_t>(part) << 2 | static_cast<uint64_t>(demonym) << 1 |
      static_cast<uint64_t>(place);
  const auto [index, added] =
      draft_by_key_.Add(key, static_cast<uint32_t>(drafts_.size()));
  if (added) {
    if (entry != kNoEntry) gazetteer_->PrefetchEntry(entry);
    drafts_.push_back(MakeName(group, mention, sense, entry));
  }
  ++drafts_[index].span_count;
  draft_spans_.push_back(
      {index, {FieldOf(mention), mention.begin, mention.end}});
}

NameTagger::Draft NameTagger::MakeName(const Group& group,
                                       const NameMention& mention, Sense sense,
                                       uint32_t entry) {
  Draft draft;
  FoundName& name = draft.name;
  name.place = sense == Sense::kPlace;
  name.demonym = name.place && (mention.marks & kMarkDemonym) != 0;
  name.part = name.place && !name.demonym && (mention.marks & kMarkNested) != 0;
  name.entry = entry;
  name.via = entry != kNoEntry ? "gazetteer" : mention.via;
  name.person = group.person;
  name.organization = group.organization;
  name.location = group.place;
  name.other = group.other;
  if (entry == kNoEntry) {
    const NameMention& full = mentions_[group.mention];
    name.name = TextOf(full).text.substr(full.begin, full.end - full.begin);
    name.kind = sense == Sense::kPerson         ? NameKind::kPerson
                : sense == Sense::kOrganization ? NameKind::kOrganization
                : sense == Sense::kPlace        ? NameKind::kFeature
                                                : group.kind;
    draft.id_begin = static_cast<uint32_t>(ids_.size());
    if (!name.place) {
      ids_ += "x:";
      AppendSlug(name.name, ids_);
    }
    draft.id_end = static_cast<uint32_t>(ids_.size());
  }
  const float best = std::max(
      {group.person, group.organization, group.place, group.other, 0.1f});
  name.confidence = std::min(0.99f, 0.5f + best / 20);
  if (group.model_margin > 0) {
    name.via = "model";
    name.model_margin = group.model_margin;
    name.confidence = std::min(0.99f, group.model_probability);
  }
  const int32_t question = QuestionOf(mention, group);
  if (name.place && question >= 0) {
    name.margin = places_.questions()[question].margin;
    name.confidence =
        std::min(name.confidence, 0.5f + std::min(name.margin, 2.5f) / 5);
  }
  return draft;
}

// Gives each draft its spans, in order and each once.
void NameTagger::PlaceSpans() {
  uint32_t begin = 0;
  for (Draft& draft : drafts_) {
    draft.span_begin = begin;
    begin += draft.span_count;
    draft.span_count = 0;
  }
  spans_.resize(begin);
  for (const DraftSpan& at : draft_spans_) {
    Draft& draft = drafts_[at.draft];
    spans_[draft.span_begin + draft.span_count++] = at.span;
  }
  for (Draft& draft : drafts_) {
    Mention* const first = spans_.data() + draft.span_begin;
    Mention* const last = first + draft.span_count;
    if (!std::is_sorted(first, last, SpanBefore)) {
      std::sort(first, last, SpanBefore);
    }
    const Mention* const end =
        std::unique(first, last, [](const Mention& a, const Mention& b) {
          return a.field == b.field && a.begin == b.begin && a.end == b.end;
        });
    draft.name.spans = {first, static_cast<size_t>(end - first)};
  }
}

// How much the article is about the name: how often, how soon, and whether the
// headline has it.
int32_t NameTagger::RelevanceOf(absl::Span<const Mention> spans) const {
  const Mention& first = spans.front();
  float score = 18 * std::log2(1 + static_cast<float>(spans.size()));
  const bool headline = first.field == Field::kHeadline;
  if (headline) score += 25;
  const float size = static_cast<float>(scans_[1].text().text.size()) + 1;
  score += headline ? 12 : 12 * (1 - static_cast<float>(first.begin) / size);
  return static_cast<int32_t>(std::min(100.0f, score));
}

// A town by the name that the article gives it ("Antwerp", not "Antwerpen"), if
// one of its mentions is written as a name.
absl::string_view NameTagger::AsWritten(const FoundName& name) const {
  for (const Mention& span : name.spans) {
    const absl::string_view text = scans_[TextIndex(span)].text().text.substr(
        span.begin, span.end - span.begin);
    const bool capitals =
        std::none_of(text.begin(), text.end(), absl::ascii_islower);
    if (text.size() > 3 && !capitals && text.back() != '.' &&
        text.find('\n') == absl::string_view::npos) {
      return text;
    }
  }
  return name.name;
}

// What the gazetteer has of each name. It lies anywhere in a large file, so all
// is asked for before the first is read.
void NameTagger::ReadEntries() {
  for (const Draft& draft : drafts_) {
    if (draft.name.entry == kNoEntry) continue;
    const GazetteerEntry& entry = gazetteer_->entry(draft.name.entry);
    gazetteer_->PrefetchText(entry.id);
    gazetteer_->PrefetchText(entry.name);
  }
  for (Draft& draft : drafts_) {
    FoundName& name = draft.name;
    if (name.entry == kNoEntry) continue;
    const GazetteerEntry& entry = gazetteer_->entry(name.entry);
    name.kind = entry.kind;
    name.id = gazetteer_->text(entry.id);
    name.name = gazetteer_->text(entry.name);
    if (entry.kind == NameKind::kCity && !name.demonym) {
      name.name = AsWritten(name);
    }
  }
}

// The result, in the order of the first mentions.
void NameTagger::Finish() {
  PlaceSpans();
  ReadEntries();
  order_.clear();
  for (uint32_t i = 0; i < drafts_.size(); ++i) {
    const Mention& first = drafts_[i].name.spans.front();
    order_.emplace_back(uint64_t{TextIndex(first)} << 32 | first.begin, i);
  }
  std::sort(order_.begin(), order_.end());
  names_.clear();
  for (const auto& [at, index] : order_) {
    const Draft& draft = drafts_[index];
    FoundName& name = names_.emplace_back(draft.name);
    name.relevance = RelevanceOf(name.spans);
    if (draft.id_end > draft.id_begin) {
      name.id = absl::string_view(ids_).substr(draft.id_begin,
                                               draft.id_end - draft.id_begin);
    }
  }
}

}  // namespace wiredesk
