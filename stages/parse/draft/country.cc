#include "stages/parse/draft/country.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

constexpr size_t kCountryMax = 48;

struct CountryRow {
  absl::string_view alpha2;
  absl::string_view alpha3;
  absl::string_view names;  // in lower case, parted by '|'
};

constexpr CountryRow kCountries[] = {
    {"AD", "AND", "andorra"},
    {"AE", "ARE", "united arab emirates|uae"},
    {"AF", "AFG", "afghanistan"},
    {"AG", "ATG", "antigua and barbuda"},
    {"AL", "ALB", "albania"},
    {"AM", "ARM", "armenia"},
    {"AO", "AGO", "angola"},
    {"AR", "ARG", "argentina"},
    {"AT", "AUT", "austria"},
    {"AU", "AUS", "australia"},
    {"AZ", "AZE", "azerbaijan"},
    {"BA", "BIH", "bosnia and herzegovina|bosnia"},
    {"BB", "BRB", "barbados"},
    {"BD", "BGD", "bangladesh"},
    {"BE", "BEL", "belgium"},
    {"BF", "BFA", "burkina faso"},
    {"BG", "BGR", "bulgaria"},
    {"BH", "BHR", "bahrain"},
    {"BI", "BDI", "burundi"},
    {"BJ", "BEN", "benin"},
    {"BN", "BRN", "brunei"},
    {"BO", "BOL", "bolivia"},
    {"BR", "BRA", "brazil"},
    {"BS", "BHS", "bahamas|the bahamas"},
    {"BT", "BTN", "bhutan"},
    {"BW", "BWA", "botswana"},
    {"BY", "BLR", "belarus"},
    {"BZ", "BLZ", "belize"},
    {"CA", "CAN", "canada"},
    {"CD", "COD", "democratic republic of the congo|dr congo|congo (kinshasa)"},
    {"CF", "CAF", "central african republic"},
    {"CG", "COG", "republic of the congo|congo|congo (brazzaville)"},
    {"CH", "CHE", "switzerland"},
    {"CI", "CIV", "ivory coast|cote d'ivoire|côte d'ivoire"},
    {"CL", "CHL", "chile"},
    {"CM", "CMR", "cameroon"},
    {"CN", "CHN", "china|people's republic of china"},
    {"CO", "COL", "colombia"},
    {"CR", "CRI", "costa rica"},
    {"CU", "CUB", "cuba"},
    {"CV", "CPV", "cape verde|cabo verde"},
    {"CY", "CYP", "cyprus"},
    {"CZ", "CZE", "czech republic|czechia"},
    {"DE", "DEU", "germany"},
    {"DJ", "DJI", "djibouti"},
    {"DK", "DNK", "denmark"},
    {"DM", "DMA", "dominica"},
    {"DO", "DOM", "dominican republic"},
    {"DZ", "DZA", "algeria"},
    {"EC", "ECU", "ecuador"},
    {"EE", "EST", "estonia"},
    {"EG", "EGY", "egypt"},
    {"ER", "ERI", "eritrea"},
    {"ES", "ESP", "spain"},
    {"ET", "ETH", "ethiopia"},
    {"FI", "FIN", "finland"},
    {"FJ", "FJI", "fiji"},
    {"FM", "FSM", "micronesia"},
    {"FR", "FRA", "france"},
    {"GA", "GAB", "gabon"},
    {"GB", "GBR", "united kingdom|uk|great britain|britain"},
    {"GD", "GRD", "grenada"},
    {"GE", "GEO", "georgia"},
    {"GH", "GHA", "ghana"},
    {"GM", "GMB", "gambia|the gambia"},
    {"GN", "GIN", "guinea"},
    {"GQ", "GNQ", "equatorial guinea"},
    {"GR", "GRC", "greece"},
    {"GT", "GTM", "guatemala"},
    {"GW", "GNB", "guinea-bissau"},
    {"GY", "GUY", "guyana"},
    {"HK", "HKG", "hong kong"},
    {"HN", "HND", "honduras"},
    {"HR", "HRV", "croatia"},
    {"HT", "HTI", "haiti"},
    {"HU", "HUN", "hungary"},
    {"ID", "IDN", "indonesia"},
    {"IE", "IRL", "ireland|republic of ireland"},
    {"IL", "ISR", "israel"},
    {"IN", "IND", "india"},
    {"IQ", "IRQ", "iraq"},
    {"IR", "IRN", "iran"},
    {"IS", "ISL", "iceland"},
    {"IT", "ITA", "italy"},
    {"JM", "JAM", "jamaica"},
    {"JO", "JOR", "jordan"},
    {"JP", "JPN", "japan"},
    {"KE", "KEN", "kenya"},
    {"KG", "KGZ", "kyrgyzstan"},
    {"KH", "KHM", "cambodia"},
    {"KI", "KIR", "kiribati"},
    {"KM", "COM", "comoros"},
    {"KN", "KNA", "saint kitts and nevis"},
    {"KP", "PRK", "north korea"},
    {"KR", "KOR", "south korea|republic of korea|korea"},
    {"KW", "KWT", "kuwait"},
    {"KZ", "KAZ", "kazakhstan"},
    {"LA", "LAO", "laos"},
    {"LB", "LBN", "lebanon"},
    {"LC", "LCA", "saint lucia"},
    {"LI", "LIE", "liechtenstein"},
    {"LK", "LKA", "sri lanka"},
    {"LR", "LBR", "liberia"},
    {"LS", "LSO", "lesotho"},
    {"LT", "LTU", "lithuania"},
    {"LU", "LUX", "luxembourg"},
    {"LV", "LVA", "latvia"},
    {"LY", "LBY", "libya"},
    {"MA", "MAR", "morocco"},
    {"MC", "MCO", "monaco"},
    {"MD", "MDA", "moldova"},
    {"ME", "MNE", "montenegro"},
    {"MG", "MDG", "madagascar"},
    {"MH", "MHL", "marshall islands"},
    {"MK", "MKD", "north macedonia|macedonia"},
    {"ML", "MLI", "mali"},
    {"MM", "MMR", "myanmar|burma"},
    {"MN", "MNG", "mongolia"},
    {"MO", "MAC", "macau|macao"},
    {"MR", "MRT", "mauritania"},
    {"MT", "MLT", "malta"},
    {"MU", "MUS", "mauritius"},
    {"MV", "MDV", "maldives"},
    {"MW", "MWI", "malawi"},
    {"MX", "MEX", "mexico"},
    {"MY", "MYS", "malaysia"},
    {"MZ", "MOZ", "mozambique"},
    {"NA", "NAM", "namibia"},
    {"NE", "NER", "niger"},
    {"NG", "NGA", "nigeria"},
    {"NI", "NIC", "nicaragua"},
    {"NL", "NLD", "netherlands|the netherlands|holland"},
    {"NO", "NOR", "norway"},
    {"NP", "NPL", "nepal"},
    {"NR", "NRU", "nauru"},
    {"NZ", "NZL", "new zealand"},
    {"OM", "OMN", "oman"},
    {"PA", "PAN", "panama"},
    {"PE", "PER", "peru"},
    {"PG", "PNG", "papua new guinea"},
    {"PH", "PHL", "philippines|the philippines"},
    {"PK", "PAK", "pakistan"},
    {"PL", "POL", "poland"},
    {"PR", "PRI", "puerto rico"},
    {"PS", "PSE", "palestine|palestinian territories"},
    {"PT", "PRT", "portugal"},
    {"PW", "PLW", "palau"},
    {"PY", "PRY", "paraguay"},
    {"QA", "QAT", "qatar"},
    {"RO", "ROU", "romania"},
    {"RS", "SRB", "serbia"},
    {"RU", "RUS", "russia|russian federation"},
    {"RW", "RWA", "rwanda"},
    {"SA", "SAU", "saudi arabia"},
    {"SB", "SLB", "solomon islands"},
    {"SC", "SYC", "seychelles"},
    {"SD", "SDN", "sudan"},
    {"SE", "SWE", "sweden"},
    {"SG", "SGP", "singapore"},
    {"SI", "SVN", "slovenia"},
    {"SK", "SVK", "slovakia"},
    {"SL", "SLE", "sierra leone"},
    {"SM", "SMR", "san marino"},
    {"SN", "SEN", "senegal"},
    {"SO", "SOM", "somalia"},
    {"SR", "SUR", "suriname"},
    {"SS", "SSD", "south sudan"},
    {"ST", "STP", "sao tome and principe"},
    {"SV", "SLV", "el salvador"},
    {"SY", "SYR", "syria"},
    {"SZ", "SWZ", "eswatini|swaziland"},
    {"TD", "TCD", "chad"},
    {"TG", "TGO", "togo"},
    {"TH", "THA", "thailand"},
    {"TJ", "TJK", "tajikistan"},
    {"TL", "TLS", "timor-leste|east timor"},
    {"TM", "TKM", "turkmenistan"},
    {"TN", "TUN", "tunisia"},
    {"TO", "TON", "tonga"},
    {"TR", "TUR", "turkey|türkiye|turkiye"},
    {"TT", "TTO", "trinidad and tobago"},
    {"TV", "TUV", "tuvalu"},
    {"TW", "TWN", "taiwan"},
    {"TZ", "TZA", "tanzania"},
    {"UA", "UKR", "ukraine"},
    {"UG", "UGA", "uganda"},
    {"US", "USA", "united states|united states of america|u.s.|america"},
    {"UY", "URY", "uruguay"},
    {"UZ", "UZB", "uzbekistan"},
    {"VA", "VAT", "vatican|vatican city|holy see"},
    {"VC", "VCT", "saint vincent and the grenadines"},
    {"VE", "VEN", "venezuela"},
    {"VN", "VNM", "vietnam|viet nam"},
    {"VU", "VUT", "vanuatu"},
    {"WS", "WSM", "samoa"},
    {"XK", "XKX", "kosovo"},
    {"YE", "YEM", "yemen"},
    {"ZA", "ZAF", "south africa"},
    {"ZM", "ZMB", "zambia"},
    {"ZW", "ZWE", "zimbabwe"},
};

using CountryNames = absl::flat_hash_map<std::string, absl::string_view>;

const CountryNames& Names() {
  static const CountryNames& names = *[] {
    auto* made = new CountryNames;
    for (const CountryRow& row : kCountries) {
      (*made)[absl::AsciiStrToLower(row.alpha2)] = row.alpha2;
      (*made)[absl::AsciiStrToLower(row.alpha3)] = row.alpha2;
      for (const absl::string_view name : absl::StrSplit(row.names, '|')) {
        (*made)[std::string(name)] = row.alpha2;
      }
    }
    return made;
  }();
  return names;
}

}  // namespace

absl::string_view CountryCode(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.size() < 2 || text.size() > kCountryMax) return {};
  const auto found = Names().find(absl::AsciiStrToLower(text));
  return found == Names().end() ? absl::string_view() : found->second;
}

}  // namespace wiredesk
