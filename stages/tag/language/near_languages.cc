#include "stages/tag/language/near_languages.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stages/tag/marks/word_map.h"

namespace wiredesk {
namespace {

// A language and words that at least one of its neighbours does not have.
// Neighbours bear the same number; what two of three share stands with both.
struct NearLanguage {
  int family;
  absl::string_view tag;
  absl::string_view words;
};

// Where all votes are alike, the one that stands first.
constexpr NearLanguage kNear[] = {
    {0, "hr",
     "gdje tko netko nitko svatko itko svijet svijeta svijetu vrijeme vremena "
     "riječ riječi čovjek čovjeka mjesto mjesta dio dijela prije poslije "
     "uvijek ovdje dvije dijete djeca djece djecu cijeli cijela cijelo cijele "
     "vrijednost vrijednosti spriječiti živjeti vidjeti htjeti razumjeti "
     "primjer primjera rješenje rješenja mjera mjere zahtjev zahtjeva "
     "posljedica posljedice sljedeći sljedeće također tijekom jučer europski "
     "europska europske europskog tisuća tisuće tjedan tjedna tjedni općina "
     "općine obitelj obitelji sigurnost sigurnosti povijest povijesti glazba "
     "tvrtka tvrtke sveučilište izvijestio priopćenju što glede bijeli lijepo "
     "hrvatska hrvatske hrvatskoj hrvatski ministarstvo vijesti uopće opći "
     "opća opće smije smiju ujedinjenih naroda odgoj ospozobljenje suradnja "
     "suradnje utjecaj svjetski svjetske vjera vjere uvjet uvjeti uvjetima "
     "savjest savjesti mišljenje bez obzira zemljopis nogomet časopis "
     "tajnik tajništvo kazalište kolovoza srpnja lipnja svibnja travnja "
     "ožujka veljače siječnja prosinca studenoga listopada rujna"},
    {0, "sr",
     "gde ko neko niko svako iko svet sveta svetu vreme reč reči čovek čoveka "
     "mesto mesta deo dela pre posle uvek ovde dve dete deca dece decu ceo "
     "cela "
     "celo cele vrednost vrednosti sprečiti živeti videti hteti razumeti "
     "primer primera rešenje rešenja mera mere zahtev zahteva posledica "
     "posledice sledeći sledeće takođe tokom juče evropski evropska evropske "
     "evropskog hiljada hiljade nedelja nedelje opština opštine porodica "
     "porodice bezbednost bezbednosti istorija istorije muzika preduzeće "
     "univerzitet saopštio saopštenju šta beli lepo srbija srbije srbiji "
     "srpski "
     "srpske vesti uopšte opšti opšta opšte sme smeju ujedinjenih nacija "
     "vaspitanje saradnja saradnje uticaj svetski svetske vera vere uslov "
     "uslovi uslovima savest savesti mišljenje bez obzira fudbal časopis "
     "sekretar pozorište avgusta jula juna maja aprila marta februara januara "
     "decembra novembra oktobra septembra uvređen ubeđenje ubeđenja "
     "zadovoljenje zaštita protiv sredstava delovanje delatnosti "
     "stepen lečenje zdravlje blagostanje"},
    {0, "bs",
     "gdje ko neko niko svako iko svijet svijeta svijetu vrijeme vremena riječ "
     "riječi čovjek čovjeka mjesto mjesta dio dijela prije poslije uvijek "
     "ovdje dvije dijete djeca djece djecu cijeli cijela cijelo cijele "
     "vrijednost vrijednosti spriječiti živjeti vidjeti htjeti razumjeti "
     "primjer primjera rješenje rješenja mjera mjere zahtjev zahtjeva "
     "posljedica posljedice sljedeći sljedeće također jučer evropski evropska "
     "evropske evropskog hiljada hiljade sedmica sedmice općina općine "
     "porodica porodice sigurnost sigurnosti historija historije muzika "
     "preduzeće univerzitet saopćio saopćenju šta bijeli lijepo bosna bosne "
     "bosni bosanski hercegovine sarajevo sarajevu federacije entiteta vijesti "
     "uopće opći opća opće smije smiju saradnja saradnje utjecaj svjetski "
     "svjetske vjera vjere uslov uslovi uslovima savjest savjesti fudbal "
     "sekretar pozorište augusta jula juna maja aprila marta februara januara "
     "decembra novembra oktobra septembra"},
    {1, "id",
     "bahwa karena bisa uang kantor berbeda perusahaan coba mobil "
     "internasional pengadilan memiliki miliar rupiah indonesia jakarta "
     "maret agustus desember juli juni senin kamis jumat polisi provinsi "
     "sedangkan kualitas universitas pria ketika maupun dimana diperlukan "
     "kebutuhan hukum bangsanya pernikahan setara perempuan keyakinan "
     "mendapat menikmati menganut bebas kejam "
     "perusahaannya kementerian rumah sakit menurutnya tersangka yaitu "
     "perkawinan kewarganegaraan kemerdekaan martabat "
     "merdeka pengajaran"},
    {1, "ms",
     "bahawa kerana boleh wang pejabat berbeza syarikat cuba kereta "
     "antarabangsa mahkamah bilion ringgit malaysia lumpur mac ogos disember "
     "julai jun isnin khamis jumaat ahad polis manakala kualiti universiti "
     "mahupun iaitu ialah beliau keperluan sebarang perkhidmatan menerusi "
     "perkahwinan kerajaan berasaskan berkenaan sekiranya katanya hospital "
     "kebangsaan selepas perkara kerakyatan maruah saksama sesiapa "
     "pertubuhan penyertaan"},
    {2, "no",
     "av etter seg meg deg noe noen uten mellom gjennom ut opp nå hva sier sa "
     "blitt ble frihet uke språk arbeidet vei bok ta gi norske norge oslo "
     "blant "
     "ikke jeg hvor hun hvordan fra hver hvem en et enhver selv disse de mer "
     "mye være var beskyttelse rettigheter adgang trosbekjennelse behandling "
     "stilling enten lov loven menneske mennesker ekteskap kunne skal må "
     "eiendom samfunn samfunnet også og å sivil opplyser"},
    {2, "da",
     "af efter sig mig dig noget nogen nogle uden mellem gennem ud op nu hvad "
     "siger sagde blevet blev bliver frihed uge sprog arbejde arbejdet vej bog "
     "tage give danske danmark københavn blandt ikke jeg hvor hun hvordan fra "
     "hver hvem en et enhver selv disse de mere meget være var beskyttelse "
     "rettigheder adgang behandling stilling enten lov loven menneske "
     "mennesker "
     "ægteskab kunne skal må ejendom samfund samfundet også og at oplyser have "
     "gøre måde ligesom således nogensinde imod mod lige"},
    {2, "nn",
     "av etter seg meg deg noko nokon nokre utan mellom gjennom ut opp no kva "
     "seier sa vorte vart blei fridom veke språk arbeidet veg bok ta gje "
     "norske "
     "noreg oslo mellom ikkje eg kvar ho korleis frå kven ein ei eit sjølv "
     "desse dei meir mykje vere var vern rettar tilgjenge handsaming anten lov "
     "lova menneske ekteskap kunne skal må eigedom samfunn samfunnet òg og å "
     "sivil slik einkvan han nokosinne berre alle heile desse"},
    {3, "bg",
     "в е са че се да от към които която който което му този тази това има "
     "всеки всяка всяко всички право без във със при бъде човек трябва може "
     "или и нито никой чрез след между свобода на лице"},
    {3, "mk",
     "во е се дека да од кон кои која кој што тоа овој оваа ова има секој "
     "секоја секое сите право без со при биде човек треба може или и ниту "
     "никој "
     "преку после меѓу слобода на лице ќе ги го им како сѐ нема според"},
    {3, "sr",
     "у је су да се од ка који која које што то овај ова ово има сваки свака "
     "свако сви право без са при буде човек треба може или и нити нико преко "
     "после пре између слобода на лице ће их га им како све нема према би није "
     "нису ни ко"},
};
constexpr size_t kNearCount = sizeof(kNear) / sizeof(kNear[0]);
static_assert(kNearCount <= 16);

// Which rows of the table have a word: a bit for each.
const WordMap<uint16_t>& Rows() {
  static const auto* table = [] {
    auto* map = new WordMap<uint16_t>();
    for (size_t row = 0; row < kNearCount; ++row) {
      std::vector<Word> words;
      SplitWords(kNear[row].words, words);
      for (const Word& word : words) {
        (*map)[word.hash] |= static_cast<uint16_t>(1U << row);
      }
    }
    return map;
  }();
  return *table;
}

}  // namespace

absl::string_view TellNeighbour(absl::string_view tag,
                                absl::Span<const Word> words) {
  constexpr size_t kWordsMax = 80;
  std::array<int, kNearCount> votes = {};
  for (const Word& word : words.subspan(0, kWordsMax)) {
    const uint16_t* const rows = Rows().Find(word.hash);
    for (size_t row = 0; rows != nullptr && row < kNearCount; ++row) {
      votes[row] += *rows >> row & 1;
    }
  }
  // Serbian stands in two families; the script of the words decides.
  size_t best = kNearCount;
  size_t own = kNearCount;
  for (size_t row = 0; row < kNearCount; ++row) {
    if (kNear[row].tag == tag &&
        (own == kNearCount || votes[row] > votes[own])) {
      own = row;
    }
  }
  if (own == kNearCount) return tag;
  bool tie = false;
  for (size_t row = 0; row < kNearCount; ++row) {
    if (kNear[row].family != kNear[own].family) continue;
    if (best == kNearCount || votes[row] > votes[best]) {
      best = row;
      tie = false;
    } else if (votes[row] == votes[best]) {
      tie = true;
    }
  }
  if (votes[best] == votes[own]) {
    // Of Croatian and Bosnian that say the same, the one with more readers.
    return tie && tag == "bs" ? kNear[best].tag : tag;
  }
  return kNear[best].tag;
}

}  // namespace wiredesk
