"""Writes topics_default.cc from config/topics/topics.tsv: python3 topics_default.py > topics_default.cc"""

from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "config/topics/topics.tsv"


def main():
    print("// Made by topics_default.py from config/topics/topics.tsv. Do not edit.\n")
    print('#include "stages/tag/topics_default.h"\n')
    print("namespace wiredesk {\nnamespace {\n")
    print("// clang-format off\nconstexpr char kTopics[] =")
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        pieces = [line[i:i + 60] for i in range(0, len(line), 60)]
        for i, piece in enumerate(pieces):
            text = piece.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
            print(f'    "{text}' + ('\\n"' if i + 1 == len(pieces) else '"'))
    print("    ;\n// clang-format on\n\n}  // namespace\n")
    print("absl::string_view DefaultTopicTable() {\n  return {kTopics, sizeof(kTopics) - 1};\n}\n")
    print("}  // namespace wiredesk")


main()
