// Compiles names into the flat form that Gazetteer maps.

#ifndef WIREDESK_STAGES_TAG_GAZETTEER_BUILDER_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/text/words.h"

namespace wiredesk {

struct NameAlias {
  std::string text;
  uint16_t flags = 0;  // SenseFlag
};

// One thing with its names, as a source gives it.
struct NamedThing {
  std::string id;
  NameKind kind = NameKind::kOther;
  std::string name;
  std::vector<NameAlias> aliases;
  std::string country;  // ISO 3166-1 alpha-2
  std::string admin1;
  std::optional<double> lat;
  std::optional<double> lon;
  int64_t population = 0;
  std::string feature;  // a GeoNames feature code
  std::string links;
  std::string offices;
};

class GazetteerBuilder {
 public:
  // A name has at most this many words; longer ones are left out.
  static constexpr size_t kWordsMax = 12;

  // Things with an id, or an item of Wikidata, that is known add their names, links and offices to it,
  // and fill what it lacks. The order of calls is part of the result.
  void Add(NamedThing thing);
  bool Knows(absl::string_view id) const { return index_.contains(id); }
  // Words of these classes (WordClass).
  void AddWord(absl::string_view word, uint32_t classes);
  // The file. ResourceExhausted where there is more than the format holds.
  absl::StatusOr<std::string> Build() const;

  size_t things() const { return things_.size(); }
  size_t names() const { return names_; }

 private:
  std::vector<NamedThing> things_;
  absl::flat_hash_map<std::string, size_t> index_;
  absl::flat_hash_map<std::string, size_t> by_item_;  // of Wikidata
  absl::flat_hash_map<uint64_t, uint32_t> classes_;
  size_t names_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_BUILDER_H_
