#include "stages/tag/quotes/words.h"

#include "absl/strings/str_split.h"
#include "stages/tag/marks/word_map.h"

namespace wiredesk {
namespace {

void Add(WordMap<CueWord>& map, CueClass kind, absl::string_view list,
         Gender gender = Gender::kUnknown) {
  for (const absl::string_view word :
       absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    map[HashWord(word)] = {kind, gender};
  }
}

void AddVerbs(WordMap<CueWord>& map) {
  Add(map, CueClass::kVerb,
      "said says say told tells tell added adds stated states asked asks ask "
      "explained explains announced announces declared declares claimed claims "
      "warned warns argued argues insisted insists wrote writes tweeted tweets "
      "noted notes continued continues replied replies responded responds "
      "answered answers quipped joked jokes concluded concludes acknowledged "
      "acknowledges admitted admits agreed agrees recalled recalls remarked "
      "remarks commented comments suggested suggests emphasized emphasised "
      "emphasizes stressed stresses predicted predicts promised promises vowed "
      "vows complained complains lamented laments observed observes mused "
      "muses testified testifies confirmed confirms denied denies read reads "
      "shouted shouts yelled yells screamed screams exclaimed exclaims "
      "asserted asserts alleged alleges boasted boasts bragged charged charges "
      "countered counters pleaded pleads pledged pledges proclaimed proclaims "
      "questioned quoted reiterated reiterates repeated repeats reported "
      "reports thought thinks believes believed urged urges posted accused "
      "accuses described describes called calls elaborated mentioned mentions "
      "revealed reveals cited cites cautioned cautions proposed demanded "
      "demands began begins chanted chants shot fired retorted retorts "
      "interjected interrupted pressed chimed gushed fumed opined opines "
      "deadpanned assured assures reflected recounted recounts joined "
      "summarized conceded concedes contended contends cried whispered "
      "muttered sighed growled snapped thundered intoned bellowed hollered "
      "advised advises criticized criticised blasted slammed "
      "dismissed labeled labelled termed branded denounced condemned praised "
      "hailed lauded counseled implored begged instructed "
      "ordered recommended recommends sang wondered wonders "
      "sagte sagt erklarte betonte meinte teilte schrieb dit declare "
      "explique affirme ajoute assure dijo afirmo aseguro explico senalo "
      "anadio declaro ha detto dice spiega aggiunto afirmou disse explicou "
      "zei zegt aldus");
  Add(map, CueClass::kParticiple,
      "saying telling adding stating asking explaining declaring claiming "
      "warning arguing insisting writing tweeting noting calling describing "
      "urging accusing quoting shouting yelling screaming chanting joking "
      "promising vowing pledging boasting bragging predicting suggesting "
      "complaining lamenting asserting alleging proclaiming concluding "
      "explaining responding replying citing labeling labelling "
      "dubbing branding denouncing blasting praising remarking commenting "
      "observing stressing emphasizing emphasising cautioning interjecting");
  Add(map, CueClass::kAccording, "according");
  Add(map, CueClass::kNaming,
      "titled entitled dubbed named nicknamed known headlined captioned title "
      "song film movie book so term word words phrase");
}

void AddNouns(WordMap<CueWord>& map) {
  Add(map, CueClass::kPronoun, "he er il lui ele hij", Gender::kMale);
  Add(map, CueClass::kPronoun, "she elle ella lei ela", Gender::kFemale);
  Add(map, CueClass::kPronoun, "they who i we it you");
  Add(map, CueClass::kTitle,
      "president minister chancellor spokesman spokeswoman spokesperson "
      "official officials officer chief director secretary senator governor "
      "mayor congressman congresswoman representative leader chairman "
      "chairwoman analyst professor judge justice lawyer attorney "
      "ambassador general commander candidate nominee billionaire campaign "
      "statement report police company agency ministry expert experts "
      "author reporter host journalist democrat republican critics man "
      "woman mother father researcher scientist doctor executive ceo");
  Add(map, CueClass::kDeterminer,
      "the a an this that these those his her their its our my one another "
      "some several many most two three four five dozens hundreds thousands "
      "each both");
  Add(map, CueClass::kPreposition,
      "of for from in at with by on to about against than near into as over "
      "after before during under through between among inside outside");
}

const WordMap<CueWord>& Table() {
  static const auto* const table = [] {
    auto* map = new WordMap<CueWord>();
    AddVerbs(*map);
    AddNouns(*map);
    Add(*map, CueClass::kAdverb,
        "also then later now once again already further still even has had "
        "have was been being is are just often first never always soon "
        "recently then does did will would");
    Add(*map, CueClass::kClause,
        "and but or that which when while because if where since so though "
        "although whether whom whose");
    return map;
  }();
  return *table;
}

}  // namespace

CueWord CueOf(uint64_t hash) {
  const CueWord* const word = Table().FindLikely(hash);
  return word == nullptr ? CueWord() : *word;
}

void MarkCueWords(WordMarker& marker) {
  Table().ForEachKey([&marker](uint64_t hash, const CueWord& /*word*/) {
    marker.Add(hash, kWordNoCue);
  });
}

}  // namespace wiredesk
