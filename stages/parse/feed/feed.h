// Feeds in XML: RSS 0.90 to 2.0, RDF (RSS 1.0), Atom 0.3 and 1.0, and what the
// web makes of them.
//
// All of them are a channel with items, and one table of names serves for all
// (names.h); what differs is where the items stand. A fault in the
// document is reported and what could be read is kept, except for an item that
// the end of the input cuts: half an article is worse than none.
//
// Tested by feed_xml_test.cc and feed_fuzz.cc, and against the expectations of
// gofeed, rss-parser and feed-rs where these are at hand.

#ifndef WIREDESK_STAGES_PARSE_FEED_FEED_H_
#define WIREDESK_STAGES_PARSE_FEED_FEED_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// A ParseFunction. `bytes` are UTF-8 (charset.h). An id that several items
// share ("N/A") is not an id, and is left out.
void ParseXmlFeed(absl::string_view bytes, const ParseContext& context,
                  std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_FEED_FEED_H_
