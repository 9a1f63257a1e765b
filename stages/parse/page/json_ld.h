// What a page says of its article in JSON-LD, in the words of schema.org.

#ifndef WIREDESK_STAGES_PARSE_PAGE_JSON_LD_H_
#define WIREDESK_STAGES_PARSE_PAGE_JSON_LD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// All as it stands, apart from JSON's own escapes. Empty where not given.
struct HtmlLinkedData {
  bool is_article = false;  // there is a NewsArticle, BlogPosting or the like
  std::string headline;
  std::string name;  // of the article; often the same
  std::string body;  // articleBody
  std::string description;
  std::string published;
  std::string modified;
  std::string language;
  std::string publisher;
  std::string url;
  std::vector<std::string> authors;
  std::vector<std::string> keywords;
};

// Reads one <script type="application/ld+json"> and fills what is empty in
// `data`. What is not JSON is left out; so are list members beyond 64 and
// nesting beyond 16.
void ReadHtmlLinkedData(absl::string_view json, HtmlLinkedData& data);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_JSON_LD_H_
