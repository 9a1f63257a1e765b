"""Dedupe end to end and two MinHash libraries over the same texts, one thread each, in articles a second.

    python3 tests/bench/compare_with_minhash.py --bench build/release/dedupe_bench [--articles FILE.ndjson] [--limit 2000]

`--articles` has one JSON article a line with `body`; without it the sample feed is taken, many times over with other
words. All split texts into words, make shingles of three, sketch them, ask the index, and insert: rensa (Rust) and
datasketch (pip install rensa datasketch) with 128 permutations and a threshold of 0.5. datasketch is fed as its
introduction shows, one shingle after the other, and with all shingles of a text at once, which NumPy makes the best of.
Where one is missing it is said to be skipped.
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
    print(f"{'wiredesk':<12}{ours:12.0f} articles/s")
    others = (("rensa", measure_rensa),
              ("datasketch", lambda texts: measure_datasketch(texts, at_once=False)),
              ("  at once", lambda texts: measure_datasketch(texts, at_once=True)))
    for name, measure in others:
        try:
            theirs = measure(texts)
        except ImportError as missing:
            print(f"{name:<12}skipped: {missing}")
            continue
        print(f"{name:<12}{theirs:12.0f} articles/s, {ours / theirs:.1f} times slower")


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


def rate(texts, deduplicate):
    begin = time.process_time()
    for number, text in enumerate(texts):
        deduplicate(number, text)
    return len(texts) / (time.process_time() - begin)


def measure_rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)

    def deduplicate(number, text):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(list(shingles(text)))
        index.query(sketch)
        index.insert(number, sketch)

    return rate(texts, deduplicate)


def measure_datasketch(texts, at_once):
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def deduplicate(number, text):
        sketch = MinHash(num_perm=PERMUTATIONS)
        if at_once:
            sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        else:
            for shingle in shingles(text):
                sketch.update(shingle.encode())
        index.query(sketch)
        index.insert(str(number), sketch)

    return rate(texts, deduplicate)


main()
