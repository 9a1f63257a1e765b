#!/usr/bin/env python3
"""Makes people-registry.tsv.gz: people of public office with their Wikidata ids.

Usage: people.py REPOSITORIES FOLDER

REPOSITORIES has a git repository OWNER+NAME for each line of registry.txt; FOLDER is that of the tables, whose people
are known by hand: a person found in both gets the links and offices of the registry in the entry of the hand.

Kept are holders of national offices since 1990 and members of national parliaments since 2005. A name that two people
of the sources bear, or whose given and family name are so frequent that others must bear it, is left
out: a link to the wrong one of two people is worse than none.
"""

import collections
import csv
import gzip
import io
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

COUNTRIES = {
    "argentina-ministers": ("AR", "Argentina"), "australia-cabinet": ("AU", "Australia"),
    "brazil-ministers": ("BR", "Brazil"), "canada-cabinet": ("CA", "Canada"), "china-ministers": ("CN", "China"),
    "denmark-cabinet": ("DK", "Denmark"), "finland-cabinet": ("FI", "Finland"), "france-cabinet": ("FR", "France"),
    "greece-cabinet": ("GR", "Greece"), "hong-kong": ("HK", "Hong Kong"), "hungary-cabinet": ("HU", "Hungary"),
    "india-ministers": ("IN", "India"), "indonesia-ministers": ("ID", "Indonesia"), "iran-ministers": ("IR", "Iran"),
    "israel-ministers": ("IL", "Israel"), "japan-ministers": ("JP", "Japan"), "kenya": ("KE", "Kenya"),
    "malaysia-ministers": ("MY", "Malaysia"), "mexico-ministers": ("MX", "Mexico"),
    "new-zealand-cabinet": ("NZ", "New Zealand"), "nigeria": ("NG", "Nigeria"), "norway-cabinet": ("NO", "Norway"),
    "pakistan-ministers": ("PK", "Pakistan"), "philippines-ministers": ("PH", "the Philippines"),
    "russia-cabinet": ("RU", "Russia"), "scotland-cabinet": ("GB", "Scotland"),
    "south-africa-cabinet": ("ZA", "South Africa"), "south-korea-ministers": ("KR", "South Korea"),
    "sudan": ("SD", "Sudan"), "sweden-cabinet": ("SE", "Sweden"), "taiwan": ("TW", "Taiwan"),
    "turkey-ministers": ("TR", "Turkey"), "ukraine-cabinet": ("UA", "Ukraine"),
    "united-kingdom-cabinet": ("GB", "the United Kingdom"), "us-cabinet": ("US", "the United States"),
    "yemen": ("YE", "Yemen"), "zimbabwe": ("ZW", "Zimbabwe"), "world": ("", ""),
}
# Members of these are written about outside of their constituencies.
PARLIAMENTS = re.compile(
    r"United States (representative|senator)|Parliament of the United Kingdom|House of Lords|European Parliament|"
    r"member of the House of Commons|^Member of the House of Representatives$|^Member of the Senate$|Scottish Parliament|"
    r"Lok Sabha|French National Assembly|Bundestag|Knesset|New Zealand Parliament|State Duma|Folketing|Riksdag|"
    r"^member of the Parliament of (Norway|Finland)|Hellenic Parliament|National Assembly of (Hungary|South Korea)|"
    r"Legislative (Council of Hong Kong|Yuan)|Grand National Assembly|People's Deputy of Ukraine|^Federal deputy|"
    r"National Assembly of (Pakistan|South Africa)|House of Representatives of the Philippines|^member of the House of "
    r"(Representatives|Councillors)$|Argentine Chamber|^Member of the National Assembly$|Senate of", re.I)
STATES = re.compile(r"State Senate|Provincial|Regional|Council of State", re.I)
OFFICE_SINCE, PARLIAMENT_SINCE = "1990", "2005"
OFFICES_MAX = 4
# How many write of such a person: few, so that the text must speak of the country for the name to be theirs.
WRITTEN_ABOUT = "1000"
# Given names of so many, and towns so large that their names are theirs.
GIVEN_MIN, TOWN_MIN = 4, 300000
# How many people of the sources would bear a name if given and family names were drawn at random.
CHANCE = {"office": 3.0, "US": 1.2, "GB": 0.6, "parliament": 0.1}


class Person:
    def __init__(self):
        self.names, self.country, self.offices, self.tier = collections.Counter(), "", {}, "parliament"


def rows(repositories, repository, path):
    found = subprocess.run(["git", "-C", str(repositories / repository), "show", f"HEAD:{path}"], capture_output=True)
    return csv.DictReader(io.StringIO(found.stdout.decode())) if found.returncode == 0 else ()


def plain(name):
    """A name for comparing: small ASCII letters, words apart."""
    letters = unicodedata.normalize("NFKD", name.lower())
    return " ".join(re.findall(r"[a-z]+", re.sub(r"['’]", "", "".join(c for c in letters if not unicodedata.combining(c)))))


def day(date):
    return date if re.fullmatch(r"\d{4}-\d\d-\d\d", date or "") else None


def office(position, country):
    position = position.replace("/", " ").replace(";", ",").strip()
    place = country.removeprefix("the ")
    return position if not place or place in position else f"{position}, {place}"


def terms(offices):
    """Offices, the latest first; terms of one office that follow each other are one."""
    joined = []
    for start in sorted(offices):
        name, _, term = offices[start].rpartition("/")
        end = term.partition("..")[2]
        if joined and joined[-1][0] == name and joined[-1][2] and joined[-1][2] >= str(int(start[:4]) - 1) + start[4:]:
            joined[-1][2] = end
        else:
            joined.append([name, start, end])
    return [f"{name}/{start}..{end}" for name, start, end in reversed(joined)]


def collect(repositories):
    people = collections.defaultdict(Person)
    for name, (code, country) in COUNTRIES.items():
        repository = f"every-politician-scrapers+{name}"
        for row in rows(repositories, repository, "html/holders21.csv"):
            if not re.fullmatch(r"Q\d+", row["personID"] or "") or (row["end"] or "9") < OFFICE_SINCE:
                continue
            person = people[row["personID"]]
            person.names[row["person"]] += 1
            person.tier = "office"
            person.country = person.country or code
            start, end = day(row["start"]), day(row["end"])
            if start and (end or not row["end"]) and not re.match(r"ambassador", row["position"], re.I):
                person.offices[start] = f"{office(row['position'], country)}/{start}..{end or ''}"
        for row in rows(repositories, repository, "html/legislators.csv"):
            if (not re.fullmatch(r"Q\d+", row["personID"] or "") or (row["end"] or "9") < PARLIAMENT_SINCE or
                    not PARLIAMENTS.search(row["position"]) or STATES.search(row["position"]) or (not row["end"] and not row["start"])):
                continue
            person = people[row["personID"]]
            person.names[row["person"]] += 1
            person.country = person.country or code
            start, end = day(row["start"]), day(row["end"])
            if row["position"].endswith("senator"):
                person.tier = "office"
            if start and (end or not row["end"]) and code == "US":
                person.offices.setdefault(start, f"{row['position']}/{start}..{end or ''}")
    leaders = "every-politician-scrapers+world-leaders-2021"
    for row in rows(repositories, leaders, "data/wikidata.csv"):
        if re.fullmatch(r"Q\d+", row["officeholder"] or ""):
            person = people[row["officeholder"]]
            person.names[row["officeholderLabel"]] += 1
            person.tier = "office"
    for row in rows(repositories, "every-politician-scrapers+us-governors", "data/wikidata.csv"):
        person = people[row["item"]]
        person.names[row["enLabel"] or row["name"]] += 1
        person.tier, person.country = "office", "US"
    return people


def known_by_hand(folder):
    """{plain name or alias: (name, country)} of the people in the hand-made tables; None where two share one."""
    known = {}
    for path in sorted(folder.glob("people*.tsv")):
        columns = []
        for line in path.read_text().splitlines():
            if line.startswith("#columns"):
                columns = line.split("\t")[1:]
            elif line and not line.startswith("#"):
                cells = dict(zip(columns, line.split("\t")))
                own = (cells["name"], cells.get("country", ""))
                for other in [own[0], *re.sub(r"\{[^}]*\}", "", cells.get("aliases", "")).split("|")]:
                    key = plain(other)
                    if " " in key:
                        other = known.get(key) or own
                        # A line of one name may add to another line; two names are two people.
                        known[key] = max(own, other, key=lambda one: one[1]) if other[0] == own[0] else None
    return known


def is_name(name):
    words = name.split()
    return (2 <= len(words) <= 5 and len(name) <= 40 and not re.search(r"[\d(),;|{}\"/]", name) and
            all(unicodedata.category(c)[0] in "LMPZ" for c in name) and
            name[0].isupper() and words[-1][0].isupper() and "LATIN" in unicodedata.name(name[0]))


def chance_of(people):
    given, family = collections.Counter(), collections.Counter()
    for person in people.values():
        words = plain(person.names.most_common(1)[0][0]).split()
        if len(words) >= 2:
            given[words[0]] += 1
            family[words[-1]] += 1
    return lambda words: given[words[0]] * family[words[-1]] / len(people)


def write_names(people, folder):
    """The given and family names of all these people: `given-names.tsv` for `#lexicon given-name`, ordinary words, places
    and rare names left out."""
    words = set(gzip.open(folder / "words.txt.gz", "rt").read().lower().split())
    lexicon = (folder / "lexicon.tsv").read_text().lower().splitlines()
    surnames_first = set(next(line for line in lexicon if line.startswith("surname-first\t")).split()[1:])
    places = set()
    for name in ("places.tsv.gz", "subdivisions.tsv.gz", "countries.tsv"):
        text = (gzip.open(folder / name, "rt") if name.endswith("gz") else open(folder / name)).read()
        columns = []
        for line in text.splitlines():
            if line.startswith("#columns"):
                columns = line.split("\t")[1:]
            elif line and not line.startswith("#"):
                cells = dict(zip(columns, line.split("\t")))
                if name != "places.tsv.gz" or int(cells.get("population") or 0) >= TOWN_MIN:
                    places.add(plain(cells["name"]))
    given, family = collections.Counter(), collections.Counter()
    for person in people.values():
        parts = [part for part in re.split(r"[\s-]+", person.names.most_common(1)[0][0]) if part]
        if len(parts) >= 2:
            given[parts[0]] += 1
            family[parts[-1]] += 1
    names = sorted(name for name, count in given.items() if count >= GIVEN_MIN and count > 2 * family[name] and
                   re.fullmatch(r"[A-ZÀ-Ž][a-zß-žżźćńółęąśğışçöü]{2,}", name) and
                   plain(name) not in words and plain(name) not in places and plain(name) not in surnames_first)
    text = "# Given names of the people of people-registry.tsv.gz, made with it; see NOTICE.\n#lexicon given-name\n"
    lines, line = [], ""
    for name in names:
        if len(line) + len(name) > 110:
            lines.append(line)
            line = ""
        line += f" {name}" if line else name
    (folder / "given-names.tsv").write_text(text + "\n".join([*lines, line]) + "\n")
    print(len(names), "given names")


def main():
    repositories, folder = Path(sys.argv[1]), Path(sys.argv[2])
    people, known = collect(repositories), known_by_hand(folder)
    chance = chance_of(people)
    bearers = collections.defaultdict(set)
    for item, person in people.items():
        bearers[plain(person.names.most_common(1)[0][0])].add(item)
    lines, counts = [], collections.Counter()
    for item, person in people.items():
        name = person.names.most_common(1)[0][0]
        key = plain(name)
        words = key.split()
        if not is_name(name) or len(words) < 2:
            counts["no name"] += 1
            continue
        own = known.get(key)
        rivals = [people[other] for other in bearers[key] if other != item]
        # Of two, the one who held an office is meant, unless both did.
        if any(rival.tier == "office" or person.tier != "office" for rival in rivals):
            counts["shared"] += 1
            continue
        tier = person.tier if person.tier == "office" else {"US": "US", "GB": "GB"}.get(person.country, "parliament")
        if not own and chance(words) > CHANCE[tier]:
            counts["common"] += 1
            continue
        if own and own[1] and person.country and own[1] != person.country:
            counts["another country"] += 1
            continue
        offices = terms(person.offices)[:OFFICES_MAX]
        shown = own[0] if own else name
        others = [other for other in person.names if other != shown and is_name(other)]
        lines.append("\t".join(("person", shown, "|".join(sorted(others)), person.country, "" if own else WRITTEN_ABOUT,
                                f"wikidata={item}", ";".join(offices) if not own else "")))
        counts["known by hand" if own else tier] += 1
    lines.sort()
    head = ("# Holders of public office, made by registry/people.py; see NOTICE.\n"
            "#columns\ttype\tname\taliases\tcountry\tpopulation\tlinks\toffices\n")
    with gzip.GzipFile(folder / "people-registry.tsv.gz", "wb", 9, mtime=0) as file:
        file.write((head + "\n".join(lines) + "\n").encode())
    write_names(people, folder)
    print(len(lines), "people;", dict(counts))


if __name__ == "__main__":
    main()
