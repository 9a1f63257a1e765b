#!/usr/bin/env python3
"""Makes organizations-registry.tsv.gz: brands, agencies, newspapers, committees and clubs of public registries.

Usage: organizations.py PACKAGES REPOSITORIES FOLDER

PACKAGES has the unpacked npm package name-suggestion-index, REPOSITORIES a git repository OWNER+NAME for each line of
registry.txt, FOLDER the tables of this folder. An organization that is known by hand gets the id of the registry as a
link. A name is left out where it may as well be something else: an ordinary word, a place, a person, a few letters, a
body that every country has ("Ministry of Education"), or a name that two things bear.
"""

import collections
import gzip
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

from tables import table

# What is one organization behind many signs; not bus stops, flags or substations, which repeat others.
TREES = re.compile(r"^(brands|operators)/(?!amenity/(school|kindergarten|toilets|drinking_water|post_box)|advertising/|"
                   r"man_made/(street_cabinet|charge_point|surveillance)|power/(pole|tower|transformer|substation))")
GENERIC = re.compile(
    r"^(the )?((national|state|federal|royal|general|central|public|local|county|city|municipal|regional|district|"
    r"provincial|metropolitan) )*(ministry|department|office|bureau|directorate|government|council|commission|committee|"
    r"agency|administration|authority|board|police|post office|fire|army|navy|air force|ministerio|ministère|"
    r"secretar|comune|municipi|city|town|county|village|school|university|hospital|library|bank|works|roads)\b", re.I)
# Whose bodies are meant where no country is said.
UNITED_STATES = re.compile(r"\b(United States|U\.?S\.?|American|global|intergovernmental|political and economic union)\b")
# Bodies that every town has.
LOCAL = re.compile(r"^(?:(?:City|Town|County|Borough|Village|Municipality) of (.*)|(.*?) (?:(?:City|Town|County|Borough|District|"
                   r"Parish|Village|Regional|Municipal) )*(?:Council|Police|Fire|Public|School|Parks?|Library|Sheriff|Department|"
                   r"Authority|Transit|Utilities|Water|Ambulance|Township|Government)\b.*)$")
LARGE = 300000
DETERMINER = re.compile(r"^the ", re.I)


def plain(name):
    letters = unicodedata.normalize("NFKD", name.lower())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", DETERMINER.sub("", re.sub(r"['’.]", "", letters))))


def show(repositories, repository, path):
    found = subprocess.run(["git", "-C", str(repositories / repository), "show", f"HEAD:{path}"], capture_output=True)
    return found.stdout.decode() if found.returncode == 0 else ""


def paths(repositories, repository):
    found = subprocess.run(["git", "-C", str(repositories / repository), "ls-tree", "-r", "--name-only", "HEAD"],
                           capture_output=True)
    return found.stdout.decode().splitlines()


class Known:
    """What names mean already."""

    def __init__(self, folder):
        self.organizations, self.other = {}, set()
        for path in sorted(folder.glob("*.tsv*")):
            if path.name.endswith("-registry.tsv.gz") and not path.name.startswith("people"):
                continue
            for row in table(path):
                names = [row.get("name", ""), *re.sub(r"\{[^}]*\}", "", row.get("aliases", "") or "").split("|")]
                for name in filter(None, names):
                    if row.get("type") == "organization":
                        self.organizations.setdefault(plain(name), row["name"])
                    elif row.get("type"):
                        self.other.add(plain(name))
        self.large = {plain(row["name"]) for row in table(folder / "places.tsv.gz") if int(row["population"] or 0) >= LARGE}
        self.towns = {plain(row["name"]) for row in table(folder / "places.tsv.gz")}
        read = lambda name: set(gzip.open(folder / name, "rt").read().lower().split())
        self.words, self.names = read("words.txt.gz"), read("person-names.txt.gz")
        self.given = set(next(line for line in (folder / "lexicon.tsv").read_text().splitlines()
                              if line.startswith("given-name\t")).lower().split()[1:])

    def doubtful(self, name):
        """Whether a name may as well be something else."""
        words = plain(name).split()
        if not words or plain(name) in self.other or name[0].islower() or re.search(r"[|{}\t\"]", name):
            return True
        local = LOCAL.match(name)
        if local:
            town = plain(local.group(1) or local.group(2))
            if town in self.towns and town not in self.large:
                return True
        if len(words) == 1:
            return (len(words[0]) < 5 or words[0] in self.words or words[0] in self.names or
                    not name[1:].islower() and len(words[0]) < 6)
        ordinary = [word in self.words or word.isdigit() or len(word) == 1 for word in words]
        if all(ordinary):
            return True
        return len(words) == 2 and words[0] in self.given and words[1] in self.names


class Organizations:
    def __init__(self, known):
        self.known, self.found, self.counts = known, {}, collections.Counter()

    def add(self, source, name, aliases=(), country="", link="", us=False):
        """`us`: known to be American, so that a generic name of ours, which means the American one, is the same."""
        key = plain(name)
        own = self.known.organizations.get(key)
        if own is None:
            own = next((self.known.organizations[plain(other)] for other in aliases if us and
                        plain(other) in self.known.organizations), None)
        if own:
            if not link or not us and (self.known_generic(own) or len(key) < 5) or us and len(key) < 4:
                return
            aliases = [name] if us else []
        elif self.known.doubtful(name):
            self.counts["doubtful"] += 1
            return
        others = [other for other in dict.fromkeys(aliases) if plain(other) != plain(own or name) and
                  len(other) >= 5 and (us and UNITED_STATES.search(other) or not self.known.doubtful(other)) and plain(other) not in self.known.organizations]
        entry = self.found.setdefault(own or name, {"aliases": [], "country": country, "links": [], "source": source})
        entry["aliases"] += [other for other in others if other not in entry["aliases"]]
        if link and link not in entry["links"]:
            entry["links"].append(link)

    def known_generic(self, name):
        return GENERIC.match(name) or all(word in self.known.words for word in plain(name).split())


def add_brands(package, organizations):
    items = json.loads((package / "dist/json/nsi.min.json").read_text())["nsi"]
    labels = json.loads((package / "dist/wikidata/wikidata.min.json").read_text())["wikidata"]
    bearers, things = collections.defaultdict(set), {}
    for tree, group in items.items():
        if not TREES.match(tree):
            continue
        kind = "brand" if tree.startswith("brands") else "operator"
        for item in group["items"]:
            tags = item["tags"]
            wikidata = tags.get(f"{kind}:wikidata")
            name = tags.get(f"{kind}:en") or tags.get(kind) or item["displayName"]
            if not wikidata or wikidata not in labels or not name.isascii() and not re.match(r"[A-ZÀ-Ž]", name):
                continue
            label = labels[wikidata].get("label", name)
            places = item["locationSet"].get("include", [])
            country = places[0].upper() if len(places) == 1 and re.fullmatch(r"[a-z]{2}", str(places[0])) else ""
            # A single word is a name that the world knows, or it may be anybody's.
            if " " not in label and "001" not in places and len(places) < 4:
                continue
            american = bool(UNITED_STATES.search(labels[wikidata].get("description", ""))) or (
                bool(places) and all(str(place).startswith("us") for place in places))
            short = tags.get(f"{kind}:short", "")
            for one in {name, label}:
                bearers[plain(one)].add(wikidata)
            things.setdefault(wikidata, (label, {name, short} - {label, ""}, country, american))
    for wikidata, (label, others, country, american) in sorted(things.items()):
        if len(bearers[plain(label)]) > 1 or not re.match(r"[A-ZÀ-Ž0-9]", label):
            continue
        others = sorted(other for other in others if len(bearers[plain(other)]) <= 1)
        organizations.add("brands", label, others, country, f"wikidata={wikidata}", american)


def add_agencies(repositories, organizations):
    repository = "integrateddatasvc+agency-registry"
    for path in paths(repositories, repository):
        if not re.fullmatch(r"_data/\w+/[\w-]+/external/wikidata.json", path):
            continue
        text = show(repositories, repository, path)
        if not text:
            continue
        try:
            item = next(iter(json.loads(text)["entities"].values()))
        except ValueError:
            continue
        label = item["labels"].get("en", {}).get("value")
        aliases = [alias["value"] for alias in item["aliases"].get("en", [])]
        american = path.startswith("_data/us/us-gov")
        if label:
            organizations.add("agencies", label, aliases, path.split("/")[1].upper() if american else "",
                              f"wikidata={item['id']}", american or path.startswith("_data/int/"))


def add_newspapers(repositories, organizations):
    titles = collections.defaultdict(set)
    rows = [line.split("\t") for line in show(repositories, "hearvox+wiki-media-cred",
                                              "data/wikipedia-us-newspapers.tsv").splitlines()[1:]]
    for row in rows:
        titles[plain(row[0])].add(row[1])
    for row in rows:
        if len(row) == 5 and row[4] and len(titles[plain(row[0])]) == 1:
            name = re.sub(r"\s*\(.*", "", row[0])
            organizations.add("newspapers", DETERMINER.sub("", name), [], "US", f"wikidata={row[4]}",
                              plain(name) in organizations.known.organizations)


def add_committees(repositories, organizations):
    repository = "unitedstates+congress-legislators"
    text = show(repositories, repository, "committees-current.yaml") + show(repositories, repository,
                                                                           "committees-historical.yaml")
    for match in re.finditer(r"^- type: (\w+)\n  name: (.*)\n(?:  .*\n)*?  thomas_id: (\w+)", text, re.M):
        chamber, name, code = match.groups()
        name = name.strip("'\"")
        subject = re.sub(r"^(House|Senate|Joint) (Permanent )?(Select |Special )?Committee on (the )?", "", name)
        if "(" in name or subject == name:
            continue
        aliases = [f"{chamber.capitalize()} {subject} Committee", f"{chamber.capitalize()} Committee on {subject}"]
        organizations.committees = getattr(organizations, "committees", 0) + 1
        own = next((organizations.known.organizations[plain(other)] for other in [name, *aliases]
                    if plain(other) in organizations.known.organizations), name)
        entry = organizations.found.setdefault(own, {"aliases": [], "country": "US", "links": [], "source": "committees"})
        entry["aliases"] += [other for other in [name, *aliases] if other != own and other not in entry["aliases"]]
        if f"thomas={code}" not in entry["links"]:
            entry["links"].append(f"thomas={code}")


def add_clubs(repositories, organizations):
    repository = "openfootball+clubs"
    club = re.compile(r"\b(FC|AFC|SC|CF|AC|AS|SV|VfB|VfL|TSV|FSV|FK|SK|NK|HNK|BK|IF|IFK|KV|RC|SSC|US|CD|UD|SD|AD|CA|CR|EC|SE|"
                      r"United|City|Rovers|Wanderers|Athletic|Hotspur|Albion|Sporting|Dynamo|Dinamo|Lokomotiv|Spartak|CSKA|"
                      r"Borussia|Bayern|Real|Atl[eé]tico|Deportivo|Racing|Olympique|Inter|Juventus)\b")
    for path in paths(repositories, repository):
        if not path.endswith("clubs.txt"):
            continue
        code = Path(path).name.split(".")[0].upper()
        for block in re.split(r"\n(?=\S)", show(repositories, repository, path)):
            lines = [re.sub(r"#.*", "", line).strip() for line in block.splitlines()]
            lines = [line for line in lines if line and line[0] not in "=-{"]
            if not lines:
                continue
            name = re.sub(r"\s*\(.*?\)", "", lines[0].split(",")[0]).strip()
            if not club.search(name) or len(name.split()) < 2 or len(name) > 40:
                continue
            others = [re.sub(r"\s*[(\[].*?[)\]]", "", other).strip() for line in lines[1:] if line.startswith("|")
                      for other in line.split("|")]
            others = [other for other in others if len(other.split()) >= 2 and not other.endswith(".") and other[0].isupper()]
            organizations.add("clubs", name, others, code if len(code) == 2 else "")


def main():
    packages, repositories, folder = map(Path, sys.argv[1:])
    organizations = Organizations(Known(folder))
    add_agencies(repositories, organizations)
    add_brands(packages / "name-suggestion-index", organizations)
    add_newspapers(repositories, organizations)
    add_committees(repositories, organizations)
    add_clubs(repositories, organizations)
    lines, taken = [], collections.Counter()
    for name, entry in sorted(organizations.found.items()):
        wikidata = [link for link in entry["links"] if link.startswith("wikidata=")]
        if len(wikidata) > 1:  # two things of one name: neither
            taken["two ids"] += 1
            if name not in organizations.known.organizations.values():
                continue
            entry["links"] = [link for link in entry["links"] if not link.startswith("wikidata=")]
        taken[entry["source"]] += 1
        lines.append("\t".join(("organization", name, "|".join(entry["aliases"]), entry["country"],
                                "|".join(entry["links"]))))
    head = ("# Organizations of public registries, made by registry/organizations.py; see NOTICE.\n"
            "#columns\ttype\tname\taliases\tcountry\tlinks\n")
    with gzip.GzipFile(folder / "organizations-registry.tsv.gz", "wb", 9, mtime=0) as file:
        file.write((head + "\n".join(lines) + "\n").encode())
    print(len(lines), "organizations;", dict(taken), dict(organizations.counts))


if __name__ == "__main__":
    main()
