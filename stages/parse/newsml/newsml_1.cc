#include "stages/parse/newsml/newsml_1.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "stages/parse/newsml/nitf.h"
#include "stages/parse/newsml/xml_draft.h"
#include "stages/parse/xml/document.h"

namespace wiredesk {
namespace {

constexpr int kComponentDepthMax = 16;

// Lives for one item.
class ItemReader {
 public:
  explicit ItemReader(const ParseContext& context)
      : context_(context), reader_(context) {}

  ArticleDraft Read(pugi::xml_node item) {
    const pugi::xml_node id = XmlAt(item, {"Identification", "NewsIdentifier"});
    // The public identifier names the revision, these the article.
    draft_.guid = reader_.Line(XmlChild(id, "NewsItemId"));
    draft_.version =
        XmlDraftReader::Version(reader_.Line(XmlChild(id, "RevisionId")));
    const absl::string_view provider = reader_.Line(XmlChild(id, "ProviderId"));
    if (!draft_.guid.empty() && !provider.empty()) {
      draft_.guid = reader_.Line(absl::StrCat(provider, ":", draft_.guid));
    }
    ReadManagement(XmlChild(item, "NewsManagement"));
    Component(item, 0);
    if (draft_.provider.name.empty()) draft_.provider.name = provider;
    draft_.topics = CopyItems(topics_, context_.arena);
    draft_.url = context_.url;
    return draft_;
  }

 private:
  absl::string_view FormalName(pugi::xml_node node) const {
    return reader_.Line(XmlAttribute(node, "FormalName"));
  }

  void ReadManagement(pugi::xml_node management) {
    draft_.published =
        reader_.Time(reader_.Line(XmlChild(management, "FirstCreated")));
    draft_.updated =
        reader_.Time(reader_.Line(XmlChild(management, "ThisRevisionCreated")));
    if (!draft_.published) draft_.published = draft_.updated;
    const pugi::xml_node status = XmlChild(management, "Status");
    draft_.status = XmlDraftReader::Status(FormalName(status));
    draft_.urgency =
        XmlDraftReader::Urgency(FormalName(XmlChild(management, "Urgency")));
    draft_.priority =
        XmlDraftReader::Urgency(FormalName(XmlChild(management, "Priority")));
    if (FormalName(status) == "Embargoed") {
      draft_.embargoed = reader_.Time(
          reader_.Line(XmlAt(management, {"StatusWillChange", "DateAndTime"})));
    }
  }

  void Component(pugi::xml_node node, int depth) {
    const absl::string_view role =
        XmlAttribute(XmlChild(node, "Role"), "FormalName");
    // Components also carry headlines, style sheets and captions.
    const bool text = role.empty() || role == "Main" || role == "Body";
    if (depth > kComponentDepthMax) return;
    ForEachXmlElement(node, [&](pugi::xml_node child) {
      const absl::string_view name = XmlLocalName(child);
      if (name == "NewsComponent") {
        Component(child, depth + 1);
      } else if (name == "NewsLines") {
        Lines(child);
      } else if (name == "AdministrativeMetadata") {
        if (draft_.provider.name.empty()) {
          draft_.provider.name =
              FormalName(XmlAt(child, {"Provider", "Party"}));
        }
      } else if (name == "DescriptiveMetadata") {
        Descriptive(child, depth);
      } else if (name == "ContentItem" && text) {
        Content(XmlChild(child, "DataContent"));
      }
    });
  }

  void Lines(pugi::xml_node lines) {
    if (draft_.headline.empty()) {
      draft_.headline = reader_.Line(XmlChild(lines, "HeadLine"));
    }
    if (draft_.summary.empty()) {
      draft_.summary = reader_.Line(XmlChild(lines, "SubHeadLine"));
    }
    if (draft_.dateline.empty()) {
      draft_.dateline = reader_.SpacedLine(XmlChild(lines, "DateLine"));
    }
    if (draft_.slugline.empty()) {
      draft_.slugline = reader_.Line(XmlChild(lines, "SlugLine"));
    }
    std::vector<absl::string_view> bylines;
    std::vector<absl::string_view> keywords;
    ForEachXmlElement(lines, [&](pugi::xml_node line) {
      if (keywords.size() >= context_.limits.list_items_max) return;
      if (XmlLocalName(line) == "ByLine") {
        bylines.push_back(reader_.SpacedLine(line));
      } else if (XmlLocalName(line) == "KeywordLine") {
        keywords.push_back(reader_.Line(line));
      }
    });
    if (draft_.byline.empty()) draft_.byline = reader_.Byline(bylines);
    if (draft_.keywords.empty()) {
      draft_.keywords = CopyItems(keywords, context_.arena);
    }
  }

  void Descriptive(pugi::xml_node metadata, int depth) {
    if (depth > kComponentDepthMax) return;
    ForEachXmlElement(metadata, [&](pugi::xml_node child) {
      const absl::string_view name = XmlLocalName(child);
      if (name == "Language" && draft_.declared_language.empty()) {
        draft_.declared_language = FormalName(child);
      } else if (name == "SubjectCode") {
        Descriptive(child, depth + 1);
      } else if (name == "Subject" || name == "SubjectMatter" ||
                 name == "SubjectDetail") {
        const absl::string_view code = FormalName(child);
        if (code.empty() || topics_.size() >= context_.limits.list_items_max) {
          return;
        }
        topics_.push_back(
            GivenTopic(reader_.Line(absl::StrCat("subj:", code)), {}));
      }
    });
  }

  void Content(pugi::xml_node content) {
    const pugi::xml_node nitf = XmlChild(content, "nitf");
    if (!nitf.empty()) {
      ReadNitf(nitf, context_, draft_);
      return;
    }
    bool elements = false;
    ForEachXmlElement(content,
                      [&elements](pugi::xml_node) { elements = true; });
    std::string storage;
    const absl::string_view body =
        elements ? reader_.Body(content)
                 : reader_.Body(XmlText(content, storage), true);
    if (body.size() > draft_.body.size()) draft_.body = body;
  }

  const ParseContext& context_;
  const XmlDraftReader reader_;
  ArticleDraft draft_;
  std::vector<Topic> topics_;
};

}  // namespace

ArticleDraft ReadNewsMl1Item(pugi::xml_node item, const ParseContext& context) {
  return ItemReader(context).Read(item);
}

}  // namespace wiredesk
