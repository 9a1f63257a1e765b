"""Writes default_topics.cc from config/topics/topics.tsv: python3 default_topics.py > default_topics.cc"""

from pathlib import Path

TABLE = Path(__file__).resolve().parents[3] / "config/topics/topics.tsv"


def cut(line, width=76):
    """The line as C++ literals, none of them wider than a line of code."""
    pieces = [""]
    for char in line:
        escaped = {"\\": "\\\\", '"': '\\"', "\t": "\\t"}.get(char, char)
        if len(pieces[-1]) + len(escaped) > width:
            pieces.append("")
        pieces[-1] += escaped
    return pieces


def main():
    print("// Made by default_topics.py from config/topics/topics.tsv. Do not edit.\n")
    print('#include "stages/tag/topics/default_topics.h"\n')
    print("namespace wiredesk {\nnamespace {\n")
    print("// clang-format off\nconstexpr char kTopics[] =")
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        pieces = cut(line)
        for i, piece in enumerate(pieces):
            print(f'"{piece}' + ('\\n"' if i + 1 == len(pieces) else '"'))
    print("    ;\n// clang-format on\n\n}  // namespace\n")
    print("absl::string_view DefaultTopicTable() {\n  return {kTopics, sizeof(kTopics) - 1};\n}\n")
    print("}  // namespace wiredesk")


main()
