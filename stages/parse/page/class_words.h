// What the class and id of an element say about it.
//
// Web pages have no vocabulary for "this is a comment", but they have habits:
// "comments", "sidebar", "article-body". The words are those that readability,
// boilerpipe's users and trafilatura have gathered. They count as whole words,
// parted at case and at what is no letter: "site-footer" is a footer,
// "taxomenu" is not a menu, and what stands "above-footer" is not one. Words
// that are written as one or as several ("articleBody", "article__body",
// "articlebody") are the same.
//
// One pass, a hash for each word; linear.
//
// Tested by html_page_test.cc.

#ifndef WIREDESK_STAGES_PARSE_PAGE_CLASS_WORDS_H_
#define WIREDESK_STAGES_PARSE_PAGE_CLASS_WORDS_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

// Bits of what was found.
enum HtmlClassWord : uint32_t {
  kClassUnlikely = 1,  // hardly the article: sidebar, related, footer
  kClassMaybe = 2,     // takes the former back: article, main, column
  kClassPositive = 4,  // good company: body, entry, text
  kClassNegative = 8,  // bad company: promo, widget, share
  kClassByline = 16,   // author, byline
  kClassShare = 32,    // share buttons
  kClassDate = 64,     // date, published, timestamp
  kClassJunk = 128,    // never the article, whatever else is said
  kClassBody = 256,    // what sites call the body: article-body
  kClassComment = 512  // of readers
};

uint32_t FindClassWords(absl::string_view class_or_id);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_CLASS_WORDS_H_
