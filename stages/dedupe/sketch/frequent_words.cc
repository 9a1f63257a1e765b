#include "stages/dedupe/sketch/frequent_words.h"

#include <vector>

#include "stages/dedupe/sketch/background_words_table.h"
#include "stages/dedupe/sketch/world_words_table.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

constexpr const char* kFrequentWords[] = {
    // English
    "a about after again against all also although always am among an and any "
    "are around as ask asked at away back be because became become been before "
    "being between both but by call called came can come could day days did do "
    "does done down during each early even ever every few first five for four "
    "from further get give given go going good got great had has have having "
    "he her here him his how however i if in including into is it its just "
    "keep know last late later least less like long look made make making "
    "many may me million might month months more most much must my near need "
    "never new next no not nothing now of off often old on once one only or "
    "other others our out over own part people per put re really right said "
    "same saw say saying says second see seen set she should show since six so "
    "some something still such take taken tell ten than that the their them "
    "then there these they thing things think this those though three through "
    "time times to today told too took toward two under until up upon us use "
    "used using very want was way we week weeks well went were what when where "
    "whether which while who whose why will with within without work would "
    "year years yes yesterday yet you your monday tuesday wednesday thursday "
    "friday saturday sunday mr mrs ms dr according added while don didn doesn "
    "isn wasn won ll ve",
    // German
    "aber alle als also am an auch auf aus bei beim bin bis da damit dann das "
    "dass dem den denn der des die dies diese diesem dieser doch du durch ein "
    "eine einem einen einer eines er es fur gegen habe haben hat hatte hatten "
    "ich ihr ihre im in ist ja jahr jahre jahren kann kein keine man mehr mit "
    "muss nach nicht noch nun nur ob oder ohne sagte schon sehr sei sein seine "
    "seit sich sie sind so soll sollen sowie uber um und uns unter viel vom "
    "von vor war waren was weil wenn werde werden wie wieder wird wir worden "
    "wurde wurden zu zum zur zwei zwischen",
    // French
    "au aux avant avec avoir c ce cela ces cet cette ceux comme contre d dans "
    "de depuis des deux dit donc dont du elle elles en encore entre est et "
    "etait "
    "ete etre eu fait il ils j je jour l la le les leur leurs lors lui ma mais "
    "meme moins n ne non nos notre nous on ont ou par pas peu plus pour pres "
    "qu quand que qui s sa sans se selon sera ses si son sont sous sur tous "
    "tout toute tres un une vers vous y",
    // Spanish, Portuguese
    "al ano anos ante antes aqui asi cada como con contra cual cuando de del "
    "desde dia dijo donde dos el ella ellos en entre era es esa ese eso esta "
    "estan este esto fue fueron ha haber habia han hasta hay la las le les lo "
    "los mas me mientras muy nada ni no nos o otra otro para pero poco por "
    "porque pues que quien se segun ser si sido sin sobre solo son su sus "
    "tambien tan tiene todo todos tras tres un una uno unos y ya yo "
    "ao aos as ate com da das depois disse do dos e ela ele eles em essa esse "
    "foi foram isso ja mais mas mesmo muito na nao nas no nos num numa os ou "
    "pela pelo quando sao se sem seu seus sua suas tem uma",
    // Italian, Dutch
    "agli ai al alla alle anche ancora che chi ci con cosi cui da dal dalla "
    "degli dei del della delle di dopo dove e era fra gli ha hanno i il in io "
    "la le lo loro ma nel nella nelle noi non o per piu poi prima quando "
    "quella quello questa questo se sempre si solo sono stata stato su sua "
    "suo tra tutti un una "
    "aan als bij dan dat de deze die dit door een en er geen haar had heeft "
    "hebben het hij hun ik is kan maar meer met naar niet nog nu of om onder "
    "ook op over te tegen toen tot uit van veel voor waren was wat we werd "
    "wordt ze zei zich zijn zo",
    // Russian
    "а без более бы был была были было быть в вам вас во вот все всего всех вы "
    "где год года году да два для до его ее если есть еще же за и из или им их "
    "к как ко когда который которая которые которых кто ли лишь мы на над не "
    "него нее нет ни них но о об один он она они оно от очень по под после при "
    "про с со сказал сообщил так также там то того тоже только том тот три ту "
    "ты у уже чем через что чтобы эта эти этого этой этом этот я",
};

}  // namespace

const WordClasses& WordClasses::Get() {
  static const WordClasses& classes = *new WordClasses();
  return classes;
}

WordClasses::WordClasses() {
  for (const char* list : kFrequentWords) Add(list, kFrequentWord);
  for (size_t i = 0; i < kBackgroundClassCount; ++i) {
    const BackgroundClass& one = kBackgroundClasses[i];
    Add(one.words, static_cast<uint8_t>(1 + one.quarters));
  }
  for (size_t i = 0; i < kWorldWordsClasses; ++i) {
    const WorldWordsClass& one = kWorldWords[i];
    Add(one.words, static_cast<uint8_t>(1 + one.quarters));
  }
}

void WordClasses::Add(const char* list, uint8_t word_class) {
  std::vector<Word> words;
  SplitWords(list, words);
  for (const Word& word : words) {
    uint32_t& entry = entries_[Find(word.hash)];
    if (entry == 0) entry = TagOf(word.hash) | word_class;
  }
}

}  // namespace wiredesk
