#include "stages/tag/explain/page.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kStyle = R"(
:root { --ink:#1d1d1f; --soft:#6b6b70; --line:#e3e3e6; --paper:#fff;
  --person:#b45309; --organization:#0e7490; --place:#15803d; --thing:#a21caf;
  --date:#1d4ed8; --amount:#4338ca; --indicator:#b91c1c; --quote:#78716c;
  --subject:#57534e; --tag:#be185d; --event:#0f766e;
  --tone:#57534e }
@media (prefers-color-scheme: dark) { :root { --ink:#ececf0; --soft:#a0a0a8;
  --line:#3a3a40; --paper:#161618; --person:#fbbf24; --organization:#22d3ee;
  --place:#4ade80; --thing:#e879f9; --date:#7dabff; --amount:#a5b4fc;
  --indicator:#f87171; --quote:#a8a29e; --subject:#b8b2ac; --tag:#f472b6; --event:#2dd4bf;
  --tone:#b8b2ac } }
* { box-sizing:border-box }
body { margin:0; background:var(--paper); color:var(--ink);
  font:16px/1.6 Georgia, "Times New Roman", serif }
main { display:grid; grid-template-columns:minmax(0,1fr) minmax(0,1fr);
  gap:3rem; max-width:84rem; margin:0 auto; padding:2.5rem 2rem }
@media (max-width:60rem) { main { grid-template-columns:minmax(0,1fr) } }
h1 { font-size:1.7rem; line-height:1.25; margin:0 0 1rem }
h2 { font:600 .8rem/1.4 system-ui, sans-serif; letter-spacing:.06em;
  text-transform:uppercase; color:var(--soft); margin:1.6rem 0 .3rem }
dl { display:grid; grid-template-columns:max-content minmax(0,1fr);
  gap:.15rem 1rem; margin:0 0 1.5rem; font:.85rem/1.5 system-ui, sans-serif }
dt { color:var(--soft) }
dd { margin:0; overflow-wrap:anywhere }
article p { margin:0 0 1em; white-space:pre-line }
q { quotes:none; border-bottom:1px dotted var(--quote) }
a.mark { color:inherit; text-decoration:none; border-radius:3px;
  padding:0 .1em; background:color-mix(in srgb, var(--c) 16%, transparent);
  box-shadow:inset 0 -2px var(--c) }
a.subject { background:none; box-shadow:none;
  border-bottom:1px dashed var(--c); border-radius:0 }
aside { font:.88rem/1.45 system-ui, sans-serif }
aside section:first-child h2 { margin-top:0 }
.decision { padding:.45rem .6rem .5rem; border-left:3px solid var(--c);
  border-bottom:1px solid var(--line); scroll-margin-top:1rem }
.decision b { font-weight:600 }
.decision code { color:var(--soft); font-size:.8rem; overflow-wrap:anywhere }
.why, .other { color:var(--soft); font-size:.8rem; overflow-wrap:anywhere }
.lit { outline:2px solid var(--c); outline-offset:1px }
.decision:target { background:color-mix(in srgb, var(--c) 12%, transparent) }
)";

constexpr absl::string_view kScript = R"(
const all = document.querySelectorAll('[data-d]');
function light(d, on) {
  for (const e of all) if (e.dataset.d === d) e.classList.toggle('lit', on);
}
for (const e of all) {
  e.addEventListener('mouseenter', () => light(e.dataset.d, true));
  e.addEventListener('mouseleave', () => light(e.dataset.d, false));
}
)";

constexpr absl::string_view kHeadings[] = {
    "People",  "Organizations", "Places",     "Things",   "Dates",
    "Amounts", "Indicators",    "Quotations", "Subjects", "Tags"};

void AppendEscaped(absl::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
}

class PageWriter {
 public:
  explicit PageWriter(const Explanation& explanation)
      : explanation_(explanation) {}

  std::string Write() {
    out_ =
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>";
    AppendEscaped(explanation_.headline, out_);
    absl::StrAppend(&out_, "</title>\n<style>", kStyle,
                    "</style>\n<main>\n<article>\n<h1>");
    Text(CutIntoPieces(explanation_, /*headline=*/true));
    out_ += "</h1>\n<dl>\n";
    for (const auto& [name, value] : explanation_.facts) {
      out_ += "<dt>";
      AppendEscaped(name, out_);
      out_ += "</dt><dd>";
      AppendEscaped(value, out_);
      out_ += "</dd>\n";
    }
    out_ += "</dl>\n<p>";
    Text(CutIntoPieces(explanation_, /*headline=*/false));
    out_ += "</p>\n</article>\n<aside>\n";
    Decisions();
    absl::StrAppend(&out_, "</aside>\n</main>\n<script>", kScript,
                    "</script>\n</html>\n");
    return std::move(out_);
  }

 private:
  const TagDecision& decision(int32_t i) const {
    return explanation_.decisions[i];
  }

  void Text(const std::vector<TextPiece>& pieces) {
    int32_t quote = kNoDecision;
    for (const TextPiece& piece : pieces) {
      if (piece.quote != quote) {
        if (quote != kNoDecision) out_ += "</q>";
        if (piece.quote != kNoDecision) {
          absl::StrAppend(&out_, "<q data-d=\"", piece.quote,
                          "\" style=\"--c:var(--quote)\">");
        }
        quote = piece.quote;
      }
      Piece(piece);
    }
    if (quote != kNoDecision) out_ += "</q>";
  }

  void Piece(const TextPiece& piece) {
    const bool marked = piece.decision != kNoDecision;
    if (marked) {
      const absl::string_view kind =
          DecisionKindName(decision(piece.decision).kind);
      absl::StrAppend(&out_, "<a class=\"mark ", kind, "\" data-d=\"",
                      piece.decision, "\" href=\"#d", piece.decision,
                      "\" style=\"--c:var(--", kind, ")\" title=\"", kind,
                      ": ");
      AppendEscaped(decision(piece.decision).what, out_);
      out_ += "\">";
    }
    // A quotation is closed and opened again around a paragraph's end.
    const absl::string_view again =
        piece.quote == kNoDecision ? "</p>\n<p>" : "\n\n";
    absl::string_view rest = piece.text;
    for (;;) {
      const size_t end = rest.find("\n\n");
      AppendEscaped(rest.substr(0, end), out_);
      if (end == absl::string_view::npos) break;
      absl::StrAppend(&out_, marked ? "\n\n" : again);
      rest.remove_prefix(end + 2);
    }
    if (marked) out_ += "</a>";
  }

  void Decisions() {
    for (size_t kind = 0; kind < std::size(kHeadings); ++kind) {
      bool open = false;
      for (size_t i = 0; i < explanation_.decisions.size(); ++i) {
        if (static_cast<size_t>(decision(static_cast<int32_t>(i)).kind) !=
            kind) {
          continue;
        }
        if (!open) {
          absl::StrAppend(&out_, "<section>\n<h2>", kHeadings[kind], "</h2>\n");
        }
        open = true;
        One(static_cast<int32_t>(i));
      }
      if (open) out_ += "</section>\n";
    }
  }

  void One(int32_t i) {
    const TagDecision& one = decision(i);
    absl::StrAppend(&out_, "<div class=\"decision\" id=\"d", i, "\" data-d=\"",
                    i, "\" style=\"--c:var(--", DecisionKindName(one.kind),
                    ")\"><b>");
    AppendEscaped(one.what, out_);
    out_ += "</b> <code>";
    AppendEscaped(one.id, out_);
    out_ += "</code><div class=\"why\">because ";
    AppendEscaped(one.why, out_);
    out_ += "</div>";
    if (!one.alternatives.empty()) {
      out_ += "<div class=\"other\">rather than ";
      AppendEscaped(absl::StrJoin(one.alternatives, "; "), out_);
      out_ += "</div>";
    }
    out_ += "</div>\n";
  }

  const Explanation& explanation_;
  std::string out_;
};

}  // namespace

std::string ExplainAsPage(const Explanation& explanation) {
  return PageWriter(explanation).Write();
}

}  // namespace wiredesk
