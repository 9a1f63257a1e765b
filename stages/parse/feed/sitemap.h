// Sitemaps of news: the addresses, titles and times that a site gives to search
// engines. An address without a title is not an article.
//
// Tested by feed_xml_test.cc.

#ifndef WIREDESK_STAGES_PARSE_FEED_SITEMAP_H_
#define WIREDESK_STAGES_PARSE_FEED_SITEMAP_H_

#include <pugixml.hpp>
#include <vector>

#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// Appends the articles of a <urlset>.
void ReadNewsSitemap(pugi::xml_node urlset, const ParseContext& context,
                     std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_FEED_SITEMAP_H_
