// Rewrites XML that is not well-formed into XML that is.
//
// What feeds get wrong is mostly local: a "<" or "&" that was not escaped, an
// HTML tag that nobody closed, a value without quotes, a file that stops in the
// middle. So the text is read tag by tag, as a browser reads HTML, with a stack
// of open elements:
//  - an end tag closes everything up to its start tag, or is dropped where it
//    has none;
//  - <item> and <entry> never nest: a new one closes the one before;
//  - a "<" that opens no tag is text;
//  - CDATA without an end stops at the end tag of the element around it;
//  - what is open at the end is closed.
// Comments, processing instructions and document types are left out. The result
// has at most about six bytes for one.
//
// Every byte is read a fixed number of times: an end that was looked for in
// vain is not looked for again, and an end tag without a start tag is known by
// a count of the open elements.
//
// Tested by xml_document_test.cc.

#ifndef WIREDESK_STAGES_PARSE_XML_REPAIR_H_
#define WIREDESK_STAGES_PARSE_XML_REPAIR_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

struct XmlRepair {
  std::string xml;
  bool cut_item = false;  // the input ends inside of an <item> or <entry>
};

XmlRepair RepairXml(absl::string_view xml);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_XML_REPAIR_H_
