#!/usr/bin/env python3
"""Makes threats-registry.tsv.gz: threat actors, malware and tools of the MISP galaxies, with ATT&CK ids and UUIDs.

Usage: threats.py CLUSTERS FOLDER

CLUSTERS is the folder of cluster files in the PyPI package pymispgalaxies; FOLDER is that of the tables, whose threats
are known by hand and get the ids as links. A name that is an ordinary word, a person's, a place or of less than four
letters is left out, and so is a synonym that two things claim: "Carbon", "Sofia", "HTTPS" in a report are mostly not
malware. What is written in small letters or with capitals inside is only taken as it is written.
"""

import collections
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

from tables import table

# In the order in which they give a thing its type: an actor's own malware has its name.
CLUSTERS = [
    ("threat-actor", ("threat-actor", "mitre-intrusion-set", "microsoft-activity-group")),
    ("malware", ("mitre-malware", "malpedia", "ransomware", "rat", "botnet", "stealer", "backdoor", "banker", "cryptominers")),
    ("product", ("mitre-tool",)),
]
ACTOR_WORDS = re.compile(r"(?i)^(APT|UNC|TA|FIN|TG|TEMP|DEV|Storm|G|Group)[-. ]?\d+$")


def plain(name):
    letters = unicodedata.normalize("NFKD", name.lower())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


class Known:
    def __init__(self, folder):
        self.threats, self.other = {}, set()
        for path in sorted(folder.glob("*.tsv*")):
            if path.name.startswith("threats-registry"):
                continue
            for row in table(path):
                names = [row.get("name", ""), *re.sub(r"\{[^}]*\}", "", row.get("aliases", "") or "").split("|")]
                for name in filter(None, names):
                    if row["type"] in ("threat-actor", "malware"):
                        self.threats.setdefault((row["type"], plain(name)), row["name"])
                    else:
                        self.other.add(plain(name))
        read = lambda name: set(gzip.open(folder / name, "rt").read().lower().split())
        self.words, self.names = read("words.txt.gz"), read("person-names.txt.gz")

    def doubtful(self, kind, name):
        words = plain(name).split()
        if not words or plain(name) in self.other or re.search(r"[|{}\t\",/@()]", name) or len(name) > 40:
            return True
        if not all(unicodedata.category(c)[0] in "LNPZ" for c in name) or len("".join(words)) < 4:
            return True
        if kind == "threat-actor" and ACTOR_WORDS.match(name):
            return False
        if len(words) == 1:
            word = words[0]
            return (word in self.words or word in self.names or word.isdigit() or
                    len(word) < 5 and not (re.search(r"\d", word) or name[1:] != name[1:].lower() and name != name.upper()))
        # "Fancy Bear" is two words and nobody else's; "Remote Access" and "Wabi Music" may be anything.
        if kind != "threat-actor" and not any(re.search(r"\d|[a-z][A-Z]", word) for word in name.split()):
            return True
        return not name[0].isupper() and not re.search(r"\d", name)


def with_case(name):
    """As our tables write it: `{c}` where its letters must stand as they are."""
    inner = any(one[:1].islower() or one[1:] != one[1:].lower() and one != one.upper() for one in name.split())
    short = len(plain(name)) <= 5
    return name + "{c}" if inner or short else name


def collect(folder):
    things, claims = {}, collections.defaultdict(set)
    for kind, clusters in CLUSTERS:
        for cluster in clusters:
            for value in json.loads((folder / f"{cluster}.json").read_text())["values"]:
                name = re.sub(r" - [GS]\d{4}$", "", value["value"])
                name = re.sub(r"(?i)\s+(ransomware|malware|trojan|rat)$", "", name) if kind == "malware" else name
                meta = value.get("meta", {})
                attack = meta.get("external_id", "")
                links = [f"attack={attack}"] if re.fullmatch(r"[GS]\d{4}", str(attack)) else []
                links.append(f"misp={value['uuid']}")
                key = (kind, plain(name))
                thing = things.setdefault(key, {"name": name, "synonyms": [], "links": [], "country": ""})
                thing["synonyms"] += [one for one in meta.get("synonyms", []) if isinstance(one, str)]
                thing["links"] += [link for link in links if link.partition("=")[0] not in
                                   {known.partition("=")[0] for known in thing["links"]}]
                country = str(meta.get("country", ""))
                thing["country"] = thing["country"] or (country if len(country) == 2 else "")
                for one in [name, *thing["synonyms"]]:
                    claims[plain(one)].add(key)
    return things, claims


def main():
    clusters, folder = map(Path, sys.argv[1:])
    known = Known(folder)
    things, claims = collect(clusters)
    lines, counts = [], collections.Counter()
    for (kind, key), thing in sorted(things.items()):
        own = next((known.threats[kind, plain(one)] for one in [thing["name"], *thing["synonyms"]]
                    if (kind, plain(one)) in known.threats), None)
        names = [thing["name"], *thing["synonyms"]]
        good = [one for one in dict.fromkeys(names) if not known.doubtful(kind, one) and
                (plain(one) == key or len(claims[plain(one)]) == 1) and
                not any((other, plain(one)) in known.threats for other in ("threat-actor", "malware"))]
        if kind != "threat-actor" and ("threat-actor", key) in things:
            counts["named as an actor"] += 1
            continue
        if not own and not good:
            counts["doubtful"] += 1
            continue
        shown = own or good[0]
        aliases = [with_case(one) for one in good if one != shown]
        counts[kind] += 1
        lines.append("\t".join((kind, shown, "|".join(dict.fromkeys(aliases)), thing["country"], "|".join(thing["links"]))))
    head = ("# Threat actors, malware and tools, made by registry/threats.py; see NOTICE.\n"
            "#columns\ttype\tname\taliases\tcountry\tlinks\n")
    with gzip.GzipFile(folder / "threats-registry.tsv.gz", "wb", 9, mtime=0) as file:
        file.write((head + "\n".join(lines) + "\n").encode())
    print(len(lines), "threats;", dict(counts))


if __name__ == "__main__":
    main()
