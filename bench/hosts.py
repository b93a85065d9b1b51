#!/usr/bin/env python3
"""Prints what clusters of different sizes cost, one column each, beside the limits: hosts.py FILE_WITHOUT_JSON..."""

import json
import sys

ROWS = [
    ("groups, services", lambda f: f"{f['groups']}, {f['services']}", None, None),
    ("`redbctl status -A`, median, ms", lambda f: f["status_milliseconds"]["median"], None, None),
    ("... p99", lambda f: f["status_milliseconds"]["p99"], 1000, "<= 1 000"),
    ("... of it the answer of the host that is asked, median", lambda f: f["directory_milliseconds"]["median"], None, None),
    ("a service stops or starts -> every host shows it, median, ms", lambda f: f["spread_milliseconds"]["median"], None, None),
    ("... longest", lambda f: f["spread_milliseconds"]["max"], None, None),
    ("a mesh service crashes -> every group knows its next run, median, ms", lambda f: f["mesh_milliseconds"]["median"], None, None),
    ("... longest", lambda f: f["mesh_milliseconds"]["max"], 2000, "<= 2 000"),
    ("live memory of a host before its groups begin, KiB", lambda f: f["heap_kilobytes_per_host"], None, None),
    ("... that each group adds, on all hosts together, KiB", lambda f: f["heap_kilobytes_per_group"], None, None),
    ("resident memory of everything, per group, KiB", lambda f: f["resident_kilobytes_per_group"], None, None),
    ("idle CPU of one host, % of a core", lambda f: 100 * f["idle_core_share"] / f["hosts"], None, None),
]


def shown(value):
    if isinstance(value, str):
        return value
    return f"{value:,.0f}".replace(",", " ") if value >= 100 else f"{value:.3g}"


def main(names):
    files = []
    for name in names:
        with open(f"{name}.json", encoding="utf-8") as file:
            files.append(json.load(file))
    print("| figure | limit | " + " | ".join(f"{f['hosts']} hosts" for f in files) + " |")
    print("| --- | --- | " + " | ".join("---" for _ in files) + " |")
    are_met = True
    for title, figure, limit, text in ROWS:
        cells = []
        for values in map(figure, files):
            is_met = limit is None or values <= limit
            are_met &= is_met
            cells.append(shown(values) + ("" if is_met else " NOT MET"))
        print(f"| {title} | {text or ''} | " + " | ".join(cells) + " |")
    return 0 if are_met else 1


sys.exit(main(sys.argv[1:]))
