#include "stages/tag/events/function_words.h"

#include <cstddef>

#include "stages/tag/events/event_tables.h"

namespace wiredesk {
namespace {

constexpr FunctionWords kWords[] = {
    {kEventDeterminer, 0,
     "the a an this these those its his their our my your some any each every "
     "all both several many few other another such same certain most more"},
    {kEventDeterminer | kEventNo, 0, "no neither"},
    {kEventConjunction, 0, "and or but nor"},
    {kEventPronoun, 0, "it they we i you itself themselves"},
    {kEventPronoun | kEventObjectPronoun, 0, "them us me"},
    {kEventPronoun | kEventPersonPronoun, 0, "he she himself herself"},
    {kEventPronoun | kEventPersonPronoun | kEventObjectPronoun, 0, "him"},
    {kEventPronoun | kEventPersonPronoun | kEventDeterminer, 0, "her"},
    {kEventRelative, 0, "who whom which whose"},
    {kEventSubordinator, 0,
     "because although though while when where since until as than once "
     "whereas lest"},
    {kEventCondition, 0, "if unless whether"},
    {kEventThat, 0, "that"},
    {kEventModal, 0, "could may might should can must ought"},
    {kEventWill, 0, "will shall ll"},
    {kEventWould, 0, "would"},
    {kEventBe, kFormThird, "is are am re"},
    {kEventBe, kFormPast, "was were"},
    {kEventBe, kFormBase, "be"},
    {kEventBe, kFormParticiple, "been"},
    {kEventBe, kFormIng, "being"},
    {kEventHave, kFormBase | kFormThird, "have has ve"},
    {kEventHave, kFormPast | kFormParticiple, "had"},
    {kEventHave, kFormIng, "having"},
    {kEventDo, kFormBase | kFormThird, "do does"},
    {kEventDo, kFormPast, "did"},
    {kEventBe | kEventNegation, kFormPast, "wasn weren"},
    {kEventBe | kEventNegation, kFormThird, "isn aren"},
    {kEventHave | kEventNegation, kFormPast, "hadn"},
    {kEventHave | kEventNegation, kFormBase | kFormThird, "haven hasn"},
    {kEventDo | kEventNegation, kFormPast, "didn"},
    {kEventDo | kEventNegation, kFormBase | kFormThird, "don doesn"},
    {kEventModal | kEventNegation, 0, "couldn shouldn cannot mustn"},
    {kEventWill | kEventNegation, 0, "won"},
    {kEventWould | kEventNegation, 0, "wouldn"},
    {kEventNegation | kEventAdverb, 0, "not never hardly nor"},
    {kEventAdverb, 0,
     "again also already now then still just even only too very here there "
     "soon later earlier yet ever often once twice today yesterday tomorrow "
     "tonight recently reportedly allegedly formally officially jointly "
     "repeatedly immediately strongly sharply publicly openly further once "
     "almost nearly instead meanwhile however therefore together apart well "
     "always both according"},
    {kEventNumber, 0,
     "one two three four five six seven eight nine ten eleven twelve twenty "
     "thirty dozen dozens hundred hundreds thousand thousands million "
     "millions billion scores"},
    {kEventAgo, 0, "ago anniversary century decades decade years months weeks"},
    {kEventFormal, 0,
     "ready willing prepared able unable unwilling open opposed keen eager "
     "committed against responsible guilty concerned likely due about set"},
    {kEventAbbreviation, 0,
     "mr mrs ms dr gen sen rep gov lt col sgt capt maj cmdr st jr sr prof rev "
     "hon vs no jan feb mar apr jun jul aug sept sep oct nov dec co corp inc "
     "ltd adm brig pres dept mt ft"},
};

constexpr absl::string_view kPrepositions[] = {
    "of",        "in",         "on",      "at",         "by",
    "for",       "with",       "to",      "from",       "against",
    "over",      "into",       "between", "among",      "about",
    "after",     "before",     "during",  "near",       "toward",
    "towards",   "under",      "through", "without",    "despite",
    "amid",      "following",  "across",  "along",      "around",
    "behind",    "inside",     "outside", "within",     "alongside",
    "regarding", "concerning", "off",     "out",        "up",
    "down",      "upon",       "per",     "throughout", "like",
    "including", "via",        "until",   "since",      "beyond",
    "ahead",     "because"};

}  // namespace

absl::Span<const FunctionWords> AllFunctionWords() { return kWords; }

absl::Span<const absl::string_view> EventPrepositions() {
  return kPrepositions;
}

uint8_t EventPreposition(absl::string_view word) {
  const auto all = EventPrepositions();
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] == word) return static_cast<uint8_t>(i + 1);
  }
  return 0;
}

}  // namespace wiredesk
