#!/usr/bin/env python3
"""Measures process supervisors beside each other, one after the other, on this machine.

    bench.py [--peers redb,s6,...] [--phases dag,restart,...] [--quick] [--json FILE]

Run it as root (s6 and runit want to be); nothing listens on more than loopback, and everything that was started is
ended by its pid."""

import argparse
import json
import os
import sys
import traceback

import adapters
import phases
import report
import world

FULL = {"dag": 10, "restart": 30, "restart_redb": 200, "few": 5, "idle_seconds": 30, "log_lines": 1_000_000, "log_seconds": 12}
QUICK = {"dag": 1, "restart": 3, "restart_redb": 12, "few": 1, "idle_seconds": 3, "log_lines": 300_000, "log_seconds": 6}


def main():
    options = arguments()
    world.adopt_orphans()
    svc = phases.build_svc()
    results = {}
    for name in options.peers:
        peer = adapters.find(name)
        results[name] = {"version": peer.version(), "note": peer.note}
        for phase in options.phases:
            print(f"{name}: {phase}", file=sys.stderr, flush=True)
            results[name][phase] = measured(peer, svc, phase, QUICK if options.quick else FULL)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"load": os.getloadavg()[0], "peers": results}, file, indent=1)
    print(report.table(results))
    return any("error" in figures for result in results.values() for figures in result.values() if isinstance(figures, dict))


def measured(peer, svc, phase, sizes):
    """The figures of one phase; what goes wrong is a figure too, and no reason to leave out the others."""
    try:
        return phases.timed(phases.PHASES[phase], peer, svc, sizes)
    except Exception as failure:  # pylint: disable=broad-except
        traceback.print_exc()
        world.kill_everything()
        return {"error": f"{type(failure).__name__}: {failure}"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = lambda text: text.split(",")
    parser.add_argument("--peers", type=names, default=adapters.ALL, help=",".join(adapters.ALL))
    parser.add_argument("--phases", type=names, default=["dag", "restart"], help=",".join(phases.PHASES))
    parser.add_argument("--quick", action="store_true", help="a smoke run: few samples, figures without meaning")
    parser.add_argument("--json", metavar="FILE", help="also write every figure here")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
