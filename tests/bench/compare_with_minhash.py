"""Dedupe end to end and two MinHash libraries over the same texts, one thread each, in articles a second.

    python3 tests/bench/compare_with_minhash.py --bench build/release/dedupe_bench [--articles FILE.ndjson] [--limit 2000]

`--articles` has one JSON article a line with `body`; without it the sample feed is taken, many times over with other
words. All split texts into words, make shingles of three, sketch them, ask the index, and insert: rensa (Rust) and
datasketch (pip install rensa datasketch) with 128 permutations and a threshold of 0.5. datasketch is fed as its
introduction shows, one shingle after the other, and with all shingles of a text at once, which NumPy makes the best of.
Each has two rows: from the raw text, as Python has to make the shingles for it, and with the shingles given, so that only
its own work is timed. wiredesk has one, from the raw text, and is compared with both. Where a library is missing it is
said to be skipped.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "config/sample/feed.ndjson"
PERMUTATIONS = 128
THRESHOLD = 0.5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", required=True, help="the built dedupe_bench")
    parser.add_argument("--articles", default=str(SAMPLE))
    parser.add_argument("--limit", type=int, default=2000)
    arguments = parser.parse_args()
    texts = read_texts(arguments.articles, arguments.limit)
    print(f"{len(texts)} texts of {sum(map(len, texts)) / len(texts):.0f} characters")
    ours = measure_ours(arguments.bench, texts)
    print(f"{'wiredesk, raw text':<36}{ours:10.0f} articles/s")
    given = [shingles(text) for text in texts]
    others = (("rensa", measure_rensa),
              ("datasketch", lambda articles, cut: measure_datasketch(articles, cut, at_once=False)),
              ("datasketch at once", lambda articles, cut: measure_datasketch(articles, cut, at_once=True)))
    for name, measure in others:
        for row, articles, cut in (("raw text", texts, shingles), ("given shingles", given, lambda shingles: shingles)):
            label = f"{name}, {row}"
            try:
                theirs = measure(articles, cut)
            except ImportError as missing:
                print(f"{label:<36}skipped: {missing}")
                continue
            print(f"{label:<36}{theirs:10.0f} articles/s, {ours / theirs:.1f} times slower")


def read_texts(path, limit):
    texts = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            try:
                article = json.loads(line)
            except ValueError:
                continue  # the sample feed has broken records on purpose
            if isinstance(article, dict) and isinstance(article.get("body"), str):
                texts.append(" ".join(article["body"].split()))
    base = [text for text in texts if len(text) > 200] or texts
    while len(base) < limit and path == str(SAMPLE):
        turn = len(base)
        base += [re.sub(r"\w+", lambda word: f"{word.group()}{turn}", text) for text in base[:limit - len(base)]]
    return base[:limit]


def measure_ours(bench, texts):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(texts) + "\n")
        file.flush()
        command = [bench, "--benchmark_filter=^BM_Texts", "--benchmark_format=json"]
        output = subprocess.run(command, env={**os.environ, "WIREDESK_BENCH_TEXTS": file.name}, check=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(output.stdout)["benchmarks"][0]["items_per_second"]


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i:i + 3]) for i in range(len(words) - 2)}


def rate(articles, deduplicate):
    begin = time.process_time()
    for number, article in enumerate(articles):
        deduplicate(number, article)
    return len(articles) / (time.process_time() - begin)


def measure_rensa(articles, cut):
    from rensa import RMinHash, RMinHashLSH
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)

    def deduplicate(number, article):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(list(cut(article)))
        index.query(sketch)
        index.insert(number, sketch)

    return rate(articles, deduplicate)


def measure_datasketch(articles, cut, at_once):
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def deduplicate(number, article):
        sketch = MinHash(num_perm=PERMUTATIONS)
        if at_once:
            sketch.update_batch([shingle.encode() for shingle in cut(article)])
        else:
            for shingle in cut(article):
                sketch.update(shingle.encode())
        index.query(sketch)
        index.insert(str(number), sketch)

    return rate(articles, deduplicate)


main()
