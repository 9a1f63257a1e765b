#include "stages/tag/gazetteer/builder.h"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

struct BuiltName {
  uint64_t hash;
  GazetteerSense sense;
};

struct Prefix {
  uint16_t next = 0;  // bits of the words that follow
  uint32_t senses = 0;
  uint32_t count = 0;
  uint32_t classes = 0;
};

// What a bare mention of such a thing most likely means, as ten times the
// decimal logarithm of people who might speak of it.
uint8_t PriorOf(const NamedThing& thing) {
  const double people =
      static_cast<double>(std::max<int64_t>(thing.population, 0));
  const auto scale = [](double n) { return 10 * std::log10(n); };
  double prior = 60;
  switch (thing.kind) {
    case NameKind::kCountry:
      prior = people > 0 ? std::max(62.0, scale(people) + 14) : 95;
      break;
    case NameKind::kRegion:
      prior = 95;
      break;
    case NameKind::kAdmin1:
      prior = scale(people + 20000) - 4;
      break;
    case NameKind::kAdmin2:
      prior = scale(people + 2000) - 10;
      break;
    case NameKind::kCity:
      prior = scale(people + 200);
      if (thing.feature == "PPLC") prior += 17;
      if (thing.feature == "PPLA") prior += 5;
      if (thing.feature == "PPLA2") prior += 2;
      if (thing.feature == "PPLX") prior -= 15;
      break;
    case NameKind::kFeature:
      prior = people > 0 ? scale(people) : 60;
      break;
    default:
      prior = people > 0 ? scale(people) : 70;
  }
  return static_cast<uint8_t>(std::clamp(prior, 1.0, 250.0));
}

// The ASCII letters of a name in small ones.
std::string LettersOf(absl::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(c))) {
      letters += absl::ascii_tolower(c);
    }
  }
  return letters;
}

// Whether two names are forms of one: "Hannover" and "Hanover", "New York City"
// and "New York", but not "Amman" and "Philadelphia".
bool AreForms(absl::string_view name, absl::string_view other) {
  const std::string a = LettersOf(name);
  const std::string b = LettersOf(other);
  // Another script says nothing here.
  if (a.size() < 2 || b.size() < 2) return true;
  if (absl::StrContains(a, b) || absl::StrContains(b, a)) return true;
  // The distance after Levenshtein, row by row.
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0]++;
    for (size_t k = 0; k < b.size(); ++k) {
      const size_t changed = diagonal + (a[i] == b[k] ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({changed, row[k] + 1, row[k + 1] + 1});
    }
  }
  return row.back() * 3 <= std::max(a.size(), b.size());
}

// How much less a town is meant by a name that it had once, or has in another
// language, than by its own: Amman by "Philadelphia".
constexpr uint8_t kOtherNamePenalty = 25;

// "Oklahoma" is the state, not Oklahoma City, but New York City is "New York".
bool IsCityOfTheState(const NamedThing& thing, absl::string_view alias) {
  constexpr int64_t kWorldCity = 3000000;
  return thing.population < kWorldCity &&
         thing.name.size() == alias.size() + 5 &&
         absl::EndsWith(thing.name, " City") &&
         absl::StartsWith(thing.name, alias);
}

uint8_t PriorOfAlias(const NamedThing& thing, uint8_t prior,
                     absl::string_view alias) {
  const bool town =
      thing.kind == NameKind::kCity || thing.kind == NameKind::kAdmin2;
  if (!town ||
      (AreForms(thing.name, alias) && !IsCityOfTheState(thing, alias))) {
    return prior;
  }
  return prior > kOtherNamePenalty + 1 ? prior - kOtherNamePenalty : 1;
}

// Texts, each once.
class TextPool {
 public:
  TextPool() : bytes_(2, '\0') {}
  uint32_t Add(absl::string_view text) {
    if (text.empty()) return 0;
    text = text.substr(0, 0xFFFF);
    const auto [found, added] =
        offsets_.try_emplace(text, static_cast<uint32_t>(bytes_.size()));
    if (added) {
      bytes_ += static_cast<char>(text.size() & 0xFF);
      bytes_ += static_cast<char>(text.size() >> 8);
      bytes_.append(text.data(), text.size());
    }
    return found->second;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  absl::flat_hash_map<std::string, uint32_t> offsets_;
};

uint16_t ShapeOf(absl::Span<const Word> words, uint16_t flags) {
  if ((flags & kSenseAnyCase) != 0) return 0;
  uint16_t shape = 0;
  for (size_t i = 0; i < words.size() && i < 8; ++i) {
    const Word& word = words[i];
    uint16_t bits = 0;
    if ((word.flags & kWordCapital) != 0) bits = 1;
    // Short acronyms are words when written small; long ones are written
    // "Unesco" as well.
    if ((word.flags & kWordAllCaps) != 0 &&
        (word.length <= 3 || (flags & kSenseExactCase) != 0)) {
      bits = 2;
    }
    shape = static_cast<uint16_t>(shape | bits << (2 * i));
  }
  return shape;
}

template <typename T>
void AppendTable(const std::vector<T>& table, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(table.data()),
               table.size() * sizeof(T));
  bytes.resize((bytes.size() + 7) / 8 * 8);
}

size_t TableSize(size_t items) {
  return std::bit_ceil(std::max<size_t>(items * 3 / 2, 4));
}

// All of the names, compiled to prefixes and senses.
class NameTable {
 public:
  explicit NameTable(const absl::flat_hash_map<uint64_t, uint32_t>& classes)
      : classes_(classes) {
    for (const auto& [hash, value] : classes) {
      if ((value & kSlotClasses) != 0) {
        prefixes_[hash].classes = value & kSlotClasses;
      }
    }
  }

  // `sense` says what the name means; its flags are added to.
  void Add(absl::string_view text, GazetteerSense sense) {
    uint16_t& flags = sense.flags;
    words_.clear();
    SplitWords(text, words_);
    if (words_.empty() || words_.size() > GazetteerBuilder::kWordsMax) return;
    if (absl::EndsWith(text, ".")) flags |= kSenseDotted;
    if (OrdinaryWords()) flags |= kSenseCommon;
    uint64_t hash = words_[0].hash;
    for (size_t i = 1; i < words_.size(); ++i) {
      prefixes_[hash].next |= GazetteerSlot::NextBit(words_[i].hash);
      const size_t gap = words_[i - 1].begin + words_[i - 1].length;
      const bool comma =
          absl::StrContains(text.substr(gap, words_[i].begin - gap), ",");
      hash = ExtendNameHash(hash, words_[i].hash, comma);
    }
    prefixes_[hash];
    sense.shape = ShapeOf(words_, flags);
    if ((sense.shape & 3) == 0 && MayStandSmall(text)) {
      lower_starts_.push_back(words_[0].hash);
    }
    names_.push_back({hash, sense});
  }

  // Sorts the senses of each name, the likeliest first.
  void Finish() {
    std::sort(names_.begin(), names_.end(),
              [](const BuiltName& a, const BuiltName& b) {
                return std::tuple(a.hash, 255 - a.sense.prior, a.sense.entry,
                                  a.sense.shape, a.sense.flags & kSenseAlias) <
                       std::tuple(b.hash, 255 - b.sense.prior, b.sense.entry,
                                  b.sense.shape, b.sense.flags & kSenseAlias);
              });
    const auto same = [](const BuiltName& a, const BuiltName& b) {
      return a.hash == b.hash && a.sense.entry == b.sense.entry &&
             a.sense.shape == b.sense.shape;
    };
    names_.erase(std::unique(names_.begin(), names_.end(), same), names_.end());
    for (const BuiltName& name : names_) {
      Prefix& prefix = prefixes_[name.hash];
      if (prefix.count == 0) {
        prefix.senses = static_cast<uint32_t>(senses_.size());
      }
      if (prefix.count == kSensesMax) continue;
      ++prefix.count;
      senses_.push_back(name.sense);
    }
  }

  std::vector<GazetteerSlot> Slots() const {
    std::vector<GazetteerSlot> slots(TableSize(prefixes_.size() + 1));
    std::vector<std::pair<uint64_t, Prefix>> sorted(prefixes_.begin(),
                                                    prefixes_.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    const int shift = 64 - std::countr_zero(slots.size());
    for (const auto& [hash, prefix] : sorted) {
      if (hash == 0) continue;
      size_t at = hash >> shift;
      while (slots[at].hash != 0) at = (at + 1) & (slots.size() - 1);
      slots[at] = {hash, prefix.senses, static_cast<uint16_t>(prefix.count),
                   static_cast<uint16_t>(prefix.classes | prefix.next)};
    }
    return slots;
  }

  const std::vector<GazetteerSense>& senses() const { return senses_; }
  // First words of names that may begin with a small letter.
  const std::vector<uint64_t>& lower_starts() const { return lower_starts_; }

 private:
  static constexpr uint32_t kSensesMax = 2000;

  // Whether a text may write the first word of the name `text` in small ASCII
  // letters, so that the scan must look for it: not digits, nor other scripts,
  // which it looks at anyway. A name that begins with "the" or "of" would make
  // each of them a probe.
  bool MayStandSmall(absl::string_view text) const {
    const Word& first = words_[0];
    const auto known = classes_.find(first.hash);
    if ((first.flags & (kWordDigits | kWordCodePoint)) != 0 ||
        (known != classes_.end() && (known->second & kClassFunction) != 0)) {
      return false;
    }
    // Accented Latin letters lie below U+0250 and from U+1E00 to U+1EFF.
    const auto lead = static_cast<uint8_t>(text[first.begin]);
    return lead < 0xCA || lead == 0xE1;
  }

  bool OrdinaryWords() const {
    return std::all_of(words_.begin(), words_.end(), [&](const Word& word) {
      const auto found = classes_.find(word.hash);
      return found != classes_.end() &&
             (found->second & (kClassCommon | kClassFunction)) != 0;
    });
  }

  const absl::flat_hash_map<uint64_t, uint32_t>& classes_;
  absl::flat_hash_map<uint64_t, Prefix> prefixes_;
  std::vector<uint64_t> lower_starts_;
  std::vector<BuiltName> names_;
  std::vector<GazetteerSense> senses_;
  std::vector<Word> words_;
};

GazetteerEntry MakeEntry(const NamedThing& thing, TextPool& texts) {
  constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
  GazetteerEntry entry = {};
  entry.id = texts.Add(thing.id);
  entry.name = texts.Add(thing.name);
  entry.admin1 = texts.Add(thing.admin1);
  entry.links = texts.Add(thing.links);
  entry.offices = texts.Add(thing.offices);
  entry.lat = thing.lat ? static_cast<float>(*thing.lat) : kUnknown;
  entry.lon = thing.lon ? static_cast<float>(*thing.lon) : kUnknown;
  entry.population = static_cast<uint32_t>(
      std::clamp<int64_t>(thing.population, 0, 0xFFFFFFFF));
  if (thing.country.size() == 2) {
    std::memcpy(entry.country, thing.country.data(), 2);
  }
  entry.kind = thing.kind;
  entry.prior = PriorOf(thing);
  return entry;
}

std::vector<LexiconWord> MakeLexicon(
    const absl::flat_hash_map<uint64_t, uint32_t>& classes) {
  std::vector<std::pair<uint64_t, uint32_t>> words;
  for (const auto& [hash, value] : classes) {
    if ((value & ~kSlotClasses) != 0) words.push_back({hash, value});
  }
  std::sort(words.begin(), words.end());
  std::vector<LexiconWord> table(TableSize(words.size() + 1));
  const int shift = 64 - std::countr_zero(table.size());
  for (const auto& [hash, value] : words) {
    size_t at = hash >> shift;
    while (table[at].classes != 0) at = (at + 1) & (table.size() - 1);
    table[at] = {static_cast<uint32_t>(hash), value & ~kSlotClasses};
  }
  return table;
}

// "Q7184" of "wikidata=Q7184|lei=...", or nothing.
absl::string_view WikidataOf(absl::string_view links) {
  constexpr absl::string_view kKey = "wikidata=";
  const size_t at = links.find(kKey);
  if (at == absl::string_view::npos) return {};
  links.remove_prefix(at + kKey.size());
  return links.substr(0, links.find('|'));
}

void Join(absl::string_view more, char separator, std::string& text) {
  if (more.empty() || absl::StrContains(text, more)) return;
  if (!text.empty()) text += separator;
  text.append(more.data(), more.size());
}

}  // namespace

void GazetteerBuilder::Add(NamedThing thing) {
  names_ += 1 + thing.aliases.size();
  const absl::string_view item = WikidataOf(thing.links);
  size_t at = things_.size();
  if (const auto known = index_.find(thing.id); known != index_.end()) {
    at = known->second;
  } else if (const auto same = by_item_.find(item); same != by_item_.end()) {
    // Another table has the same thing under an id of its own.
    at = same->second;
  }
  if (!item.empty()) by_item_.try_emplace(std::string(item), at);
  index_.try_emplace(thing.id, at);
  if (at == things_.size()) {
    things_.push_back(std::move(thing));
    return;
  }
  NamedThing& known = things_[at];
  if (thing.name != known.name && !thing.name.empty()) {
    known.aliases.push_back({thing.name, kSenseAlias});
  }
  known.aliases.insert(known.aliases.end(), thing.aliases.begin(),
                       thing.aliases.end());
  if (known.country.empty()) known.country = thing.country;
  if (known.admin1.empty()) known.admin1 = thing.admin1;
  if (known.population == 0) known.population = thing.population;
  if (known.feature.empty()) known.feature = thing.feature;
  if (!known.lat) {
    known.lat = thing.lat;
    known.lon = thing.lon;
  }
  Join(thing.links, '|', known.links);
  Join(thing.offices, ';', known.offices);
}

void GazetteerBuilder::AddWord(absl::string_view word, uint32_t classes) {
  classes_[HashWord(word)] |= classes;
}

absl::StatusOr<std::string> GazetteerBuilder::Build() const {
  TextPool texts;
  NameTable names(classes_);
  std::vector<GazetteerEntry> entries;
  entries.reserve(things_.size());
  for (const NamedThing& thing : things_) {
    const auto index = static_cast<uint32_t>(entries.size());
    const GazetteerEntry& entry = entries.emplace_back(MakeEntry(thing, texts));
    GazetteerSense sense = {};
    sense.entry = index;
    sense.admin1 = entry.admin1;
    sense.country = CountryNumber(thing.country);
    sense.kind = entry.kind;
    sense.prior = entry.prior;
    names.Add(thing.name, sense);
    for (const NameAlias& alias : thing.aliases) {
      if (alias.text == thing.name && alias.flags == kSenseAlias) continue;
      sense.flags = static_cast<uint16_t>(alias.flags | kSenseAlias);
      sense.prior = PriorOfAlias(thing, entry.prior, alias.text);
      names.Add(alias.text, sense);
    }
    // Behind all that the word means by itself.
    const size_t surname = thing.name.rfind(' ');
    if (thing.kind == NameKind::kPerson && !thing.offices.empty() &&
        surname != std::string::npos) {
      sense.flags = kSenseSurname;
      sense.prior = 0;
      names.Add(absl::string_view(thing.name).substr(surname + 1), sense);
    }
  }
  names.Finish();
  if (texts.bytes().size() > 0xFFFFFFFF || names.senses().size() > 0xFFFFFFF) {
    return absl::ResourceExhaustedError("too many names for one gazetteer");
  }
  const std::vector<GazetteerSlot> slots = names.Slots();
  absl::flat_hash_map<uint64_t, uint32_t> classes = classes_;
  for (const uint64_t hash : names.lower_starts()) {
    classes[hash] |= kClassLowerStart;
  }
  const std::vector<LexiconWord> lexicon = MakeLexicon(classes);
  GazetteerHeader header = {};
  std::memcpy(header.magic, "WDGAZ\0\0\0", 8);
  header.format = kGazetteerFormat;
  header.words_version = kWordsVersion;
  header.slots = slots.size();
  header.lexicon = lexicon.size();
  header.senses = names.senses().size();
  header.entries = entries.size();
  std::string text_bytes = texts.bytes();
  text_bytes.resize((text_bytes.size() + 7) / 8 * 8);
  header.text_bytes = text_bytes.size();
  std::string bytes(sizeof(header), '\0');
  AppendTable(slots, bytes);
  AppendTable(lexicon, bytes);
  AppendTable(names.senses(), bytes);
  AppendTable(entries, bytes);
  bytes += text_bytes;
  header.checksum =
      XXH3_64bits(bytes.data() + sizeof(header), bytes.size() - sizeof(header));
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

}  // namespace wiredesk
