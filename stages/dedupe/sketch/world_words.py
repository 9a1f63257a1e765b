"""Writes world_words_table.cc: python3 world_words.py FOLDER > world_words_table.cc

FOLDER is wordfreq/data of the package wordfreq 3.1.1 (Robyn Speer; code under the Apache licence 2.0, data under CC BY-SA
4.0), which has the frequency of words in many languages, from Wikipedia, subtitles (OPUS OpenSubtitles, SUBTLEX), news,
books (Google Books Ngrams), the web (Leeds Internet Corpus, ParaCrawl), Twitter and Reddit. What is written is a
selection of its words, each with the share of articles that is to be expected from its frequency, and is under CC BY-SA
4.0 too.
"""

import gzip
import math
import sys
import unicodedata
from pathlib import Path

LANGUAGES = {"en": 3e-7, **dict.fromkeys(("de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ru", "ar"), 1e-5)}
# An article has some hundred words, and has its rare words more than once.
WORDS_AN_ARTICLE = 200


def unpack(data):
    """What MessagePack is used for here: lists of lists of strings, behind a header."""
    position = 0

    def number(size):
        nonlocal position
        position += size
        return int.from_bytes(data[position - size:position], "big")

    def value():
        nonlocal position
        kind = number(1)
        if kind < 0x80:
            return kind
        if kind < 0x90:
            return {value(): value() for _ in range(kind & 15)}
        if kind < 0xa0 or kind in (0xdc, 0xdd):
            return [value() for _ in range(kind & 15 if kind < 0xa0 else number(2 if kind == 0xdc else 4))]
        if kind in (0xcc, 0xcd):
            return number(kind - 0xcb)
        size = kind & 31 if kind < 0xc0 else number({0xd9: 1, 0xda: 2, 0xdb: 4}[kind])
        position += size
        return data[position - size:position].decode()
    return value()


def frequencies(path):
    """Frequency by word. The lists stand in the order of hundredths of a power of ten."""
    lists = unpack(gzip.decompress(path.read_bytes()))[1:]
    return {word: 10 ** (-step / 100) for step, words in enumerate(lists) for word in words}


def plain(word):
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).lower()


def quarter(frequency):
    """The share of articles as a power of 2^(-1/4)."""
    return round(-4 * math.log2(1 - (1 - frequency) ** WORDS_AN_ARTICLE))


def main():
    highest = {}
    for language, least in LANGUAGES.items():
        for word, frequency in frequencies(Path(sys.argv[1]) / f"large_{language}.msgpack.gz").items():
            word = plain(word)
            if frequency >= least and len(word) >= 3 and word.isalpha():
                highest[word] = max(highest.get(word, 0), frequency)
    classes = {}
    for word in sorted(highest):
        classes.setdefault(quarter(highest[word]), []).append(word)
    print("// Made by world_words.py out of the data of wordfreq, by Robyn Speer and others: CC BY-SA 4.0. Do not edit.\n")
    print('#include "stages/dedupe/sketch/world_words_table.h"\n')
    print("namespace wiredesk {\n\n// clang-format off")
    print("const WorldWordsClass kWorldWords[] = {")
    for step, words in sorted(classes.items()):
        print(f"    {{{step},")
        line = ""
        for word in words:
            if len(line) + len(word) > 110:
                print(f'     "{line}"')
                line = ""
            line += word + " "
        print(f'     "{line.rstrip()}"}},')
    print("};\n// clang-format on\n")
    print("const size_t kWorldWordsClasses = sizeof(kWorldWords) / sizeof(kWorldWords[0]);\n")
    print("}  // namespace wiredesk")


main()
