// Traces of an attack that a report gives: addresses, domains, file hashes, and
// the ids of vulnerabilities and techniques, defanged ("hxxp://evil[.]com") or
// not.

#ifndef WIREDESK_STAGES_TAG_INDICATORS_INDICATORS_H_
#define WIREDESK_STAGES_TAG_INDICATORS_INDICATORS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/marks/text_spots.h"
#include "stages/text/words.h"

namespace wiredesk {

// Domains and addresses that are in every article and are not indicators:
// public resolvers, big sites. An immutable snapshot, safe to share.
class WarningList {
 public:
  // Reads one domain or address a line; '#' begins a comment. A domain stands
  // for its subdomains too. Lines that are neither are ignored.
  explicit WarningList(absl::string_view lines);
  WarningList() = default;

  // `host` in lower case.
  bool Contains(absl::string_view host) const;
  size_t size() const { return hosts_.size(); }

 private:
  absl::flat_hash_set<std::string> hosts_;
};

// One place of an Indicator of the record, which holds all places of a value.
struct FoundIndicator {
  IndicatorType type = IndicatorType::kCve;
  uint32_t begin = 0;  // bytes of the text, as it stands there
  uint32_t end = 0;
  uint32_t value_begin = 0;  // bytes of IndicatorList::values
  uint32_t value_length = 0;
};

// What was found, in order, a value once for each place where it stands. Kept
// and reused by the caller, so that a search needs no allocation.
struct IndicatorList {
  std::vector<FoundIndicator> found;
  std::string values;

  // Refanged and normalized: "CVE-2024-3400", "evil.com". Until Clear().
  absl::string_view value(const FoundIndicator& one) const {
    return absl::string_view(values).substr(one.value_begin, one.value_length);
  }
  void Clear() {
    found.clear();
    values.clear();
  }
};

// What counts as an indicator in a text.
struct IndicatorContext {
  const WarningList* warning_list = nullptr;  // never null
  absl::string_view own_domain;               // the publisher's, may be empty
  // Take domains and their URLs that are not defanged, too.
  bool plain_domains = false;
};

// Appends the indicators of `text`, whose words have `spots` (text_spots.h).
// What is not defanged counts only where it is not an ordinary link: neither in
// the warning list nor below the publisher's domain; of domains and their URLs
// only by `plain_domains`, and then not what looks like a file, a package or
// a brand. Thread-safe.
void FindIndicators(absl::string_view text, absl::Span<const Word> words,
                    const TextSpots& spots, const IndicatorContext& context,
                    IndicatorList& list);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_INDICATORS_INDICATORS_H_
