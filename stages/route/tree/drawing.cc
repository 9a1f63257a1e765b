#include "stages/route/tree/drawing.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace wiredesk {
namespace {

// Longer tests end in an ellipsis in pictures.
constexpr size_t kTestBytes = 90;

// A route in the order of the tree, with its place.
struct Row {
  const Route* route = nullptr;
  int parent = -1;  // index of a row; -1 is the root
  int depth = 0;
  bool last = false;  // of its level
};

void AddRows(const std::vector<std::unique_ptr<Route>>& routes, int parent,
             int depth, bool more, std::vector<Row>& rows) {
  for (size_t i = 0; i < routes.size(); ++i) {
    const int self = static_cast<int>(rows.size());
    rows.push_back(
        {routes[i].get(), parent, depth, !more && i + 1 == routes.size()});
    AddRows(routes[i]->routes, self, depth + 1, false, rows);
  }
}

// The default is the last child of the root.
std::vector<Row> RowsOf(const RouteTree& tree) {
  std::vector<Row> rows;
  AddRows(tree.routes(), -1, 0, true, rows);
  rows.push_back({&tree.fallback(), -1, 0, true});
  return rows;
}

std::string Topics(const Route& route) {
  std::vector<std::string> topics;
  for (const TopicTemplate& topic : route.to) topics.push_back(topic.source());
  return route.drop ? "(dropped)" : absl::StrJoin(topics, ", ");
}

// What is special about a route: "continue, sample 0.1".
std::string Notes(const Route& route) {
  std::vector<std::string> notes;
  if (route.continues) notes.emplace_back("continue");
  if (route.sample < 1) notes.push_back(absl::StrCat("sample ", route.sample));
  if (route.rate_limit.records > 0) {
    notes.push_back(absl::StrCat(route.rate_limit.records, "/",
                                 absl::FormatDuration(route.rate_limit.per)));
  }
  if (!route.fan_out.empty()) {
    notes.push_back(absl::StrCat("one for each of ", route.fan_out));
  }
  if (route.has_key) {
    notes.push_back(absl::StrCat("key ", route.key.source()));
  }
  return absl::StrJoin(notes, ", ");
}

// On one line and not too long; cut between characters.
std::string Test(const Route& route, bool fallback) {
  if (fallback) return "everything else";
  std::string text = absl::StrReplaceAll(route.when, {{"\n", " "}});
  if (text.size() > kTestBytes) {
    size_t end = kTestBytes;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end) + "...";
  }
  return text.empty() ? "always" : text;
}

std::string EscapeXml(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

// Each topic once, in the order of the tree, with a number.
std::map<std::string, size_t> TopicNumbers(const std::vector<Row>& rows) {
  std::map<std::string, size_t> numbers;
  for (const Row& row : rows) {
    for (const TopicTemplate& topic : row.route->to) {
      numbers.try_emplace(topic.source(), numbers.size());
    }
  }
  return numbers;
}

}  // namespace

std::string DrawText(const RouteTree& tree) {
  std::string out = "routes\n";
  std::vector<std::string> stems = {""};  // what stands before a level
  const std::vector<Row> rows = RowsOf(tree);
  for (const Row& row : rows) {
    const auto depth = static_cast<size_t>(row.depth);
    stems.resize(depth + 1);
    const std::string stem = stems[depth];
    stems.push_back(stem + (row.last ? "   " : "│  "));
    const bool fallback = row.route == &tree.fallback();
    const std::string notes = Notes(*row.route);
    absl::StrAppend(&out, stem, row.last ? "└─ " : "├─ ", row.route->name,
                    " -> ", Topics(*row.route),
                    notes.empty() ? "" : absl::StrCat("  [", notes, "]"), "\n");
    absl::StrAppend(&out, stems.back(),
                    row.route->routes.empty() ? "   " : "│  ",
                    fallback || row.route->when.empty() ? "" : "when ",
                    fallback ? "everything else"
                    : row.route->when.empty()
                        ? "always"
                        : absl::StrReplaceAll(row.route->when, {{"\n", " "}}),
                    "\n");
  }
  return out;
}

std::string DrawDot(const RouteTree& tree) {
  const auto quote = [](absl::string_view text) {
    return absl::StrCat(
        "\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}),
        "\"");
  };
  const std::vector<Row> rows = RowsOf(tree);
  std::string out =
      "digraph routes {\n"
      "  rankdir=LR;\n"
      "  node [shape=box, fontname=\"sans-serif\"];\n"
      "  root [label=\"record\", shape=ellipse];\n";
  for (const auto& [topic, number] : TopicNumbers(rows)) {
    absl::StrAppend(&out, "  topic", number, " [label=", quote(topic),
                    ", shape=cylinder];\n");
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    const Route& route = *rows[i].route;
    const std::string from =
        rows[i].parent < 0 ? "root" : absl::StrCat("route", rows[i].parent);
    absl::StrAppend(&out, "  route", i, " [label=", quote(route.name), "];\n",
                    "  ", from, " -> route", i,
                    " [label=", quote(Test(route, &route == &tree.fallback())),
                    "];\n");
    for (const TopicTemplate& topic : route.to) {
      absl::StrAppend(&out, "  route", i, " -> topic",
                      TopicNumbers(rows)[topic.source()], " [style=dashed];\n");
    }
  }
  return out + "}\n";
}

std::string DrawMermaid(const RouteTree& tree) {
  const auto quote = [](absl::string_view text) {
    return absl::StrCat("\"",
                        absl::StrReplaceAll(text, {{"\"", "#quot;"},
                                                   {"#", "#35;"},
                                                   {"&", "#amp;"},
                                                   {"<", "#60;"},
                                                   {">", "#62;"}}),
                        "\"");
  };
  const std::vector<Row> rows = RowsOf(tree);
  std::map<std::string, size_t> numbers = TopicNumbers(rows);
  std::string out = "flowchart LR\n  root([record])\n";
  for (size_t i = 0; i < rows.size(); ++i) {
    const Route& route = *rows[i].route;
    const std::string from =
        rows[i].parent < 0 ? "root" : absl::StrCat("route", rows[i].parent);
    absl::StrAppend(&out, "  ", from, " -->|",
                    quote(Test(route, &route == &tree.fallback())), "| route",
                    i, "[", quote(route.name), "]\n");
    for (const TopicTemplate& topic : route.to) {
      absl::StrAppend(&out, "  route", i, " -.-> topic",
                      numbers[topic.source()], "[(", quote(topic.source()),
                      ")]\n");
    }
  }
  return out;
}

std::string DrawSvg(const RouteTree& tree) {
  constexpr int kRow = 46;
  constexpr int kIndent = 28;
  constexpr int kMargin = 16;
  constexpr int kCharacter = 8;  // the width of one, with room
  const std::vector<Row> rows = RowsOf(tree);
  int width = 0;
  std::string body;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Route& route = *rows[i].route;
    const int x = kMargin + rows[i].depth * kIndent + 20;
    const int y = kMargin + static_cast<int>(i) * kRow;
    const int above =
        rows[i].parent < 0 ? 0 : kMargin + rows[i].parent * kRow + 20;
    const std::string head =
        absl::StrCat(route.name, "  \xE2\x86\x92  ", Topics(route));
    const std::string test = Test(route, &route == &tree.fallback());
    const std::string notes = Notes(route);
    absl::StrAppend(&body, "<path d=\"M", x - 14, " ", above, " V", y + 14,
                    " H", x - 4, "\"/>\n<text x=\"", x, "\" y=\"", y + 18,
                    "\" class=\"r\">", EscapeXml(head), "</text>\n<text x=\"",
                    x, "\" y=\"", y + 35, "\">", EscapeXml(test),
                    notes.empty() ? "" : EscapeXml("  [" + notes + "]"),
                    "</text>\n");
    const size_t longest =
        std::max(head.size(), test.size() + notes.size() + 4);
    width = std::max(width, x + static_cast<int>(longest) * kCharacter);
  }
  const int height = 2 * kMargin + static_cast<int>(rows.size()) * kRow;
  return absl::StrCat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", width + kMargin,
      "\" height=\"", height,
      "\" font-family=\"sans-serif\" font-size=\"13\">\n<style>"
      "path{stroke:#888;fill:none}text{fill:#555}.r{fill:#000;"
      "font-weight:bold}</style>\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"#fff\"/>\n",
      body, "</svg>\n");
}

}  // namespace wiredesk
