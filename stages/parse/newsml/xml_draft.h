// Values of XML nodes as fields of a draft: text in the arena, times, codes.

#ifndef WIREDESK_STAGES_PARSE_NEWSML_XML_DRAFT_H_
#define WIREDESK_STAGES_PARSE_NEWSML_XML_DRAFT_H_

#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// Reads for one document; its results live as long as the arena.
class XmlDraftReader {
 public:
  explicit XmlDraftReader(const ParseContext& context) : context_(context) {}

  // All text of a node, on one line.
  absl::string_view Line(pugi::xml_node node) const;
  absl::string_view Line(absl::string_view text) const;
  // The same with a space between the texts of elements, which in a byline or
  // dateline are things of their own.
  absl::string_view SpacedLine(pugi::xml_node node) const;
  // The text of a node, with a paragraph for each block in it.
  absl::string_view Body(pugi::xml_node node) const;
  absl::string_view Body(absl::string_view text, bool html) const;
  std::optional<ParsedTime> Time(absl::string_view text) const;
  absl::Span<const absl::string_view> Byline(absl::string_view text) const;
  // Names of several nodes.
  absl::Span<const absl::string_view> Byline(
      const std::vector<absl::string_view>& texts) const;
  // A whole number of at least 1, or 0.
  static int64_t Version(absl::string_view text);
  // 1..9, or 0.
  static int32_t Urgency(absl::string_view text);
  // "usable", "stat:canceled", "Withheld"; usable where unknown.
  static PublicationStatus Status(absl::string_view code);

 private:
  const ParseContext& context_;
};

// The node at a path of local names, each the first child so called.
pugi::xml_node XmlAt(pugi::xml_node node,
                     std::initializer_list<absl::string_view> path);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_NEWSML_XML_DRAFT_H_
