// News items of NewsML 1.0 to 1.2.

#ifndef WIREDESK_STAGES_PARSE_NEWSML_NEWSML_1_H_
#define WIREDESK_STAGES_PARSE_NEWSML_NEWSML_1_H_

#include <pugixml.hpp>

#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// The draft of a <NewsItem>: the first text in its components, however deep
// they nest, with the lines and codes found on the way.
ArticleDraft ReadNewsMl1Item(pugi::xml_node item, const ParseContext& context);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_NEWSML_NEWSML_1_H_
