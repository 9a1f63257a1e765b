#!/bin/sh
# Makes the tables *-registry.tsv.gz of the folder above again, from the
# packages and repositories that NOTICE and sources.txt name. Needs npm, pip,
# git and python3. Usage: build.sh [folder for the downloads]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tables=$(dirname "$here")
work=${1:-$(mktemp -d)}
mkdir -p "$work/packages/name-suggestion-index" "$work/repositories"
cd "$work"
tar -xzf "$(npm pack --silent name-suggestion-index@8.0.20260918)" \
  -C packages/name-suggestion-index --strip-components=1
pip download --quiet --no-deps --no-binary :all: pymispgalaxies==1.1.1
tar -xzf pymispgalaxies-1.1.1.tar.gz
grep -v '^#' "$here/sources.txt" | while read -r repository commit; do
  folder=repositories/$(echo "$repository" | tr / +)
  [ -d "$folder" ] || git init --quiet "$folder"
  git -C "$folder" fetch --quiet --depth 1 \
    "https://github.com/$repository" "$commit"
  git -C "$folder" reset --quiet --soft FETCH_HEAD
done
python3 "$here/people.py" repositories "$tables"
python3 "$here/family_names.py" "$tables"
python3 "$here/organizations.py" packages repositories "$tables"
python3 "$here/threats.py" \
  pymispgalaxies-1.1.1/pymispgalaxies/data/misp-galaxy/clusters "$tables"
