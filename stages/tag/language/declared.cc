#include "stages/tag/language/declared.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

constexpr size_t kNameMax = 32;

struct LanguageRow {
  absl::string_view tag;
  absl::string_view names;  // in lower case, parted by spaces
  uint32_t scripts;
};

constexpr LanguageRow kLanguages[] = {
    {"en", "en eng english", 1u << kLatin},
    {"de", "de deu ger german deutsch", 1u << kLatin},
    {"fr", "fr fra fre french francais français", 1u << kLatin},
    {"es", "es spa spanish espanol español castellano", 1u << kLatin},
    {"it", "it ita italian italiano", 1u << kLatin},
    {"pt", "pt por portuguese português portugues", 1u << kLatin},
    {"nl", "nl nld dut dutch nederlands flemish", 1u << kLatin},
    {"sv", "sv swe swedish svenska", 1u << kLatin},
    {"da", "da dan danish dansk", 1u << kLatin},
    {"no", "no nor nob nb norwegian norsk bokmål bokmal", 1u << kLatin},
    {"nn", "nn nno nynorsk", 1u << kLatin},
    {"fi", "fi fin finnish suomi", 1u << kLatin},
    {"et", "et est ekk estonian eesti", 1u << kLatin},
    {"lv", "lv lav lvs latvian", 1u << kLatin},
    {"lt", "lt lit lithuanian", 1u << kLatin},
    {"pl", "pl pol polish polski", 1u << kLatin},
    {"cs", "cs ces cze czech", 1u << kLatin},
    {"sk", "sk slk slo slovak", 1u << kLatin},
    {"sl", "sl slv slovenian slovene", 1u << kLatin},
    {"hr", "hr hrv croatian", 1u << kLatin},
    {"bs", "bs bos bosnian", 1u << kLatin | 1u << kCyrillic},
    {"sr", "sr srp serbian", 1u << kLatin | 1u << kCyrillic},
    {"hu", "hu hun hungarian magyar", 1u << kLatin},
    {"ro", "ro ron rum romanian moldavian mo", 1u << kLatin},
    {"sq", "sq sqi alb albanian", 1u << kLatin},
    {"tr", "tr tur turkish türkçe", 1u << kLatin},
    {"az", "az aze azj azerbaijani", 1u << kLatin | 1u << kCyrillic},
    {"id", "id ind in indonesian", 1u << kLatin},
    {"ms", "ms msa may zsm malay", 1u << kLatin},
    {"vi", "vi vie vietnamese", 1u << kLatin},
    {"tl", "tl tgl fil tagalog filipino", 1u << kLatin},
    {"ca", "ca cat catalan català", 1u << kLatin},
    {"gl", "gl glg galician", 1u << kLatin},
    {"eu", "eu eus baq basque", 1u << kLatin},
    {"ga", "ga gle irish", 1u << kLatin},
    {"cy", "cy cym wel welsh", 1u << kLatin},
    {"is", "is isl ice icelandic", 1u << kLatin},
    {"mt", "mt mlt maltese", 1u << kLatin},
    {"af", "af afr afrikaans", 1u << kLatin},
    {"sw", "sw swa swh swahili", 1u << kLatin},
    {"eo", "eo epo esperanto", 1u << kLatin},
    {"so", "so som somali", 1u << kLatin},
    {"ha", "ha hau hausa", 1u << kLatin},
    {"yo", "yo yor yoruba", 1u << kLatin},
    {"ig", "ig ibo igbo", 1u << kLatin},
    {"zu", "zu zul zulu", 1u << kLatin},
    {"xh", "xh xho xhosa", 1u << kLatin},
    {"lb", "lb ltz luxembourgish", 1u << kLatin},
    {"la", "la lat latin", 1u << kLatin},
    {"jv", "jv jav jw javanese", 1u << kLatin},
    {"su", "su sun sundanese", 1u << kLatin},
    {"mg", "mg mlg malagasy", 1u << kLatin},
    {"ht", "ht hat haitian", 1u << kLatin},
    {"uz", "uz uzb uzbek", 1u << kLatin | 1u << kCyrillic},
    {"ku", "ku kur kurdish kmr", 1u << kLatin | 1u << kArabic},
    {"tk", "tk tuk turkmen", 1u << kLatin},
    {"fo", "fo fao faroese", 1u << kLatin},
    {"fy", "fy fry frisian", 1u << kLatin},
    {"gd", "gd gla gaelic", 1u << kLatin},
    {"br", "br bre breton", 1u << kLatin},
    {"rw", "rw kin kinyarwanda", 1u << kLatin},
    {"sn", "sn sna shona", 1u << kLatin},
    {"ny", "ny nya chichewa", 1u << kLatin},
    {"st", "st sot sotho", 1u << kLatin},
    {"tn", "tn tsn tswana", 1u << kLatin},
    {"ru", "ru rus russian", 1u << kCyrillic},
    {"uk", "uk ukr ukrainian", 1u << kCyrillic},
    {"be", "be bel belarusian", 1u << kCyrillic},
    {"bg", "bg bul bulgarian", 1u << kCyrillic},
    {"mk", "mk mkd mac macedonian", 1u << kCyrillic},
    {"kk", "kk kaz kazakh", 1u << kCyrillic},
    {"ky", "ky kir kyrgyz", 1u << kCyrillic},
    {"tg", "tg tgk tajik", 1u << kCyrillic},
    {"mn", "mn mon mongolian khk", 1u << kCyrillic},
    {"tt", "tt tat tatar", 1u << kCyrillic},
    {"ar", "ar ara arb arabic", 1u << kArabic},
    {"fa", "fa fas per persian farsi", 1u << kArabic},
    {"ur", "ur urd urdu", 1u << kArabic},
    {"ps", "ps pus pashto", 1u << kArabic},
    {"ckb", "ckb sorani", 1u << kArabic},
    {"sd", "sd snd sindhi", 1u << kArabic},
    {"ug", "ug uig uyghur", 1u << kArabic},
    {"hi", "hi hin hindi", 1u << kDevanagari},
    {"mr", "mr mar marathi", 1u << kDevanagari},
    {"ne", "ne nep npi nepali", 1u << kDevanagari},
    {"el", "el ell gre greek", 1u << kGreek},
    {"he", "he heb iw hebrew", 1u << kHebrew},
    {"yi", "yi yid yiddish", 1u << kHebrew},
    {"hy", "hy hye arm armenian", 1u << kArmenian},
    {"ka", "ka kat geo georgian", 1u << kGeorgian},
    {"th", "th tha thai", 1u << kThai},
    {"lo", "lo lao", 1u << kLao},
    {"km", "km khm khmer", 1u << kKhmer},
    {"my", "my mya bur burmese", 1u << kMyanmar},
    {"ko", "ko kor korean", 1u << kHangul},
    {"ja", "ja jpn japanese", 1u << kKana | 1u << kHan},
    {"zh", "zh zho chi cmn chinese mandarin", 1u << kHan},
    {"yue", "yue cantonese", 1u << kHan},
    {"bn", "bn ben bengali bangla", 1u << kBengali},
    {"as", "as asm assamese", 1u << kBengali},
    {"pa", "pa pan punjabi", 1u << kGurmukhi},
    {"gu", "gu guj gujarati", 1u << kGujarati},
    {"or", "or ori odia", 1u << kOriya},
    {"ta", "ta tam tamil", 1u << kTamil},
    {"te", "te tel telugu", 1u << kTelugu},
    {"kn", "kn kan kannada", 1u << kKannada},
    {"ml", "ml mal malayalam", 1u << kMalayalam},
    {"si", "si sin sinhala", 1u << kSinhala},
    {"am", "am amh amharic", 1u << kEthiopic},
    {"ti", "ti tir tigrinya", 1u << kEthiopic},
    {"bo", "bo bod tib tibetan", 1u << kTibetan},
    {"dv", "dv div dhivehi", 1u << kThaana},
};

}  // namespace

KnownLanguage FindDeclaredLanguage(absl::string_view declared) {
  static const auto& languages = *[] {
    auto* made = new absl::flat_hash_map<std::string, KnownLanguage>;
    for (const LanguageRow& row : kLanguages) {
      for (const absl::string_view name : absl::StrSplit(row.names, ' ')) {
        made->emplace(name, KnownLanguage{row.tag, row.scripts});
      }
    }
    return made;
  }();
  declared = absl::StripAsciiWhitespace(declared);
  if (declared.empty() || declared.size() > kNameMax) return {};
  const std::string name = absl::AsciiStrToLower(
      declared.substr(0, declared.find_first_of("-_;, ")));
  const auto found = languages.find(name);
  return found == languages.end() ? KnownLanguage() : found->second;
}

}  // namespace wiredesk
