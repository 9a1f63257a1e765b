#!/usr/bin/env python3
"""Family names that are ordinary words, too ("Green", "Young"), put at the end of `given-names.tsv`.

Usage: family_names.py FOLDER, where people-registry.tsv.gz, person-names.txt.gz and words.txt.gz stand. Taken are words
that are the last name of at least BEARERS_MIN people of the registry; the list of names that the gazetteer has otherwise
leaves ordinary words out.
"""

import collections
import gzip
import pathlib
import sys

BEARERS_MIN = 8
WIDTH = 110
HEADING = "# Family names that are ordinary words, too; made by registry/family_names.py.\n"


def entries(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if not line.startswith("#")]


def main():
    folder = pathlib.Path(sys.argv[1])
    words = {word.strip().lower() for word in entries(folder / "words.txt.gz")}
    known = {name.strip() for name in entries(folder / "person-names.txt.gz")}
    bearers = collections.Counter()
    for line in entries(folder / "people-registry.tsv.gz"):
        parts = line.split("\t")[1].split()
        if len(parts) >= 2:
            bearers[parts[-1]] += 1
    names = sorted(name for name, count in bearers.items()
                   if count >= BEARERS_MIN and name not in known and name.lower() in words and len(name) > 2)
    table = folder / "given-names.tsv"
    text = table.read_text(encoding="utf-8").split(HEADING)[0] + HEADING + "#lexicon person-name\n"
    line = ""
    for name in names:
        if len(line) + len(name) >= WIDTH:
            text += line + "\n"
            line = ""
        line += (" " if line else "") + name
    table.write_text(text + line + "\n", encoding="utf-8")
    print(len(names), "family names")


if __name__ == "__main__":
    main()
