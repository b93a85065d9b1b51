#!/usr/bin/env python3
"""Measures what a large and a quiet group cost redb-supervisor: scale.py [--quick] [--json FILE]

A thousand silent services in one group: start, status, memory, CPU while nothing happens. Eleven stand-ins that send
heartbeats: CPU while nothing else happens."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

import phases
import world
from adapters import redb
from adapters.peer import Service

FULL = {"services": 1000, "status": 5, "settle_seconds": 15, "idle_seconds": 60}
QUICK = {"services": 1000, "status": 1, "settle_seconds": 2, "idle_seconds": 3}
READY_SECONDS = 60


class Silent(redb.Peer):
    """Services that say nothing and are asked nothing."""

    def section(self, service):
        nothing = {"kind": "none"}
        return {
            "enabled": True,
            "required": True,
            "executable": service.argv[0],
            "args": service.argv[1:],
            "probes": {"readiness": nothing, "liveness": nothing},
        }


class Heartbeating(redb.Peer):
    """Stand-ins at ports of their own, with the probes that reDB's services have."""

    def section(self, service):
        return {
            "enabled": True,
            "required": True,
            "executable": f"{redb.DIST}/redb-standin",
            "args": ["--role", service.name, *self._ports(service.name)],
            "dependencies": service.needs,
        }

    # The mesh has arguments of its own.
    def _ports(self, role):
        supervisor = f"--supervisor=localhost:{self.port}"
        if role == "mesh":
            ports = [f"--grpc-bind=127.0.0.1:{redb.free_port()}", f"--listen=127.0.0.1:{redb.free_port()}"]
            return [*ports, "--enable-grpc", supervisor]
        return [f"--port={redb.free_port()}", supervisor]


def silent(svc, sizes):
    """Milliseconds from the silo being active to the last start and to the group being Ready, then what it costs to be there."""
    with phases.Run(Silent, svc, phases.plain(sizes["services"])) as run:
        last = run.up()
        ready = run.peer.group_ready(READY_SECONDS)
        took = []
        for _ in range(sizes["status"]):
            begun = world.now()
            shown = subprocess.run(run.peer.status(), capture_output=True, text=True, timeout=60, check=True).stdout
            took.append((world.now() - begun) / 1e6)
        return {
            "services": run.size,
            "active": (run.peer.active - run.started) / 1e6,
            "last_started": (last - run.peer.active) / 1e6,
            "ready": (ready - run.peer.active) / 1e6,
            "status": phases.spread(took),
            "services_shown": sum(line.startswith("service") for line in shown.splitlines()),
            "cpu_seconds_per_minute": idle(run.peer, sizes, run.events.pause),
            "rss_mb": world.own_resident_mb(run.peer.process.pid),
        }


def heartbeating(sizes):
    """CPU of the supervisor under the eleven services of reDB, played by stand-ins that send a heartbeat every five seconds."""
    folder = tempfile.mkdtemp(prefix="redb-bench-")
    peer = Heartbeating(folder, [Service(name, [], needs) for name, needs in phases.REDB_GRAPH.items()])
    events = world.Events(f"{folder}/events")
    peer.prepare()
    peer.start()
    peer.group_ready(READY_SECONDS)
    figures = {
        "services": len(phases.REDB_GRAPH),
        "cpu_seconds_per_minute": idle(peer, sizes, events.pause),
        "rss_mb": world.own_resident_mb(peer.process.pid),
    }
    world.kill_everything()
    events.close()
    shutil.rmtree(folder)
    return figures


def idle(peer, sizes, pause):
    """CPU seconds a minute of the supervisor alone, once it has settled."""
    pause(sizes["settle_seconds"])
    own = [peer.process.pid]
    before = world.cpu_seconds(own)
    pause(sizes["idle_seconds"])
    return (world.cpu_seconds(own) - before) * 60 / sizes["idle_seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a smoke run: figures without meaning")
    parser.add_argument("--json", metavar="FILE", help="write the figures here, not to the standard output")
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    world.adopt_orphans()
    try:
        figures = {
            "load": os.getloadavg()[0],
            "silent": silent(phases.build_svc(), sizes),
            "heartbeating": heartbeating(sizes),
        }
    finally:
        world.kill_everything()
    text = json.dumps(figures, indent=1)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text)


if __name__ == "__main__":
    sys.exit(main())
