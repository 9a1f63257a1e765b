#include "pipeline/replay/diff_record.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/message_context.h"
#include "pipeline/replay/field_difference.h"

namespace wiredesk {
namespace {

constexpr size_t kItemsShown = 4;
constexpr size_t kValueCodePoints = 48;
constexpr size_t kHeadlineCodePoints = 100;

using Side = RecordComparison::Side;
using Labels = std::vector<std::string>;

// At most this many code points, on one line.
std::string Cut(absl::string_view text, size_t code_points) {
  std::string cut;
  size_t count = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && count++ == code_points) return cut + "…";
    cut += c == '\n' ? ' ' : c;
  }
  return cut;
}

// "- x  + y" for the items that only one of the two has; empty if both have
// the same.
std::string ItemsText(Labels a, Labels b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  Labels gone;
  Labels came;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(),
                      std::back_inserter(gone));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(),
                      std::back_inserter(came));
  std::string text;
  for (const auto& [sign, items] : {std::pair("- ", &gone), {"+ ", &came}}) {
    for (size_t i = 0; i < items->size(); ++i) {
      absl::StrAppend(&text, text.empty() ? "" : "  ", sign);
      if (i == kItemsShown) {
        absl::StrAppend(&text, items->size() - i, " more");
        break;
      }
      absl::StrAppend(&text, (*items)[i]);
    }
  }
  return text;
}

std::string HexOf(RecordId id) {
  std::string hex;
  AppendHex(id, hex);
  return hex;
}

std::string VerdictText(const DedupeResult& dedupe) {
  std::string text(VerdictName(dedupe.verdict));
  if (dedupe.verdict == Verdict::kNew) return text;
  absl::StrAppend(&text, " (", ReasonName(dedupe.reason),
                  absl::StrFormat(" %.2f", dedupe.similarity), " of ",
                  HexOf(dedupe.of).substr(0, 8), ")");
  return text;
}

// The most telling of what differs in a verdict.
std::string DedupeText(const DedupeResult& a, const DedupeResult& b) {
  const std::string verdict_a = VerdictText(a);
  const std::string verdict_b = VerdictText(b);
  if (verdict_a != verdict_b) {
    return absl::StrCat(verdict_a, " ⇒ ", verdict_b);
  }
  if (!(a.story == b.story)) {
    return absl::StrCat("story ", HexOf(a.story).substr(0, 8), " ⇒ ",
                        HexOf(b.story).substr(0, 8));
  }
  if (!(a.cluster == b.cluster)) {
    return absl::StrCat("cluster ", HexOf(a.cluster).substr(0, 8), " ⇒ ",
                        HexOf(b.cluster).substr(0, 8));
  }
  if (a.novelty != b.novelty) {
    return absl::StrFormat("novelty %.3g ⇒ %.3g", a.novelty, b.novelty);
  }
  return absl::StrCat("size of cluster and story ", a.cluster_size, " and ",
                      a.story_size, " ⇒ ", b.cluster_size, " and ",
                      b.story_size);
}

std::string FieldText(const FieldDifference& field, const EventRecord& a,
                      const EventRecord& b) {
  if (field.name == "dedupe") return DedupeText(a.dedupe, b.dedupe);
  std::string items = ItemsText(field.labels_a, field.labels_b);
  if (!items.empty()) return items;
  const char first = field.json_a.front();
  if ((first == '[' || first == '{') && field.json_b.front() == first &&
      field.json_a.size() > kValueCodePoints) {
    return "other details";
  }
  return absl::StrCat(Cut(field.json_a, kValueCodePoints), " ⇒ ",
                      Cut(field.json_b, kValueCodePoints));
}

bool IsLive(const EventRecord* record) {
  return record != nullptr && record->fate == Fate::kLive;
}

// The destinations of an article that is published, a fan-out as one.
std::vector<const Destination*> DestinationsOf(const EventRecord* record) {
  std::vector<const Destination*> destinations;
  if (!IsLive(record)) return destinations;
  for (const Destination& each : record->destinations) {
    if (each.fan_out_item == 0) destinations.push_back(&each);
  }
  return destinations;
}

const Destination* FindSame(const std::vector<const Destination*>& list,
                            const Destination& wanted) {
  for (const Destination* each : list) {
    if (each->route == wanted.route && each->topic == wanted.topic) return each;
  }
  return nullptr;
}

// What of a message differs though route and topic are the same.
std::string MessageText(const Destination& a, const Destination& b) {
  const auto headers = [](const Destination& destination) {
    Labels labels;
    for (const Header& header : destination.headers) {
      labels.push_back(absl::StrCat(header.name, "=", header.value));
    }
    return labels;
  };
  std::string text;
  if (a.key != b.key) {
    absl::StrAppend(&text, "key \"", a.key, "\" ⇒ \"", b.key, "\"");
  } else if (a.fan_out != b.fan_out) {
    absl::StrAppend(&text, "fan_out \"", a.fan_out, "\" ⇒ \"", b.fan_out, "\"");
  } else if (a.fields != b.fields) {
    absl::StrAppend(&text, "fields ",
                    ItemsText({a.fields.begin(), a.fields.end()},
                              {b.fields.begin(), b.fields.end()}));
  } else if (headers(a) != headers(b)) {
    absl::StrAppend(&text, "headers ", ItemsText(headers(a), headers(b)));
  } else {
    return "";
  }
  return absl::StrCat(a.route, " → ", a.topic, ": ", text);
}

void CompareDestinations(const EventRecord* a, const EventRecord* b,
                         RecordDifference& difference) {
  using Change = ChangedDestination::Change;
  const auto of_a = DestinationsOf(a);
  const auto of_b = DestinationsOf(b);
  std::string moved;
  const auto note = [&](const Destination& each, Change change) {
    difference.destinations.push_back(
        {std::string(each.route), std::string(each.topic), change});
    if (change == Change::kMessage) return;
    absl::StrAppend(&moved, moved.empty() ? "" : "  ",
                    change == Change::kGone ? "- " : "+ ", each.route, " → ",
                    each.topic);
  };
  for (const Destination* each : of_a) {
    const Destination* same = FindSame(of_b, *each);
    if (same == nullptr) {
      note(*each, Change::kGone);
    } else if (std::string text = MessageText(*each, *same); !text.empty()) {
      note(*each, Change::kMessage);
      difference.parts.push_back({"message", std::move(text)});
    }
  }
  for (const Destination* each : of_b) {
    if (FindSame(of_a, *each) == nullptr) note(*each, Change::kAdded);
  }
  if (!moved.empty()) difference.parts.push_back({"routes", std::move(moved)});
}

void Describe(const Side& side, RecordDifference& difference) {
  difference.topic = std::string(side.raw->origin.topic);
  difference.partition = side.raw->origin.partition;
  difference.offset = side.raw->origin.offset;
  if (side.record == nullptr) return;
  difference.item = side.record->item;
  difference.id = HexOf(side.record->id);
  const Article& article = side.record->article;
  difference.headline =
      Cut(article.headline.empty() ? article.body : article.headline,
          kHeadlineCodePoints);
}

}  // namespace

std::string FateText(const RecordComparison::Side& side) {
  if (side.record != nullptr && side.record->fate == Fate::kLive) {
    return "published";
  }
  if (side.record != nullptr && side.record->fate == Fate::kDropped) {
    return absl::StrCat("dropped (", side.record->fate_stage, "/",
                        side.record->fate_reason, ")");
  }
  if (side.raw->dead_letter) {
    return absl::StrCat("dead letter (", side.raw->stage, "/", side.raw->reason,
                        ")");
  }
  return "nothing";
}

bool RecordComparison::Compare(const Side& a, const Side& b,
                               RecordDifference& difference) {
  difference = {};
  const std::string fate_a = FateText(a);
  const std::string fate_b = FateText(b);
  if (fate_a != fate_b) {
    difference.parts.push_back({"fate", absl::StrCat(fate_a, " ⇒ ", fate_b)});
  }
  CompareDestinations(a.record, b.record, difference);
  if (IsLive(a.record) && IsLive(b.record)) CompareFields(a, b, difference);
  if (difference.parts.empty()) return false;
  Describe(a.record == nullptr ? b : a, difference);
  return true;
}

void RecordComparison::CompareFields(const Side& a, const Side& b,
                                     RecordDifference& difference) {
  headline_a_.Reset(a.record->article.headline);
  headline_b_.Reset(b.record->article.headline);
  body_a_.Reset(a.record->article.body);
  body_b_.Reset(b.record->article.body);
  const Processing none;
  const MessageContext context_a(*a.record, *a.raw, nullptr, none, headline_a_,
                                 body_a_);
  const MessageContext context_b(*b.record, *b.raw, nullptr, none, headline_b_,
                                 body_b_);
  ForEachDifference(
      *a.record, context_a, *b.record, context_b, json_a_, json_b_,
      [&](const FieldDifference& field) {
        // The routes are compared as destinations; two configurations always
        // differ in `processing`.
        if (field.name == "routes" || field.name == "processing") return;
        difference.parts.push_back(
            {std::string(field.name), FieldText(field, *a.record, *b.record)});
      });
}

}  // namespace wiredesk
