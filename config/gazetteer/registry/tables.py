"""Reads our own tables of names."""

import gzip


def table(path):
    """Rows of one of our tables as dictionaries."""
    text = gzip.open(path, "rt").read() if path.suffix == ".gz" else path.read_text()
    columns = []
    for line in text.splitlines():
        if line.startswith("#columns"):
            columns = line.split("\t")[1:]
        elif line and not line.startswith("#"):
            yield dict(zip(columns, line.split("\t")))
