// An article whose names are those of a small list, and its events: for the
// tests of events.

#ifndef WIREDESK_TESTS_STAGES_TAG_EVENT_TEXT_H_
#define WIREDESK_TESTS_STAGES_TAG_EVENT_TEXT_H_

#include <fstream>
#include <list>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "stages/tag/events/event_finder.h"
#include "stages/text/words.h"

namespace wiredesk {

inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

inline std::shared_ptr<const EventTables> Tables() {
  static const auto* const tables = [] {
    std::vector<EventTableFile> files;
    for (const char* name : {"words.tsv", "verbs.tsv", "nouns.tsv"}) {
      files.push_back({name, ReadFile(absl::StrCat(WIREDESK_SOURCE_DIR,
                                                   "/config/events/", name))});
    }
    auto parsed = EventTables::Parse(files);
    if (!parsed.ok()) ADD_FAILURE() << parsed.status();
    return new std::shared_ptr<const EventTables>(*std::move(parsed));
  }();
  return *tables;
}

// The names that the texts of this test know: country by name and demonym.
inline constexpr absl::string_view kCountries =
    "Algeria DZ Algerian;Argentina AR;Armenia AM Armenian;Azerbaijan AZ "
    "Azerbaijani;Belarus BY Belarusian;Belgium BE;Bolivia BO Bolivian;Brazil "
    "BR;Britain GB British;Cambodia KH;Canada CA;Chad TD;Chile CL Chilean;"
    "China CN Chinese;Colombia CO Colombian;Cuba CU;Denmark DK;Egypt EG;"
    "Eritrea ER Eritrean;Estonia EE;Ethiopia ET Ethiopian;Fiji FJ;Finland FI "
    "Finnish;France FR French;Gabon GA;Gambia GM;Georgia GE;Germany DE German;"
    "Greece GR Greek;Haiti HT;Hungary HU;India IN;Indonesia ID Indonesian;"
    "Iran IR Iranian;Iraq IQ Iraqi;Israel IL Israeli;Italy IT Italian;Japan JP "
    "Japanese;Jordan JO;Kenya KE Kenyan;Kuwait KW;Lebanon LB Lebanese;Liberia "
    "LR;Libya LY;Malaysia MY;Mexico MX;Moldova MD;Myanmar MM;Namibia NA;Nepal "
    "NP;Nigeria NG;Norway NO Norwegian;Pakistan PK;Palestine PS Palestinian;"
    "Peru PE;Philippines PH Philippine;Poland PL Polish;Russia RU Russian;"
    "Rwanda RW;Somalia SO Somali;Spain ES;Sudan SD;Sweden SE;Syria SY;Thailand "
    "TH Thai;Tunisia TN;Turkey TR Turkish;Uganda UG;Ukraine UA;Venezuela VE;"
    "Yemen YE;Zambia ZM;Malawi MW;Congo CD;America US American";
inline constexpr absl::string_view kPeople =
    "Ann Lowell;Ole Dahl;Jan Nowak;Bo Karam";
inline constexpr absl::string_view kDays =
    "Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday";

// An article whose names are found by the lists above.
class Text {
 public:
  Text(std::string headline, std::string body)
      : headline_(std::move(headline)), body_(std::move(body)) {
    SplitWords(headline_, headline_words_);
    SplitWords(body_, body_words_);
    for (const absl::string_view line : absl::StrSplit(kCountries, ';')) {
      const std::vector<std::string> cells = absl::StrSplit(line, ' ');
      AddPlace(cells[0], cells[1], "mentioned");
      if (cells.size() > 2) AddPlace(cells[2], cells[1], "demonym");
    }
    for (const absl::string_view name : absl::StrSplit(kPeople, ';')) {
      Entity entity;
      entity.id = entity.name = name;
      entity.type = "person";
      Mentions(name, [&](absl::Span<const Mention> at) {
        entity.mentions = at;
        entities_.push_back(entity);
      });
    }
    for (const absl::string_view day : absl::StrSplit(kDays, ';')) {
      Mentions(day, [&](absl::Span<const Mention> at) {
        for (const Mention& one : at) dates_.push_back({day, one});
      });
    }
  }

  std::vector<std::string> Events() {
    EventInput input;
    input.headline = headline_;
    input.body = body_;
    input.headline_words = headline_words_;
    input.body_words = body_words_;
    input.entities = entities_;
    input.places = places_;
    input.dates = dates_;
    input.published = absl::CivilDay(2024, 5, 6);
    EventFinder finder(Tables());
    std::vector<std::string> shown;
    for (const FoundEvent& found : finder.Find(input)) {
      if (shown.empty()) {
        when_and_where_ =
            absl::StrCat(found.date < 0 ? "" : dates_[found.date].value, " ",
                         found.place < 0 ? "" : places_[found.place].country);
      }
      shown.push_back(Show(found));
      evidences_.push_back(found.evidences.size());
    }
    return shown;
  }
  // Of the first event.
  std::string WhenAndWhere() {
    Events();
    return when_and_where_;
  }
  const std::vector<size_t>& evidences() const { return evidences_; }

 private:
  template <typename Fn>
  void Mentions(absl::string_view name, Fn&& fn) {
    auto& at = mentions_.emplace_back();
    for (const Field field : {Field::kHeadline, Field::kBody}) {
      const std::string& text = field == Field::kHeadline ? headline_ : body_;
      for (size_t i = text.find(std::string(name)); i != std::string::npos;
           i = text.find(std::string(name), i + 1)) {
        const size_t end = i + name.size();
        if (end < text.size() && absl::ascii_isalpha(text[end]) &&
            text[end] != 's') {
          continue;
        }
        at.push_back(
            {field, static_cast<uint32_t>(i),
             static_cast<uint32_t>(
                 end < text.size() && text[end] == 's' ? end + 1 : end)});
      }
    }
    if (!at.empty()) fn(at);
  }

  void AddPlace(const std::string& name, const std::string& country,
                absl::string_view role) {
    Mentions(name, [&](absl::Span<const Mention> at) {
      Place place;
      place.id = place.country = *ids_.insert(ids_.end(), country);
      place.type = "country";
      place.role = role;
      place.mentions = at;
      places_.push_back(place);
    });
  }

  std::string Side(absl::Span<const Party> parties, const std::string& text) {
    return absl::StrJoin(parties, ",", [&](std::string* out, const Party& one) {
      if (one.place >= 0) {
        absl::StrAppend(out, places_[one.place].country);
      } else if (one.entity >= 0) {
        absl::StrAppend(out, entities_[one.entity].name);
      } else {
        absl::StrAppend(out, text.substr(one.begin, one.end - one.begin));
      }
    });
  }

  std::string Show(const FoundEvent& found) {
    const std::string& text =
        found.trigger.field == Field::kHeadline ? headline_ : body_;
    return absl::StrCat(found.telling.event_class, " ",
                        Side(found.telling.actors, text), ">",
                        Side(found.telling.recipients, text), " ",
                        RealisName(found.telling.realis));
  }

  std::string headline_;
  std::string body_;
  std::vector<Word> headline_words_;
  std::vector<Word> body_words_;
  std::list<std::string> ids_;
  std::list<std::vector<Mention>> mentions_;
  std::vector<Entity> entities_;
  std::vector<Place> places_;
  std::vector<DateExpression> dates_;
  std::vector<size_t> evidences_;
  std::string when_and_where_;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_STAGES_TAG_EVENT_TEXT_H_
