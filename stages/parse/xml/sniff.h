// What kind of document some bytes are, by the first element in them. All take
// UTF-8 (or any superset of ASCII) and look only at the head.
//
// Tested by feed_xml_test.cc.

#ifndef WIREDESK_STAGES_PARSE_XML_SNIFF_H_
#define WIREDESK_STAGES_PARSE_XML_SNIFF_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// The name of the first element as it stands, with its prefix; empty where no
// element begins in the head. Comments, declarations and document types before
// it are skipped, and so is text that a broken server put in front.
absl::string_view FirstElementName(absl::string_view bytes);

// Where a feed begins that stands behind the output of a program or in a page
// around it; 0 where it begins with the bytes, or where there is none.
size_t FindXmlFeed(absl::string_view bytes);

bool LooksLikeXmlFeed(absl::string_view bytes);  // RSS, RDF, Atom
bool LooksLikeNewsMl(absl::string_view bytes);   // NewsML-G2 and NewsML 1.x
bool LooksLikeNitf(absl::string_view bytes);
bool LooksLikeHtml(absl::string_view bytes);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_XML_SNIFF_H_
