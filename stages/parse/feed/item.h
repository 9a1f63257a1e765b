// One item of a feed in XML: its elements, gathered by field, and the draft
// that they make.
//
// Text of RSS is decoded once by XML, and what it then is, nobody says: it is
// read as HTML, which plain text survives; where it is still escaped
// ("&lt;p&gt;
// ... &lt;/p&gt;"), it is decoded again; and a title whose tags do not pair
// ("the <a> tag") is text. In Atom the type attribute decides.
//
// Tested by feed_xml_test.cc.

#ifndef WIREDESK_STAGES_PARSE_FEED_ITEM_H_
#define WIREDESK_STAGES_PARSE_FEED_ITEM_H_

#include <array>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/feed/names.h"

namespace wiredesk {

// An element that may give a field.
struct FeedElement {
  pugi::xml_node node;
  FeedName name;
};

// The elements of an item or a channel, field by field. Reused from one item to
// the next.
class FeedElements {
 public:
  // Takes the children of `node`, and those of its media groups.
  void Gather(pugi::xml_node node, const FeedNames& names);

  const std::vector<FeedElement>& of(FeedField field) const {
    return elements_[static_cast<size_t>(field)];
  }

 private:
  void GatherChildren(pugi::xml_node node, const FeedNames& names, int depth);

  std::array<std::vector<FeedElement>,
             static_cast<size_t>(FeedField::kGroup) + 1>
      elements_;
};

// What the channel says for all of its items. Views live as long as the
// document.
struct FeedChannel {
  absl::string_view title;  // in the arena
  absl::string_view language;
  std::string base;  // for relative links
  std::optional<ParsedTime> time;
  absl::Span<const absl::string_view> authors;  // of a feed in Atom
};

// Makes drafts of items. One for each document; not thread-safe.
class FeedItemReader {
 public:
  FeedItemReader(const FeedNames& names, const ParseContext& context)
      : names_(names), context_(context) {}

  // What the channel or the Atom feed says. `link_base` is where its own
  // relative links start.
  FeedChannel ReadChannel(pugi::xml_node node, const std::string& link_base);

  // The draft of an <item> or <entry>; its text is in the arena.
  ArticleDraft ReadItem(pugi::xml_node node, const FeedChannel& channel);

 private:
  absl::string_view Title();
  void ReadTexts(ArticleDraft& draft);
  void ReadLinks(pugi::xml_node node, const FeedChannel& channel,
                 ArticleDraft& draft);
  absl::string_view ReadAlternateLink();
  void ReadGuid(pugi::xml_node node, ArticleDraft& draft);
  void ReadTimes(const FeedChannel& channel, ArticleDraft& draft);
  void ReadSource(ArticleDraft& draft);
  absl::Span<const absl::string_view> Authors();
  absl::Span<const absl::string_view> Categories();
  absl::Span<const absl::string_view> CopyNames(
      const std::vector<std::string>& names);
  std::optional<ParsedTime> FirstTime(FeedField field);
  absl::string_view FirstText(FeedField field);
  absl::string_view Body(const FeedElement& element);
  absl::string_view Line(const FeedElement& element);
  absl::string_view Line(absl::string_view text, bool html);
  // Where somebody asks: the element that a field was read from, and elements
  // with a text of which nothing was.
  void Told(absl::string_view field, pugi::xml_node element) const;
  void TellRest(pugi::xml_node item) const;

  const FeedNames& names_;
  const ParseContext& context_;
  ParseTrace* trace_ = nullptr;  // while an item is read
  FeedElements elements_;
  std::string storage_;  // of XmlText
  std::string text_;     // of text being made
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_FEED_ITEM_H_
