#include "stages/parse/page/barrier.h"

#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/parse/bytes/ascii_search.h"

namespace wiredesk {
namespace {

using Phrases = std::initializer_list<absl::string_view>;

constexpr size_t kShortText = 600;  // bytes; an article is longer
constexpr size_t kNoText = 140;
constexpr size_t kFlash = 40;  // where the page marks it as its article
constexpr size_t kErrorTextMax = 1500;

// In lower case. Those of the title are looked for at its start or as a whole
// part of it, those of the text anywhere.
const Phrases kErrorTitles = {"404",
                              "403 ",
                              "500 ",
                              "502 ",
                              "503 ",
                              "page not found",
                              "not found",
                              "error 404",
                              "error 403",
                              "error 500",
                              "access denied",
                              "forbidden",
                              "internal server error",
                              "bad gateway",
                              "service unavailable",
                              "gateway timeout",
                              "attention required",
                              "just a moment",
                              "page unavailable",
                              "this page isn't available",
                              "are you a robot",
                              "security check",
                              "seite nicht gefunden",
                              "page introuvable",
                              "página no encontrada",
                              "pagina non trovata",
                              "robot or human"};
const Phrases kErrorTexts = {"page not found",
                             "page you requested",
                             "page you were looking for",
                             "page you are looking for",
                             "could not be found",
                             "cannot be found",
                             "no longer available",
                             "access denied",
                             "permission to access",
                             "enable javascript",
                             "checking your browser",
                             "verify you are human",
                             "unusual traffic",
                             "nicht gefunden",
                             "n'existe pas",
                             "internal server error"};
const Phrases kLoginTitles = {"log in",   "login",          "sign in",
                              "sign up",  "register",       "subscribe",
                              "anmelden", "connexion",      "iniciar sesión",
                              "accedi",   "create account", "members only"};
const Phrases kLoginTexts = {"log in to",
                             "sign in to",
                             "please log in",
                             "please sign in",
                             "forgot your password",
                             "forgot password",
                             "already a subscriber",
                             "already have an account",
                             "create an account",
                             "subscribe to continue",
                             "subscribe to read",
                             "to continue reading",
                             "passwort vergessen",
                             "mot de passe oublié"};
const Phrases kConsentTitles = {"cookie",
                                "consent",
                                "before you continue",
                                "privacy settings",
                                "your privacy",
                                "we value your privacy",
                                "gdpr"};
const Phrases kConsentTexts = {
    "we use cookies",     "uses cookies",          "accept all",
    "accept cookies",     "our partners",          "your consent",
    "manage consent",     "wir verwenden cookies", "nous utilisons des cookies",
    "utilizamos cookies", "before you continue",   "we value your privacy"};

bool HasAny(absl::string_view text, Phrases phrases) {
  for (const absl::string_view phrase : phrases) {
    if (ContainsIgnoreCase(text, phrase)) return true;
  }
  return false;
}

bool StartsWithAny(absl::string_view title, Phrases phrases) {
  for (const absl::string_view phrase : phrases) {
    if (absl::StartsWithIgnoreCase(title, phrase)) return true;
  }
  return false;
}

}  // namespace

absl::string_view FindHtmlBarrier(const HtmlMetadata& metadata,
                                  absl::string_view text, bool in_article) {
  const absl::string_view title =
      metadata.page_title.empty() ? metadata.headline : metadata.page_title;
  const bool is_article = metadata.linked.is_article;
  if (!is_article && text.size() < kErrorTextMax &&
      StartsWithAny(title, kErrorTitles)) {
    return "error page";
  }
  if (text.size() < kShortText) {
    if (!is_article && (HasAny(title, kErrorTitles) ||
                        (HasAny(text, kErrorTexts) && text.size() < 300))) {
      return "error page";
    }
    const int login = (metadata.asks_password ? 1 : 0) +
                      (StartsWithAny(title, kLoginTitles) ? 1 : 0) +
                      (HasAny(text, kLoginTexts) ? 1 : 0);
    if (login >= 2) return "login wall";
    if (!is_article &&
        (HasAny(text, kConsentTexts) || StartsWithAny(title, kConsentTitles))) {
      return "consent page";
    }
  }
  const size_t enough = is_article                                 ? 1
                        : in_article && !metadata.headline.empty() ? kFlash
                                                                   : kNoText;
  if (text.size() < enough) {
    return "no text";
  }
  return {};
}

}  // namespace wiredesk
