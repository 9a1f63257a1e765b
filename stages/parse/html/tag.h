// The elements of HTML that parsing, text and extraction tell apart.

#ifndef WIREDESK_STAGES_PARSE_HTML_TAG_H_
#define WIREDESK_STAGES_PARSE_HTML_TAG_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

// X(enumerator, name, flags)
// clang-format off
#define WD_HTML_TAGS(X)                                                       \
  X(kA, "a", 0) X(kAbbr, "abbr", 0) X(kAddress, "address", kHtmlBlock)        \
  X(kArea, "area", kHtmlVoid)                                                 \
  X(kArticle, "article", kHtmlBlock) X(kAside, "aside", kHtmlBlock)           \
  X(kAudio, "audio", kHtmlNoText) X(kB, "b", 0)                               \
  X(kBase, "base", kHtmlVoid | kHtmlHead)                                     \
  X(kBlockquote, "blockquote", kHtmlBlock) X(kBody, "body", kHtmlBlock)       \
  X(kBr, "br", kHtmlVoid) X(kButton, "button", kHtmlNoText)                   \
  X(kCanvas, "canvas", kHtmlNoText) X(kCaption, "caption", kHtmlBlock)        \
  X(kCenter, "center", kHtmlBlock) X(kCite, "cite", 0)                        \
  X(kCode, "code", 0) X(kCol, "col", kHtmlVoid)                               \
  X(kColgroup, "colgroup", 0) X(kDatalist, "datalist", kHtmlNoText)           \
  X(kDd, "dd", kHtmlBlock) X(kDel, "del", 0)                                  \
  X(kDetails, "details", kHtmlBlock) X(kDialog, "dialog", kHtmlBlock)         \
  X(kDir, "dir", kHtmlBlock) X(kDiv, "div", kHtmlBlock)                       \
  X(kDl, "dl", kHtmlBlock) X(kDt, "dt", kHtmlBlock) X(kEm, "em", 0)           \
  X(kEmbed, "embed", kHtmlVoid) X(kFieldset, "fieldset", kHtmlBlock)          \
  X(kFigcaption, "figcaption", kHtmlBlock) X(kFigure, "figure", kHtmlBlock)   \
  X(kFont, "font", 0) X(kFooter, "footer", kHtmlBlock)                        \
  X(kForm, "form", kHtmlBlock) X(kH1, "h1", kHtmlBlock | kHtmlHeading)        \
  X(kH2, "h2", kHtmlBlock | kHtmlHeading)                                     \
  X(kH3, "h3", kHtmlBlock | kHtmlHeading)                                     \
  X(kH4, "h4", kHtmlBlock | kHtmlHeading)                                     \
  X(kH5, "h5", kHtmlBlock | kHtmlHeading)                                     \
  X(kH6, "h6", kHtmlBlock | kHtmlHeading)                                     \
  X(kHead, "head", kHtmlBlock) X(kHeader, "header", kHtmlBlock)               \
  X(kHgroup, "hgroup", kHtmlBlock) X(kHr, "hr", kHtmlVoid | kHtmlBlock)       \
  X(kHtml, "html", kHtmlBlock) X(kI, "i", 0)                                  \
  X(kIframe, "iframe", kHtmlRawText | kHtmlNoText) X(kImg, "img", kHtmlVoid)  \
  X(kInput, "input", kHtmlVoid) X(kIns, "ins", 0) X(kLabel, "label", 0)       \
  X(kLegend, "legend", kHtmlBlock) X(kLi, "li", kHtmlLine)                    \
  X(kLink, "link", kHtmlVoid | kHtmlHead) X(kMain, "main", kHtmlBlock)        \
  X(kMap, "map", 0) X(kMath, "math", 0)                                       \
  X(kMenu, "menu", kHtmlBlock) X(kMeta, "meta", kHtmlVoid | kHtmlHead)        \
  X(kNav, "nav", kHtmlBlock)                                                  \
  X(kNoembed, "noembed", kHtmlRawText | kHtmlNoText)                          \
  X(kNoframes, "noframes", kHtmlRawText | kHtmlNoText)                        \
  X(kNoscript, "noscript", 0) X(kObject, "object", kHtmlNoText)               \
  X(kOl, "ol", kHtmlBlock) X(kOptgroup, "optgroup", kHtmlNoText)              \
  X(kOption, "option", kHtmlNoText) X(kP, "p", kHtmlBlock)                    \
  X(kParam, "param", kHtmlVoid) X(kPicture, "picture", 0)                     \
  X(kPlaintext, "plaintext", kHtmlRawText | kHtmlBlock)                       \
  X(kPre, "pre", kHtmlBlock) X(kQ, "q", 0) X(kRp, "rp", kHtmlNoText)          \
  X(kRt, "rt", 0) X(kRuby, "ruby", 0) X(kS, "s", 0)                           \
  X(kScript, "script", kHtmlRawText | kHtmlNoText | kHtmlHead)                \
  X(kSection, "section", kHtmlBlock)                                          \
  X(kSelect, "select", kHtmlNoText) X(kSmall, "small", 0)                     \
  X(kSource, "source", kHtmlVoid) X(kSpan, "span", 0)                         \
  X(kStrike, "strike", 0) X(kStrong, "strong", 0)                             \
  X(kStyle, "style", kHtmlRawText | kHtmlNoText | kHtmlHead)                  \
  X(kSub, "sub", 0) X(kSummary, "summary", kHtmlBlock) X(kSup, "sup", 0)      \
  X(kSvg, "svg", kHtmlNoText) X(kTable, "table", kHtmlBlock)                  \
  X(kTbody, "tbody", kHtmlLine) X(kTd, "td", kHtmlCell)                       \
  X(kTemplate, "template", kHtmlNoText)                                       \
  X(kTextarea, "textarea", kHtmlEscapableText | kHtmlNoText)                  \
  X(kTfoot, "tfoot", kHtmlLine) X(kTh, "th", kHtmlCell)                       \
  X(kThead, "thead", kHtmlLine) X(kTime, "time", 0)                           \
  X(kTitle, "title", kHtmlEscapableText | kHtmlNoText | kHtmlHead)            \
  X(kTr, "tr", kHtmlLine) X(kTrack, "track", kHtmlVoid) X(kTt, "tt", 0)       \
  X(kU, "u", 0) X(kUl, "ul", kHtmlBlock) X(kVideo, "video", kHtmlNoText)      \
  X(kWbr, "wbr", kHtmlVoid) X(kXmp, "xmp", kHtmlRawText | kHtmlBlock)
// clang-format on

// Bits of what an element is.
enum HtmlFlag : uint16_t {
  kHtmlBlock = 1,           // its text is a paragraph of its own
  kHtmlLine = 2,            // its text is a line of its own
  kHtmlCell = 4,            // parted from its neighbour by a space
  kHtmlVoid = 8,            // has no content and no end tag
  kHtmlRawText = 16,        // its content is text without references and tags
  kHtmlEscapableText = 32,  // its content is text with references
  kHtmlNoText = 64,         // its content is nothing to read
  kHtmlHead = 128,          // belongs into the head
  kHtmlHeading = 256,
};

enum class HtmlTag : uint8_t {
  kUnknown,  // a custom element, or one that makes no difference here
#define WD_HTML_ENUMERATOR(enumerator, name, flags) enumerator,
  WD_HTML_TAGS(WD_HTML_ENUMERATOR)
#undef WD_HTML_ENUMERATOR
      kCount
};

// The element of a tag's name, in whatever case.
HtmlTag FindHtmlTag(absl::string_view name);

// Bits of HtmlFlag.
uint16_t HtmlFlags(HtmlTag tag);

// In lower case; empty for kUnknown.
absl::string_view HtmlTagName(HtmlTag tag);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_TAG_H_
