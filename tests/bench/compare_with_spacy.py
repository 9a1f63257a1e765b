"""The tag stage and spaCy over the same text, one thread each, in MB of text a second.

    python3 tests/bench/compare_with_spacy.py --bench build/release/tag_bench [--articles FILE.ndjson] [--spacy-articles 50]
        [--model NAME_OR_FOLDER]

`--articles` has one JSON article a line with `title` (or `headline`) and `body`; without it the sample feed is taken. `--model` names an
installed model of spaCy or the folder of one; without it the largest of en_core_web_lg, md and sm that is installed is
used (pip install spacy; python3 -m spacy download en_core_web_lg), and the output says which one ran. The small model is
the fastest of the three, so a ratio over it is a lower bound of the ratio over the large one. Where spaCy or a model is
missing, it says that this half is skipped, and gives the other. Both do their own work: spaCy
tags, parses and finds names; the tag stage finds and links names and places, dates, amounts, quotations with their
speakers, indicators and subjects.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "config/sample/feed.ndjson"
MODELS = "en_core_web_lg", "en_core_web_md", "en_core_web_sm"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", required=True, help="the built tag_bench")
    parser.add_argument("--articles", default=str(SAMPLE))
    parser.add_argument("--spacy-articles", type=int, default=50, help="how many of them spaCy reads")
    parser.add_argument("--model", help="an installed model, or the folder of one")
    arguments = parser.parse_args()
    ours = measure_stage(arguments.bench, arguments.articles)
    print(f"tag stage                 {ours / 1e6:10.3f} MB/s")
    name, theirs = measure_spacy(read_texts(arguments.articles)[:arguments.spacy_articles], arguments.model)
    if theirs is None:
        print(f"spaCy                     skipped: {name}")
        return
    print(f"spaCy {name:<20}{theirs / 1e6:10.3f} MB/s")
    print(f"ratio                     {ours / theirs:10.0f}")


def measure_stage(bench, articles):
    """Bytes of text a second, as the benchmark says."""
    command = [bench, "--benchmark_filter=^BM_TagStage$", "--benchmark_format=json", "--benchmark_min_time=2"]
    environment = {**os.environ, "WIREDESK_BENCH_ARTICLES": articles}
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(output.stdout)["benchmarks"][0]["bytes_per_second"]


def read_texts(path):
    texts = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            try:
                article = json.loads(line)
            except ValueError:
                continue  # the sample feed has broken records on purpose
            if isinstance(article, dict) and isinstance(article.get("body"), str):
                texts.append(f"{article.get('title') or article.get('headline') or ''}\n\n{article['body']}")
    return texts


def measure_spacy(texts, model):
    """(model, bytes of text a second of processor time), or (reason, None)."""
    try:
        import spacy
    except ImportError:
        return "it is not installed", None
    model = model or next((one for one in MODELS if spacy.util.is_package(one)), None)
    if model is None:
        return f"none of {', '.join(MODELS)} is installed", None
    try:
        nlp = spacy.load(model)
    except OSError as error:
        return f"{model} cannot be loaded: {error}", None
    list(nlp.pipe(texts[:2]))
    start = time.process_time()
    for _ in nlp.pipe(texts, n_process=1):
        pass
    seconds = time.process_time() - start
    name = "{lang}_{name} {version}".format(**nlp.meta)
    return name, sum(len(text.encode()) for text in texts) / seconds


if __name__ == "__main__":
    sys.exit(main())
