// Goal: a text is read as HTML where it is, and as it stands where it is not.
// Method: tables of texts that people write, of both kinds; long ones that
// would take quadratic time.

#include "stages/parse/html/markup_sniff.h"

#include <string>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(MarkupSniffTest, TagsAreMarkup) {
  for (const char* text : {
           "<p>Ships came in.</p>",
           "Ships came in.<p>They left.",
           "Ships came in.<br>They left.<br/>Then<br />night",
           "SHIPS<BR>CAME",
           "Of <b>two</b> ships",
           "Of <EM class='x'>two</em > ships",
           "<a href=\"https://example.org/?a=1&b=2\">Ships</a> came",
           "<a href=https://example.org/>Ships",
           "see <a rel='x' href = 'y'>ships</a>",
           "<img src=\"ship.jpg\" alt=\"a > b\">",
           "<div class=x><span>cut off here",
           "<ul><li>one<li>two</ul>",
           "cut off at its beginning</td></tr>",
           "<!-- note --> Ships",
           "<!DOCTYPE html><title>Ships</title>",
           "<?xml version=\"1.0\"?><doc/>",
           "<![CDATA[Ships]]>",
           "<script>if (a < b) sail();</script> Ships",
           "<iframe src='//example.org'></iframe>",
           "<newsbody><para>Ships came in.</para></newsbody>",
           "<o:p></o:p> Ships",
           "first `cat <<EOF`, then <p>a paragraph</p>",
           "vector<int> is a type, <i>this</i> is in italics",
           "<h2>Ships</h2>",
           "<input type=checkbox checked>",
       }) {
    EXPECT_EQ(SniffMarkup(text), TextMarkup::kTags) << text;
  }
}

TEST(MarkupSniffTest, OtherUsesOfAngleBracketsAreNone) {
  for (const char* text : {
           "",
           "<",
           "Ships came in.",
           "a < b and c > d",
           "if a <b and c> d then",
           "for i <p; p> 3",
           "1<2, 3>2, <3",
           "I <3 ships >:)",
           "vector<int> and Map<String, List<Address>>",
           "Vec<P>, Option<Body>, Result<Table>",
           "template <class T> and <typename Args>",
           "Ann Lee <ann@example.org>, Bob <b@example.org>",
           "<a@example.org> and <p@example.org> wrote",
           "see <https://example.org/a?b=c> for more",
           "$ cat > config.toml <<EOF\n[port]\nquay = 2\nEOF",
           "cat <<-'EOF' >out.txt\nx\nEOF",
           "std::cout << title << body; x <<b>> y",
           "usage: sail <port> [<quay>] <time> --label <label>",
           "git checkout <b> # your branch",
           "Press <Enter>, then <Ctrl>+<C>",
           "Write `<p>` before and `</p>` behind it",
           "Use ``<b>`x`</b>`` here",
           "```html\n<p>Ships</p>\n```\nis how",
           "~~~\n<div class=\"x\">\n~~~",
           "```\n<p>never closed",
           "  ```\n  <br>\n  ```\nplain",
           "<!-- never closed",
           "<b",
           "</3 and </",
           "<a href=\"never closed",
           "<unknown>",
           "<- left, -> right, <= 3, <> 4, <=> 5",
           "AT&T and R&D",
       }) {
    EXPECT_EQ(SniffMarkup(text), TextMarkup::kNone) << text;
  }
}

TEST(MarkupSniffTest, ReferencesAloneLeaveAngleBracketsAlone) {
  EXPECT_EQ(SniffMarkup("R&amp;D"), TextMarkup::kReferences);
  EXPECT_EQ(SniffMarkup("caf&#233; <ann@example.org>"),
            TextMarkup::kReferences);
  EXPECT_EQ(SniffMarkup("R&amp;<br>D"), TextMarkup::kTags);
}

TEST(MarkupSniffTest, LongTextsTakeLinearTime) {
  for (const char* piece :
       {"<!--", "<![CDATA[", "<b>", "<unknown>", "`a` <b ", "` \n\n<b ",
        "<a b=\"", "<a b='", "<a x ", "~", "<", "```\n", "<b></b ", "``<"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    SniffMarkup(text);  // an hour, were it quadratic
  }
}

}  // namespace
}  // namespace wiredesk
