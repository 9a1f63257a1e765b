#include "stages/dedupe/sketch/headline_prefix.h"

#include <vector>

#include "absl/container/flat_hash_map.h"

namespace wiredesk {
namespace {

// As the desks of the world write them; case and accents do not matter.
constexpr absl::string_view kPrefixes[] = {
    // English
    "corrected", "correction", "correct", "corrects", "clarification",
    "clarified", "refile", "refiled", "refiling", "rpt", "repeat", "resend",
    "resending", "update", "updated", "wrapup", "update wrapup", "lead", "ld",
    "st lead", "nd lead", "rd lead", "th lead", "st ld", "nd ld", "rd ld",
    "th ld", "1st lead", "2nd lead", "3rd lead", "4th lead", "5th lead",
    "1st ld", "2nd ld", "3rd ld", "4th ld", "5th ld", "writethru",
    "1st writethru", "2nd writethru", "kill", "mandatory kill", "withdrawn",
    "withdrawal", "editors note correction", "corrected official",
    "official correction", "embargo", "adds", "recasts",
    // German
    "korrektur", "korrigiert", "berichtigung", "berichtigt", "aktualisiert",
    "aktualisierung", "wiederholung", "zusammenfassung", "zf", "ruckruf",
    "eil aktualisiert",
    // French
    "rectificatif", "rectification", "corrige", "mise a jour", "actualise",
    "actualisation", "precision", "maj", "annule et remplace",
    // Spanish, Portuguese, Italian
    "correccion", "corregido", "corrige", "rectificacion", "fe de errores",
    "actualizacion", "actualizado", "actualiza", "ampliacion", "amplia",
    "correcao", "corrigido", "corrigida", "atualizacao", "atualizado",
    "atualizada", "correzione", "corretto", "rettifica", "errata corrige",
    "aggiornamento", "aggiornato",
    // Dutch, Swedish, Danish, Norwegian, Polish, Czech, Turkish
    "correctie", "rectificatie", "gecorrigeerd", "herhaling", "rattelse",
    "uppdaterad", "uppdatering", "rettelse", "opdateret", "oppdatert",
    "korekta", "sprostowanie", "aktualizacja", "oprava", "aktualizace",
    "duzeltme", "guncelleme", "guncellendi",
    // Russian, Ukrainian
    "исправление", "исправлено", "уточнение", "уточнено", "поправка",
    "обновлено", "обновление", "повтор", "дополнено", "виправлено", "уточнення",
    "оновлено",
    // Arabic, Hebrew, Hindi
    "تصحيح", "تحديث", "מתוקן", "עדכון", "सुधार", "अपडेट",
    // Chinese, Japanese, Korean
    "更正", "更新", "订正", "訂正", "修正", "정정", "수정", "업데이트"};

using Phrase = std::vector<uint64_t>;

// By their first word, the longer phrases first.
const absl::flat_hash_map<uint64_t, std::vector<Phrase>>& Phrases() {
  static const auto& phrases = *[] {
    auto* map = new absl::flat_hash_map<uint64_t, std::vector<Phrase>>();
    for (absl::string_view prefix : kPrefixes) {
      std::vector<Word> words;
      SplitWords(prefix, words);
      Phrase phrase;
      for (const Word& word : words) phrase.push_back(word.hash);
      std::vector<Phrase>& list = (*map)[phrase[0]];
      auto at = list.begin();
      while (at != list.end() && at->size() >= phrase.size()) ++at;
      list.insert(at, phrase);
    }
    return map;
  }();
  return phrases;
}

// How many words the longest phrase at `from` has; 0 where there is none.
size_t MatchPhrase(absl::Span<const Word> words, size_t from) {
  const auto found = Phrases().find(words[from].hash);
  if (found == Phrases().end()) return 0;
  for (const Phrase& phrase : found->second) {
    if (from + phrase.size() > words.size()) continue;
    size_t i = 1;
    while (i < phrase.size() && words[from + i].hash == phrase[i]) ++i;
    if (i == phrase.size()) return i;
  }
  return 0;
}

// A dash, colon, bar, slash or bracket, in ASCII or as typeset.
bool HasSeparator(absl::string_view gap) {
  if (gap.find_first_of("-:|/)]>*") != absl::string_view::npos) return true;
  for (absl::string_view mark :
       {"\u2013", "\u2014", "\uFF1A", "\u3011", "\uFF09", "\u300B", "\u2026"}) {
    if (gap.find(mark) != absl::string_view::npos) return true;
  }
  return false;
}

absl::string_view GapAfter(absl::string_view headline,
                           absl::Span<const Word> words, size_t i) {
  const size_t begin = words[i].begin + words[i].length;
  const size_t end =
      i + 1 < words.size() ? words[i + 1].begin : headline.size();
  return headline.substr(begin, end - begin);
}

bool IsNumber(const Word& word) {
  return (word.flags & kWordDigits) != 0 && word.length <= 2;
}

// The end of the prefix that begins at `from`, or `from`.
size_t PrefixEnd(absl::string_view headline, absl::Span<const Word> words,
                 size_t from) {
  size_t end = from;
  if (IsNumber(words[end]) && end + 1 < words.size()) ++end;  // "2. UPDATE:"
  const size_t length = MatchPhrase(words, end);
  if (length == 0) return from;
  end += length;
  if (HasSeparator(GapAfter(headline, words, end - 1))) return end;
  if (end < words.size() && IsNumber(words[end]) &&
      HasSeparator(GapAfter(headline, words, end))) {
    return end + 1;  // "UPDATE 2-"
  }
  // "CORRECTED (OFFICIAL)-" and "UPDATE 1 (Recasts)": what is in brackets goes.
  const absl::string_view gap = GapAfter(headline, words, end - 1);
  if (gap.find('(') == absl::string_view::npos) return from;
  for (size_t i = end; i < words.size() && i < end + 4; ++i) {
    if (HasSeparator(GapAfter(headline, words, i))) return i + 1;
  }
  return from;
}

}  // namespace

size_t CountPrefixWords(absl::string_view headline,
                        absl::Span<const Word> words) {
  size_t count = 0;
  while (count < words.size()) {
    const size_t end = PrefixEnd(headline, words, count);
    if (end == count) break;
    count = end;
  }
  return count < words.size() ? count : 0;
}

}  // namespace wiredesk
