// Which field of an item an element of a feed gives.
//
// RSS items hold Atom elements, Atom entries hold Dublin Core, and prefixes are
// chosen freely or never declared. So all XML feeds are read by one table:
// an element's vocabulary (told by its namespace, else by the usual prefix)
// and its local name give a field and a rank; of the elements for one field
// that hold something, the lowest rank wins.

#ifndef WIREDESK_STAGES_PARSE_FEED_NAMES_H_
#define WIREDESK_STAGES_PARSE_FEED_NAMES_H_

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

// The vocabularies that feeds use.
enum class FeedVocabulary : uint8_t {
  kCore,  // of RSS, in whatever namespace it is put
  kAtom,
  kDublinCore,
  kDublinCoreTerms,
  kContent,
  kMedia,
  kItunes,
  kFeedburner,
  kXhtml,
  kOther
};

enum class FeedField : uint8_t {
  kNone,
  kItem,  // <item>, <entry>
  kTitle,
  kLink,
  kOriginalLink,  // where a redirecting <link> leads
  kGuid,
  kContent,  // the whole text
  kSummary,
  kAuthor,
  kCategory,
  kPublished,
  kUpdated,
  kLanguage,
  kSource,
  kGroup  // <media:group>, whose children count as if they were outside
};

struct FeedName {
  FeedVocabulary vocabulary = FeedVocabulary::kOther;
  FeedField field = FeedField::kNone;
  uint8_t rank = 0;
};

// The prefixes that a document binds, and the names in it. Not thread-safe;
// lives as long as the document.
class FeedNames {
 public:
  // Reads the namespace declarations of this element: the root, the channel.
  void Declare(pugi::xml_node node);

  // Takes names without a prefix for Atom's, even where the document does not
  // say so.
  void UseAtom();

  FeedName Classify(pugi::xml_node node) const;

 private:
  FeedName LookUp(pugi::xml_node node) const;
  FeedVocabulary VocabularyOf(pugi::xml_node node) const;

  std::vector<std::pair<absl::string_view, FeedVocabulary>> prefixes_;
  // What names mean where an element binds no prefix itself.
  mutable absl::flat_hash_map<absl::string_view, FeedName> known_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_FEED_NAMES_H_
