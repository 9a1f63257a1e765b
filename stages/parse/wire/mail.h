// Mail as an article: an agency's dispatch, a newsletter. The subject is the
// headline, the sender the provider, the message id the guid; the body is the
// plain text, or that of the HTML where the plain one says less.
//
// Tested by wire_test.cc and wire_fuzz.cc.

#ifndef WIREDESK_STAGES_PARSE_WIRE_MAIL_H_
#define WIREDESK_STAGES_PARSE_WIRE_MAIL_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// Whether the bytes begin with the headers of a mail.
bool LooksLikeMail(absl::string_view bytes);

// A ParseFunction. `bytes` are UTF-8.
void ParseMail(absl::string_view bytes, const ParseContext& context,
               std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_WIRE_MAIL_H_
