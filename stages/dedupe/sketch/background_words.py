"""Writes background_words_table.cc: python3 background_words.py COLLECTION COLLECTION COLLECTION > background_words_table.cc

A collection is a file with one article a line, from one period. Of the shares of articles that have a word, one a
collection, the middle one counts: a word that is frequent in one period only is news, not language.
"""

import re
import sys
import unicodedata
from collections import Counter

LEAST_SHARE = 1 / 256
FIRST_WORDS = 400


def words(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return {word.lower() for word in re.findall(r"[^\W_]+", plain)[:FIRST_WORDS]}


def shares(path):
    count, articles = Counter(), 0
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            articles += 1
            count.update(words(line))
    return {word: n / articles for word, n in count.items()}


def quarter(share):
    """The share as a power of 2^(-1/4)."""
    step = 0
    while share * 2 ** ((step + 0.5) / 4) < 1:
        step += 1
    return step


def main():
    collections = [shares(path) for path in sys.argv[1:]]
    classes = {}
    for word in sorted(set().union(*collections)):
        middle = sorted(one.get(word, 0) for one in collections)[len(collections) // 2]
        if middle >= LEAST_SHARE and len(word) >= 3 and word.isascii() and not word.isdigit():
            classes.setdefault(quarter(middle), []).append(word)
    print("// Made by background_words.py. Do not edit.\n")
    print('#include "stages/dedupe/sketch/background_words_table.h"\n')
    print("namespace wiredesk {\n\n// clang-format off")
    print("const BackgroundClass kBackgroundClasses[] = {")
    for step, list_of in sorted(classes.items()):
        print(f"    {{{step},")
        line = ""
        for word in list_of:
            if len(line) + len(word) > 70:
                print(f'     "{line}"')
                line = ""
            line += word + " "
        print(f'     "{line.rstrip()}"}},')
    print("};\n// clang-format on\n")
    print("const size_t kBackgroundClassCount =\n    sizeof(kBackgroundClasses) / sizeof(kBackgroundClasses[0]);\n")
    print("}  // namespace wiredesk")


main()
