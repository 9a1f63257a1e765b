#include "stages/tag/indicators/lists.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

// Of no registry, but written by who spoils an address so that nobody follows
// it: RFC 2606, hidden services, private networks.
constexpr absl::string_view kReserved =
    "example test invalid localhost local lan internal onion i2p bit eth";

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
  static const auto* const known = [] {
    auto* domains = new absl::flat_hash_set<absl::string_view>();
    for (const absl::string_view list : {TopLevelDomains(), kReserved}) {
      for (const absl::string_view one :
           absl::StrSplit(list, ' ', absl::SkipEmpty())) {
        domains->insert(one);
      }
    }
    return domains;
  }();
  char lower[24];
  if (name.size() < 2 || name.size() > sizeof(lower)) return false;
  std::transform(name.begin(), name.end(), lower, absl::ascii_tolower);
  return known->contains(absl::string_view(lower, name.size()));
}

absl::string_view DefaultWarningList() { return kWarnings; }

}  // namespace wiredesk
