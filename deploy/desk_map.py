#!/usr/bin/env python3
"""Makes pipeline/desk/page/land.json, the outlines of the desk's map, from the npm package world-atlas 2.0.2.

Usage: npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && deploy/desk_map.py package/land-110m.json
Origin and licence: pipeline/desk/NOTICE.
"""

import json
import pathlib
import sys


def arcs_of(topology):
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        yield points


def ring_path(points):
    """A ring; where it crosses the edge of the map it is cut."""
    path, before = "", None
    for lon, lat in points:
        cut = before is None or abs(lon - before) > 180
        path += f"{'M' if cut else 'L'}{lon + 180:.1f} {90 - lat:.1f}"
        before = lon
    return path


def path_of(topology):
    arcs = list(arcs_of(topology))
    path = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            points = [p for i in ring for p in (arcs[i] if i >= 0 else reversed(arcs[~i]))]
            path.append(ring_path(points))
    return "".join(path)


def main():
    topology = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    target = pathlib.Path(__file__).resolve().parent.parent / "pipeline/desk/page/land.json"
    target.write_text(json.dumps({"path": path_of(topology)}) + "\n", encoding="utf-8")
    print(target.name, target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
