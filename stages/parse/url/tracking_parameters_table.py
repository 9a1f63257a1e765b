#!/usr/bin/env python3
"""Writes tracking_parameters_table.cc from config/tracking_parameters.txt."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "config" / "tracking_parameters.txt"

HEAD = """// Generated from config/tracking_parameters.txt by tracking_parameters_table.py.

#include "stages/parse/url/tracking_parameters.h"

namespace wiredesk {

const char kTrackingParameters[] =
"""


def main():
    lines = (line.strip() for line in SOURCE.read_text().splitlines())
    names = [line for line in lines if line and not line.startswith("#")]
    rows, row = [], ""
    for name in names:
        if len(row) + len(name) > 68:
            rows.append(row)
            row = ""
        row += name + "\\n"
    rows.append(row)
    body = "\n".join(f'    "{row}"' for row in rows)
    text = f"{HEAD}{body};\n\n}}  // namespace wiredesk\n"
    (HERE / "tracking_parameters_table.cc").write_text(text)


main()
