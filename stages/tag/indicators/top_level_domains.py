"""Writes the table in top_level_domains.cc: python3 top_level_domains.py LIST > lines

LIST is public_suffix_list.dat of the Public Suffix List (Debian: publicsuffix). Prints the literals between the
two marks of clang-format: the top-level domains of its ICANN part in ASCII, countries first.
"""

import sys


def top_level_domains(lines):
    found, icann = set(), False
    for line in map(str.strip, lines):
        icann = (icann or "BEGIN ICANN" in line) and "END ICANN" not in line
        if icann and line and not line.startswith("//"):
            name = line.rpartition(".")[2].lstrip("!")
            found.update([name] if name.isascii() else [])
    return sorted(found, key=lambda name: (len(name) > 2, name))


def main():
    row = ""
    with open(sys.argv[1], encoding="utf-8") as lines:
        for name in top_level_domains(lines):
            if len(row) + len(name) + 1 > 70:
                print(f'    "{row}"')
                row = ""
            row += name + " "
    print(f'    "{row}";')


main()
