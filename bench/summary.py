#!/usr/bin/env python3
"""Prints the figures the project promises, each with its limit and something to compare it with: summary.py FOLDER"""

import json
import os
import sys


class Row:
    """One figure with its limit; at_most says on which side of the limit it has to be."""

    def __init__(self, title, figure, limit, unit, at_most=True):
        self.title, self.figure, self.limit, self.unit, self.at_most = title, figure, limit, unit, at_most
        self.beside = []

    def compare(self, name, other):
        """Adds a figure of something else, with the ratio of ours to it."""
        if other:
            self.beside.append(f"{name} {shown(other, self.unit)} ({self.figure / other:.2g})")
        return self

    @property
    def is_met(self):
        return self.figure <= self.limit if self.at_most else self.figure >= self.limit

    def __str__(self):
        cells = [
            self.title,
            shown(self.figure, self.unit),
            ("<= " if self.at_most else ">= ") + shown(self.limit, self.unit),
            "met" if self.is_met else "NOT MET",
            ", ".join(self.beside) or "-",
        ]
        return "| " + " | ".join(cells) + " |"


def shown(value, unit):
    text = f"{value:,.0f}".replace(",", " ") if value >= 100 else f"{value:.3g}"
    return f"{text} {unit}".strip()


def read(folder, name):
    with open(f"{folder}/{name}.json", encoding="utf-8") as file:
        return json.load(file)


def peer_rows(peers):
    ours = peers["redb"]
    others = {name: figures for name, figures in peers.items() if name != "redb"}
    path = ours["dag"]["critical_path"]
    ready = Row("reDB graph: first spawn -> group Ready, of the critical path", ours["dag"]["group_ready"]["median"] / path, 1.10, "x")
    hand_over = Row("hand-over: ready -> dependent spawned, median", ours["dag"]["hand_over"]["median"], 5, "ms")
    replaced = ours["restart"]["replaced"]
    median = Row("kill -9 -> replacement running, median", replaced["median"], 5, "ms")
    p99 = Row(f"... p99 of {replaced['n']}", replaced["p99"], 25, "ms")
    for name, figures in others.items():
        if figures["dag"].get("last_ready"):
            ready.compare(name, figures["dag"]["last_ready"]["median"] / path)
            hand_over.compare(name, figures["dag"]["hand_over"]["median"])
        if figures["restart"].get("replaced"):
            median.compare(name, figures["restart"]["replaced"]["median"])
            p99.compare(name, figures["restart"]["replaced"]["p99"])
    return [ready, hand_over, median, p99]


# Title, phase and figure of what has to be less than that of every other supervisor in the same run.
AHEAD = [
    ("reDB graph: first start -> last ready", "dag", "last_ready"),
    ("kill -9 -> replacement running", "restart", "replaced"),
    ("stop of 100 that take 100 ms each", "stop", "last_ended"),
    ("cold start of 100", "start100", "last_started"),
    ("cold start of 1000", "start1000", "last_started"),
]


def median_of(figures, phase, name):
    return ((figures.get(phase) or {}).get(name) or {}).get("median")


def ahead_rows(peers):
    """Our median beside those of the others; the limit is the best of theirs."""
    for title, phase, name in AHEAD:
        others = {peer: median_of(figures, phase, name) for peer, figures in peers.items() if peer != "redb"}
        known = [figure for figure in others.values() if figure is not None]
        ours = median_of(peers["redb"], phase, name)
        if ours is not None and known:
            row = Row(f"ahead of all: {title}", ours, min(known), "ms")
            for peer, figure in others.items():
                row.compare(peer, figure)
            yield row


def log_rows(peers):
    ours = peers["redb"].get("log")
    if not ours:
        return
    for run, title in (("fast", "1 M log lines at once"), ("steady", "1 M log lines over 12 s")):
        wrong = sum(ours[f"{fault}_{run}"] for fault in ("lost", "doubled", "displaced"))
        yield Row(f"{title}, {ours[f'rotations_{run}']} rotations: lost, doubled or out of order", wrong, 0, "")
        yield Row(f"{title}: rotations", ours[f"rotations_{run}"], 5, "", at_most=False)
    cpu = Row("1 M log lines at once: CPU of the supervisor", ours["cpu_seconds"], 0.2, "s")
    for peer, figures in peers.items():
        if peer != "redb" and "cpu_seconds" in figures.get("log", {}):
            cpu.compare(peer, figures["log"]["cpu_seconds"])
    yield cpu
    yield Row("1 M log lines over 12 s: CPU of the supervisor", ours["cpu_seconds_steady"], 0.2, "s")


def scale_rows(folder):
    if not os.path.exists(f"{folder}/scale.json"):
        return
    scale = read(folder, "scale")
    silent, beating = scale["silent"], scale["heartbeating"]
    count = f"{silent['services']} services"
    yield Row(f"{count}: silo active -> all started and Ready", max(silent["last_started"], silent["ready"]), 3000, "ms")
    yield Row(f"{count}: redbctl status, whole command, median", silent["status"]["median"], 600, "ms")
    yield Row(f"{count}, silent: CPU", silent["cpu_seconds_per_minute"], 10, "s/min")
    yield Row(f"{count}: resident memory (RSS)", silent["rss_mb"], 250, "MB")
    yield Row(f"{beating['services']} services with heartbeats: CPU", beating["cpu_seconds_per_minute"], 3, "s/min")


def main():
    folder = sys.argv[1]
    startup, heartbeats, peers = read(folder, "startup"), read(folder, "heartbeats"), read(folder, "peers")["peers"]
    failures = [figures["error"] for figures in peers["redb"].values() if "error" in figures]
    if failures:
        print("redb could not be measured: " + "; ".join(failures), file=sys.stderr)
        return 1
    rows = [
        *peer_rows(peers),
        *ahead_rows(peers),
        *log_rows(peers),
        *scale_rows(folder),
        Row("start -> gRPC port open, ReadyToRun, median", startup["port_open"]["median"], 1200, "ms").compare(
            "bare .NET gRPC server", startup["bare"]["median"]
        ),
        Row(
            "heartbeats through gRPC into grains",
            heartbeats["heartbeats"]["per_second"]["median"],
            12_000,
            "/s",
            at_most=False,
        ).compare("calls without a grain", heartbeats["no_operation"]["per_second"]["median"]),
    ]
    print("| figure | ours | limit | | beside (ours as a multiple of it) |")
    print("| --- | --- | --- | --- | --- |")
    for row in rows:
        print(row)
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
