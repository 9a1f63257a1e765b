#!/usr/bin/env python3
"""Names that stand in two files of one room, each in an unnamed namespace.

Quickstart, the image and tests/run.sh compile a room as one file (WIREDESK_UNITY),
where such names meet. This tells of them in a tenth of a second, without a
compiler, and is told by tests/lint.sh --format.

    tests/tidy/room_names.py [FOLDER]
"""

import collections
import pathlib
import re
import sys

# As in CMakeLists.txt: commands are compiled alone, and so is what needs a
# definition of its own.
ALONE = re.compile(r"(_command|/http_server|/main|/data_path)\.cc$|pipeline/command/|^stages/[a-z_]+\.cc$")
# "}  // namespace", without the comment.
UNNAMED = re.compile(r"^namespace \{\n(.*?)^\} +$", re.S | re.M)
CONSTANT = re.compile(
    r"^(?:static |inline )?(?:constexpr|const|constinit|thread_local)\b[^=;({]*?\b(\w+)(?:\[[^\]]*\])*\s*[=;{]", re.M)
TYPE = re.compile(r"^(?:struct|class|enum class|enum)\s+(\w+)[^;]*?\{", re.M)
FUNCTION = re.compile(
    r"^(?:template[^\n]*\n)?[A-Za-z_][\w:<>,&*\s]*?[\s&*](\w+)\(((?:[^()]|\([^()]*\))*)\)\s*(?:const\s*)?\{", re.M)


def parameters(text):
    """The types of a function's parameters: two of one name may differ in them."""
    text = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text))
    return re.sub(r"\b\w+(?=,|$)", "", text).strip()


def names(source):
    source = re.sub(r"//.*", "", source)
    for block in UNNAMED.findall(source):
        for pattern in (CONSTANT, TYPE):
            yield from pattern.findall(block)
        for name, arguments in FUNCTION.findall(block):
            yield f"{name}({parameters(arguments)})"


def main(root):
    rooms = collections.defaultdict(lambda: collections.defaultdict(set))
    for top in ("config", "pipeline", "stages"):
        for path in sorted((root / top).rglob("*.cc")):
            relative = path.relative_to(root).as_posix()
            if ALONE.search(relative):
                continue
            for name in names(path.read_text()):
                rooms[path.parent.relative_to(root).as_posix()][name].add(path.name)
    found = 0
    for room, known in rooms.items():
        for name, files in known.items():
            if len(files) > 1:
                found += 1
                print(f"{room}: {name} stands in {' and '.join(sorted(files))}; a room is compiled as one file, "
                      "so rename one of them, or let them share it")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])))
