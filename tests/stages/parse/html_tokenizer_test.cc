// Goal: HTML is cut as browsers cut it, whatever the input.
// Method: tables of small cases, and where the html5lib tests lie next to the
// project, all of them whose outcome our departures (html/tokenizer.h) do not
// touch, compared token by token.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "stages/parse/html/entities.h"
#include "stages/parse/html/tokenizer.h"

namespace wiredesk {
namespace {

std::string Decoded(absl::string_view text, bool in_attribute) {
  std::string out;
  AppendDecodedHtml(text, in_attribute, out);
  return out;
}

std::string AttributesText(const HtmlToken& token) {
  std::vector<std::string> parts;
  std::vector<std::string> names;
  for (const HtmlAttribute& attribute : token.attributes) {
    const std::string name = absl::AsciiStrToLower(attribute.name);
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    names.push_back(name);
    parts.push_back(
        absl::StrCat(" ", name, "=", Decoded(attribute.value, true)));
  }
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

// One line for each token: "<p a=b>", "</p>", "!comment", "'text".
std::vector<std::string> Tokens(absl::string_view html,
                                HtmlTag inside = HtmlTag::kUnknown) {
  HtmlTokenizer tokenizer(html);
  tokenizer.EnterContentOf(inside);
  HtmlToken token;
  std::vector<std::string> lines;
  while (tokenizer.Next(token)) {
    const std::string name = absl::AsciiStrToLower(token.name);
    switch (token.type) {
      case HtmlTokenType::kText: {
        const std::string text =
            token.raw ? std::string(token.text) : Decoded(token.text, false);
        if (!lines.empty() && lines.back()[0] == '\'') {
          lines.back() += text;
        } else {
          lines.push_back(absl::StrCat("'", text));
        }
        break;
      }
      case HtmlTokenType::kStartTag:
        lines.push_back(absl::StrCat("<", name, AttributesText(token),
                                     token.self_closing ? "/>" : ">"));
        break;
      case HtmlTokenType::kEndTag:
        lines.push_back(absl::StrCat("</", name, ">"));
        break;
      case HtmlTokenType::kComment:
        lines.push_back(absl::StrCat("!", token.text));
        break;
      case HtmlTokenType::kDoctype:
        lines.push_back("doctype");
        break;
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(HtmlTokenizerTest, CutsTagsTextAndComments) {
  const struct {
    absl::string_view html;
    Lines tokens;
  } cases[] = {
      {"", {}},
      {"a < b", {"'a < b"}},
      {"<p>one</p>", {"<p>", "'one", "</p>"}},
      {"<P Class=Big ID='x'>", {"<p class=Big id=x>"}},
      {"<a href=x?a=1&copy=2>", {"<a href=x?a=1&copy=2>"}},
      {"<br/><br />", {"<br/>", "<br/>"}},
      {"<!-- a -- b -->c", {"! a -- b ", "'c"}},
      {"<!--->x", {"!", "'x"}},
      {"<!doctype html>x", {"doctype", "'x"}},
      {"<?xml version='1.0'?>", {"!?xml version='1.0'?"}},
      {"</>x</ y>", {"'x", "! y"}},
      {"x<p", {"'x"}},
      {"<script>if (a<b) '</p>'</script>z",
       {"<script>", "'if (a<b) '</p>'", "</script>", "'z"}},
      {"<script><!--<script></script>--></script>z",
       {"<script>", "'<!--<script></script>-->", "</script>", "'z"}},
      {"<title>a &amp; <b></title>", {"<title>", "'a & <b>", "</title>"}},
      {"<style>p{}</style >", {"<style>", "'p{}", "</style>"}},
      {"&eacute;&#8217;&#x41;&bogus;&", {"'é’A&bogus;&"}},
      {"&#146;&#0;&#x110000;", {"'’\uFFFD\uFFFD"}},
      {"&#55357;&#56832;", {"'\U0001F600"}},
      {"&notit; &notin;", {"'¬it; ∉"}},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(Tokens(test.html), test.tokens) << test.html;
  }
}

TEST(HtmlTokenizerTest, AttributesAreLimited) {
  std::string html = "<p";
  for (int i = 0; i < 10000; ++i) absl::StrAppend(&html, " a", i, "=b");
  html += ">x";
  HtmlTokenizer tokenizer(html);
  HtmlToken token;
  ASSERT_TRUE(tokenizer.Next(token));
  EXPECT_EQ(token.attributes.size(), HtmlTokenizer::kAttributesMax);
  ASSERT_TRUE(tokenizer.Next(token));
  EXPECT_EQ(token.text, "x");
}

TEST(HtmlTokenizerTest, EveryPrefixIsReadToItsEnd) {
  const absl::string_view html =
      "<!doctype html><!-- x --><script><!--<script>a</script>--></script>"
      "<title>t&amp;</title><a b='c' d=\"e\" f=g h/>&eacute;&#x20;</a><![C]]>";
  for (size_t size = 0; size <= html.size(); ++size) {
    HtmlTokenizer tokenizer(html.substr(0, size));
    HtmlToken token;
    size_t tokens = 0;
    while (tokenizer.Next(token)) ASSERT_LT(++tokens, 100u);
    EXPECT_EQ(tokenizer.position(), size);
  }
}

// --- html5lib ---------------------------------------------------------------

std::string Unescaped(absl::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\\u" && i + 6 <= text.size()) {
      const auto code = static_cast<uint32_t>(
          std::stoul(std::string(text.substr(i + 2, 4)), nullptr, 16));
      AppendUtf8(code, out);
      i += 5;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

struct Html5Case {
  std::string input;
  HtmlTag inside = HtmlTag::kUnknown;
  Lines tokens;
};

Lines ExpectedTokens(simdjson::dom::array output, bool escaped) {
  const auto text = [escaped](simdjson::dom::element element) {
    const absl::string_view view = View(element.get_string().value());
    return escaped ? Unescaped(view) : std::string(view);
  };
  Lines lines;
  for (const simdjson::dom::array token : output) {
    const std::string kind = text(token.at(0));
    if (kind == "DOCTYPE") {
      lines.push_back("doctype");
    } else if (kind == "StartTag") {
      Lines parts;
      for (const auto field : simdjson::dom::object(token.at(2))) {
        const std::string name(field.key);
        parts.push_back(absl::StrCat(" ", escaped ? Unescaped(name) : name, "=",
                                     text(field.value)));
      }
      std::sort(parts.begin(), parts.end());
      std::string line = absl::StrCat("<", text(token.at(1)));
      for (const std::string& part : parts) line += part;
      lines.push_back(line + (token.size() > 3 ? "/>" : ">"));
    } else if (kind == "EndTag") {
      lines.push_back(absl::StrCat("</", text(token.at(1)), ">"));
    } else if (kind == "Comment") {
      lines.push_back(absl::StrCat("!", text(token.at(1))));
    } else {
      const std::string run = text(token.at(1));
      if (!lines.empty() && lines.back()[0] == '\'') {
        lines.back() += run;
      } else {
        lines.push_back(absl::StrCat("'", run));
      }
    }
  }
  return lines;
}

// Cases that our departures touch: NUL, carriage returns, CDATA sections, and
// references to the halves of a surrogate pair.
bool Comparable(absl::string_view input, absl::string_view state) {
  return input.find('\0') == absl::string_view::npos &&
         input.find('\r') == absl::string_view::npos &&
         input.find("&#xD8") == absl::string_view::npos &&
         state != "CDATA section state";
}

HtmlTag ElementOf(absl::string_view state, absl::string_view last_tag) {
  if (state == "PLAINTEXT state") return HtmlTag::kPlaintext;
  if (state == "Script data state") return HtmlTag::kScript;
  if (state == "RCDATA state") {
    return last_tag == "textarea" ? HtmlTag::kTextarea : HtmlTag::kTitle;
  }
  if (state == "RAWTEXT state") return FindHtmlTag(last_tag);
  return HtmlTag::kUnknown;
}

TEST(HtmlTokenizerTest, AgreesWithHtml5lib) {
  const std::filesystem::path folder =
      std::filesystem::path(WIREDESK_SOURCE_DIR) /
      "../shared/data/feeds/html5lib-tests/tokenizer";
  if (!std::filesystem::exists(folder)) GTEST_SKIP();
  simdjson::dom::parser parser;
  int compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".test") continue;
    simdjson::dom::element document = parser.load(file.path().string()).value();
    simdjson::dom::array tests;
    if (document["tests"].get(tests) != simdjson::SUCCESS) continue;
    for (const simdjson::dom::object test : tests) {
      const bool escaped = test["doubleEscaped"].error() == simdjson::SUCCESS &&
                           test["doubleEscaped"].get_bool().value();
      const std::string_view last_tag =
          test["lastStartTag"].error() == simdjson::SUCCESS
              ? test["lastStartTag"].get_string().value()
              : std::string_view();
      std::string input(test["input"].get_string().value());
      if (escaped) input = Unescaped(input);
      Lines states = {"Data state"};
      simdjson::dom::array given;
      if (test["initialStates"].get(given) == simdjson::SUCCESS) {
        states.clear();
        for (const std::string_view state : given) states.emplace_back(state);
      }
      const Lines expected =
          ExpectedTokens(test["output"].get_array(), escaped);
      for (const std::string& state : states) {
        const HtmlTag inside = ElementOf(state, View(last_tag));
        const bool known = state == "Data state" ||
                           inside == HtmlTag::kPlaintext ||
                           HtmlTagName(inside) == View(last_tag);
        if (!known || !Comparable(input, state)) continue;
        ++compared;
        EXPECT_EQ(Tokens(input, inside), expected)
            << file.path().filename() << " " << state << ": " << input;
      }
    }
  }
  EXPECT_GT(compared, 6000);
}

}  // namespace
}  // namespace wiredesk
