#include "stages/parse/article_json/suggestion.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/base/counted.h"
#include "stages/parse/article_json/mapping.h"

namespace wiredesk {
namespace {

constexpr size_t kPointersMax = 4;    // of one field
constexpr size_t kHeadlineMax = 200;  // bytes of a text that may be one
constexpr size_t kArticlesReadMax = 10'000;

// A place that several articles have.
struct Place {
  std::string pointer;
  std::string looks;
  size_t articles = 0;
  size_t bytes = 0;  // of its values, in all
  size_t order = 0;  // as they were met
};

// White space parts pointers in the configuration.
bool CanBeWritten(absl::string_view pointer) {
  return !pointer.empty() &&
         std::none_of(pointer.begin(), pointer.end(), [](unsigned char c) {
           return absl::ascii_isspace(c) || absl::ascii_iscntrl(c);
         });
}

// A scalar of YAML.
std::string Quoted(absl::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '/' || c == '_' || c == '.' ||
           c == '-' || c == '~' || c == ' ';
  });
  if (plain) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

class Suggestion {
 public:
  explicit Suggestion(absl::Span<const ArticleTrace> articles)
      : count_(std::min(articles.size(), kArticlesReadMax)) {
    for (const ArticleTrace& article : articles.first(count_)) Count(article);
  }

  std::string Print() {
    std::string out = absl::StrCat(
        "# From ", Counted(count_, "article"),
        "; what a line gives stands behind it.\nparse:\n  json_fields:\n");
    size_t lines = 0;
    for (size_t i = 0; i < kJsonFieldCount; ++i) {
      const std::string name(JsonFieldName(static_cast<JsonField>(i)));
      if (PrintField(name, Found(name), "", out)) ++lines;
    }
    lines += PrintGuesses(out);
    if (lines == 0) absl::StrAppend(&out, "    {}\n");
    return out;
  }

 private:
  void Count(const ArticleTrace& article) {
    for (const TracedField& field : article.fields) {
      if (!CanBeWritten(field.from)) continue;
      Place& place = fields_[field.field][field.from];
      if (place.articles == 0) place.order = ++met_;
      place.pointer = field.from;
      ++place.articles;
    }
    for (const TracedRest& rest : article.rest) {
      if (!CanBeWritten(rest.from)) continue;
      Place& place = rest_[rest.from];
      if (place.articles == 0) place.order = ++met_;
      place.pointer = rest.from;
      place.looks = rest.looks;
      place.bytes += rest.value.size();
      ++place.articles;
    }
  }

  static void SortByUse(std::vector<Place>& places) {
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
      return a.articles != b.articles ? a.articles > b.articles
                                      : a.order < b.order;
    });
  }

  std::vector<Place> Found(const std::string& field) const {
    std::vector<Place> places;
    const auto found = fields_.find(field);
    if (found == fields_.end()) return places;
    for (const auto& [pointer, place] : found->second) places.push_back(place);
    SortByUse(places);
    if (places.size() > kPointersMax) places.resize(kPointersMax);
    return places;
  }

  // Whether most articles lack a field.
  bool Lacks(const std::string& field) const {
    size_t articles = 0;
    for (const Place& place : Found(field)) articles += place.articles;
    return 2 * articles < count_;
  }

  bool PrintField(const std::string& name, const std::vector<Place>& places,
                  absl::string_view remark, std::string& out) const {
    if (places.empty()) return false;
    std::vector<std::string> pointers;
    size_t articles = 0;
    for (const Place& place : places) {
      pointers.push_back(place.pointer);
      articles = std::max(articles, place.articles);
    }
    absl::StrAppend(&out, "    ", name, ": ",
                    Quoted(absl::StrJoin(pointers, " ")), "  # ", remark, "in ",
                    articles, " of ", count_, "\n");
    return true;
  }

  size_t PrintGuesses(std::string& out) {
    size_t lines = 0;
    for (const auto& [field, looks] :
         {std::make_pair("published_at", "time"),
          std::make_pair("url", "address"), std::make_pair("body", "text"),
          std::make_pair("headline", "text")}) {
      if (!Lacks(field)) continue;
      const std::vector<Place> best = BestOf(looks, field);
      if (best.empty()) continue;
      // A field is written once; what few articles have of it goes behind.
      if (!Found(field).empty()) {
        absl::StrAppend(&out, "    # ", field, " is perhaps ", best[0].pointer,
                        " too\n");
        continue;
      }
      PrintField(field, best, "a guess, ", out);
      rest_.erase(best[0].pointer);
      ++lines;
    }
    return lines;
  }

  // The place that most articles have of this look; of bodies the one that says
  // most, of headlines one that is short.
  std::vector<Place> BestOf(absl::string_view looks,
                            absl::string_view field) const {
    const Place* best = nullptr;
    for (const auto& [pointer, place] : rest_) {
      if (place.looks != looks || 2 * place.articles < count_) continue;
      if (field == "headline" && place.bytes / place.articles > kHeadlineMax) {
        continue;
      }
      const bool better =
          best == nullptr ||
          (field == "body" ? place.bytes > best->bytes
                           : place.articles > best->articles ||
                                 (place.articles == best->articles &&
                                  place.order < best->order));
      if (better) best = &place;
    }
    return best == nullptr ? std::vector<Place>() : std::vector<Place>{*best};
  }

  const size_t count_;
  size_t met_ = 0;
  std::map<std::string, std::map<std::string, Place>> fields_;
  std::map<std::string, Place> rest_;
};

}  // namespace

std::string SuggestMapping(absl::Span<const ArticleTrace> articles) {
  return Suggestion(articles).Print();
}

}  // namespace wiredesk
