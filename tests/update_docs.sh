#!/bin/sh
# Writes docs/configuration.md, docs/configuration.schema.json and
# docs/record.schema.json again.
# Usage: tests/update_docs.sh [WIREDESK], by default build/release/wiredesk
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
wiredesk=${1:-$root/build/release/wiredesk}
"$wiredesk" reference > "$root/docs/configuration.md"
"$wiredesk" reference --json-schema > "$root/docs/configuration.schema.json"
"$wiredesk" reference --record-schema > "$root/docs/record.schema.json"
