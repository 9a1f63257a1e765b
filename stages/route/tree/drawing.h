// The routing tree as a picture: for a terminal, and in the languages of three
// kinds of viewers.

#ifndef WIREDESK_STAGES_ROUTE_TREE_DRAWING_H_
#define WIREDESK_STAGES_ROUTE_TREE_DRAWING_H_

#include <string>

#include "stages/route/tree/route_tree.h"

namespace wiredesk {

std::string DrawText(const RouteTree& tree);
std::string DrawDot(const RouteTree& tree);      // Graphviz
std::string DrawMermaid(const RouteTree& tree);  // a flowchart
std::string DrawSvg(const RouteTree& tree);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_DRAWING_H_
