#include "stages/tag/indicators/lists.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"

namespace wiredesk {
namespace {

// Sorted.
constexpr absl::string_view kGeneric[] = {
    "academy", "agency",   "app",     "art",     "bar",      "best",
    "bid",     "biz",      "blog",    "build",   "business", "buzz",
    "cam",     "cash",     "center",  "cfd",     "click",    "club",
    "com",     "company",  "coop",    "cyou",    "date",     "dev",
    "digital", "download", "edu",     "email",   "finance",  "fit",
    "fun",     "gov",      "group",   "guru",    "homes",    "host",
    "icu",     "info",     "int",     "jobs",    "life",     "link",
    "live",    "loan",     "lol",     "market",  "media",    "men",
    "mil",     "mobi",     "mom",     "museum",  "name",     "net",
    "network", "news",     "ninja",   "one",     "onion",    "online",
    "org",     "page",     "party",   "press",   "pro",      "quest",
    "racing",  "rest",     "review",  "rocks",   "run",      "sbs",
    "science", "services", "shop",    "site",    "space",    "store",
    "stream",  "studio",   "support", "systems", "tech",     "tel",
    "today",   "top",      "trade",   "travel",  "vip",      "wang",
    "website", "wiki",     "win",     "work",    "world",    "xxx",
    "xyz",     "zone"};

constexpr absl::string_view kWarnings = R"(
# Public resolvers and addresses of no host.
8.8.8.8
8.8.4.4
1.1.1.1
1.0.0.1
9.9.9.9
149.112.112.112
208.67.222.222
208.67.220.220
127.0.0.1
0.0.0.0
255.255.255.255
192.168.0.1
192.168.1.1
10.0.0.1
2001:4860:4860::8888
2001:4860:4860::8844
2606:4700:4700::1111
# Sites that articles link to, and mail services.
google.com
gmail.com
youtube.com
facebook.com
instagram.com
twitter.com
x.com
t.co
linkedin.com
wikipedia.org
github.com
githubusercontent.com
microsoft.com
outlook.com
hotmail.com
live.com
apple.com
icloud.com
amazon.com
amazonaws.com
cloudflare.com
yahoo.com
reddit.com
telegram.org
whatsapp.com
tiktok.com
mozilla.org
nytimes.com
washingtonpost.com
bbc.com
bbc.co.uk
reuters.com
apnews.com
afp.com
bloomberg.com
cnn.com
theguardian.com
wsj.com
ft.com
zdnet.com
bleepingcomputer.com
thehackernews.com
krebsonsecurity.com
wired.com
cisa.gov
nist.gov
fbi.gov
mitre.org
virustotal.com
example.com
example.org
example.net
)";

}  // namespace

bool IsTopLevelDomain(absl::string_view name) {
  if (name.size() == 2) {
    return absl::ascii_isalpha(name[0]) && absl::ascii_isalpha(name[1]);
  }
  char lower[16];
  if (name.size() < 3 || name.size() > sizeof(lower)) return false;
  std::transform(name.begin(), name.end(), lower, absl::ascii_tolower);
  return std::binary_search(std::begin(kGeneric), std::end(kGeneric),
                            absl::string_view(lower, name.size()));
}

absl::string_view DefaultWarningList() { return kWarnings; }

}  // namespace wiredesk
