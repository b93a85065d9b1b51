"""What is measured of each supervisor. A phase takes a Peer class and sizes, and returns figures in milliseconds."""

import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

import world
from adapters.peer import LOG_MEGABYTES, Service

# The services of reDB and what each needs, as in config/config.yaml.
REDB_GRAPH = {
    "security": [],
    "unifiedmodel": [],
    "webhook": [],
    "transformation": [],
    "mesh": ["security", "unifiedmodel", "webhook", "transformation"],
    "anchor": ["mesh"],
    "stream": ["mesh", "anchor"],
    "core": ["mesh", "anchor"],
    "integration": ["core"],
    "clientapi": ["core"],
    "mcpserver": ["core"],
}
READY_MS = 200
# What a supervisor does after its own start, such as compiling, is over by then.
LOG_READY_MS = 5000
START_SECONDS = 180
GROUP_SECONDS = 10
SETTLE_SECONDS = 15
SEED = 20260101


class Run:
    """A supervisor with its services in a folder of its own; nothing of it is left at the end."""

    def __init__(self, peer, svc, graph, *options):
        self.folder = tempfile.mkdtemp(prefix="redb-bench-")
        self.events = world.Events(f"{self.folder}/events")
        services = [
            Service(name, [svc, self.events.path, name, *options], needs) for name, needs in graph.items()
        ]
        self.size = len(services)
        self.peer = peer(self.folder, services)
        self.peer.prepare()
        self.started = 0

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        world.kill_everything()
        self.events.close()
        if failure[0] is None:
            shutil.rmtree(self.folder)

    def up(self, kind="start"):
        """Starts everything; nanoseconds at which the last service told the event."""
        self.started = world.now()
        self.peer.start()
        told = self.events.of(kind)
        self.events.wait(lambda: len(told) == self.size or self.peer.process.poll() is not None, START_SECONDS)
        if len(told) < self.size:
            raise TimeoutError(f"{len(told)} of {self.size} services told {kind}, see {self.folder}")
        return max(at[0][1] for at in self.events.of(kind).values())

    def own_processes(self):
        """Pids of the supervisor's side: everything but the services."""
        services = {pid for told in self.events.of("start").values() for pid, _ in told}
        return [pid for pid in world.descendants() if pid not in services]


def plain(count):
    return {f"service{number:04d}": [] for number in range(count)}


def spread(values):
    """Median, p99 and extremes of a list of figures; None for an empty one."""
    if not values:
        return None
    ordered = sorted(values)
    return {
        "median": statistics.median(ordered),
        "p99": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "min": ordered[0],
        "max": ordered[-1],
        "n": len(ordered),
    }


def critical_path(graph, name=None):
    """The shortest time in which the graph can become ready, in milliseconds."""
    below = graph if name is None else graph[name]
    longest = max((critical_path(graph, other) for other in below), default=0)
    return longest + (0 if name is None else READY_MS)


def dag(peer, svc, sizes):
    """The graph of reDB: first service started to group ready, and dependency ready to dependent started."""
    if not peer.has_order:
        return None
    took, said, hand_overs, violations = [], [], [], 0
    for _ in range(sizes["dag"]):
        with Run(peer, svc, REDB_GRAPH, f"ready-ms={READY_MS}") as run:
            last = run.up("ready")
            start = {name: at[0][1] for name, at in run.events.of("start").items()}
            ready = {name: at[0][1] for name, at in run.events.of("ready").items()}
            first = min(start.values())
            took.append((last - first) / 1e6)
            if (by_itself := run.peer.group_ready(GROUP_SECONDS)) is not None:
                said.append((by_itself - first) / 1e6)
            for name, needs in REDB_GRAPH.items():
                if needs:
                    hand_over = (start[name] - max(ready[need] for need in needs)) / 1e6
                    hand_overs.append(hand_over)
                    violations += hand_over < 0
    return {
        "critical_path": critical_path(REDB_GRAPH),
        "last_ready": spread(took),
        "group_ready": spread(said),
        "hand_over": spread(hand_overs),
        "violations": violations,
    }


def restart(peer, svc, sizes):
    """kill -9 of a service to the start stamp of its replacement, with 12 services."""
    samples = sizes["restart_redb"] if peer.name == "redb" else sizes["restart"]
    # Every service has lived longer than the second that supervisors ask of one before they restart it at once.
    pause = random.Random(SEED)
    took, lost = [], 0
    with Run(peer, svc, plain(12)) as run:
        run.up("ready")
        run.events.pause(2)
        names = list(run.events.of("start"))
        for sample in range(samples):
            told = run.events.of("start")[names[sample % len(names)]]
            before = len(told)
            killed = world.now()
            os.kill(told[-1][0], signal.SIGKILL)
            if run.events.wait(lambda: len(told) > before, 15):
                took.append((told[before][1] - killed) / 1e6)
            else:
                lost += 1
            run.events.pause(0.1 + 0.1 * pause.random())
    return {"replaced": spread(took), "lost": lost}


def start(peer, svc, count):
    """Start of the supervisor to the start stamp of the last service."""
    took = []
    for _ in range(3 if count < 1000 else 1):
        with Run(peer, svc, plain(count)) as run:
            took.append((run.up() - run.started) / 1e6)
    return {"last_started": spread(took)}


def stop(peer, svc, sizes):
    """Request to the end of the last of 100 services that take 100 ms to end."""
    took = []
    for _ in range(sizes["few"]):
        with Run(peer, svc, plain(100), "stop-ms=100") as run:
            run.up("ready")
            run.events.pause(2)
            asked = world.now()
            run.peer.stop()
            if run.events.wait(lambda: run.events.count("exit") >= run.size, 60):
                took.append((max(at[-1][1] for at in run.events.of("exit").values()) - asked) / 1e6)
    return {"last_ended": spread(took)}


def status(peer, svc, sizes):
    """The whole command that shows 100 services."""
    took = []
    with Run(peer, svc, plain(100)) as run:
        run.up("ready")
        run.events.pause(2)
        for _ in range(sizes["few"] * 3):
            begun = world.now()
            shown = subprocess.run(run.peer.status(), capture_output=True, text=True, timeout=60, check=False)
            took.append((world.now() - begun) / 1e6)
    return {"command": spread(took), "services_shown": len(set(re.findall(r"service\d{4}", shown.stdout)))}


def idle(peer, svc, sizes):
    """Memory and CPU of the supervisor's side while 12 and 100 services only wait."""
    figures = {}
    for count in (12, 100):
        with Run(peer, svc, plain(count)) as run:
            run.up("ready")
            run.events.pause(5)
            own = run.own_processes()
            before = world.cpu_seconds(own)
            run.events.pause(sizes["idle_seconds"])
            figures[f"cpu_seconds_per_minute_{count}"] = (world.cpu_seconds(own) - before) * 60 / sizes["idle_seconds"]
            figures[f"memory_mb_{count}"] = world.resident_mb(own)
            figures[f"processes_{count}"] = len(own)
    return figures


def log(peer, svc, sizes):
    """
    Lines of 100 bytes from one service, ten times the size at which a log is rotated. Written as fast as it can: rate and CPU
    of the supervisor's side. Spread over some seconds, so that logs are rotated while they are written: what is lost.
    """
    count, seconds = sizes["log_lines"], sizes["log_seconds"]
    fast = logged(peer, svc, count, 0)
    steady = logged(peer, svc, count, seconds * 1000)
    return {
        "lines_per_second": count / fast["seconds"],
        "cpu_seconds": fast["cpu_seconds"],
        "cpu_seconds_steady": steady["cpu_seconds"],
        **{f"{key}_{name}": run[key] for name, run in (("fast", fast), ("steady", steady)) for key in LOG_COUNTS},
    }


LOG_COUNTS = ("lost", "doubled", "displaced", "rotations")


def logged(peer, svc, count, milliseconds):
    """One service that writes numbered lines, and what is found of them in all files of its log, oldest first."""
    with Run(peer, svc, plain(1), f"ready-ms={LOG_READY_MS}", f"lines={count}", f"lines-ms={milliseconds}") as run:
        run.up()
        name = next(iter(run.events.of("start")))
        run.events.wait(lambda: run.events.of("ready"), 30)
        own = run.own_processes()
        before = world.cpu_seconds(own)
        run.events.wait(lambda: run.events.of("logged"), 120)
        written = run.events.of("logged")[name][0][1] - run.events.of("ready")[name][0][1]
        settle(run, name)
        used = world.cpu_seconds(own) - before
        files = run.peer.log_files(name)
        numbers = [int(line[:10]) for line in lines_of(files) if len(line) == 100]
    return {
        "seconds": written / 1e9,
        "cpu_seconds": used,
        "lost": count - len(set(numbers)),
        "doubled": len(numbers) - len(set(numbers)),
        "displaced": sum(number != last + 1 for last, number in zip([-1, *numbers], numbers)),
        "rotations": len(files) - 1,
    }


def settle(run, name):
    """Waits until the log no longer changes and what is too large is rotated: a logger may be behind the service."""
    limit, deadline = LOG_MEGABYTES << 20, time.monotonic() + SETTLE_SECONDS
    sizes, same = [], 0
    while time.monotonic() < deadline and (same < 10 or max(sizes) > limit + limit // 4):
        run.events.pause(0.1)
        fresh = [os.path.getsize(file) for file in run.peer.log_files(name) if os.path.exists(file)]
        sizes, same = fresh, same + 1 if fresh == sizes else 0


def lines_of(files):
    for path in files:
        with open(path, "rb") as file:
            yield from (line for line in file if line[:10].isdigit())


PHASES = {
    "dag": dag,
    "restart": restart,
    "start12": lambda peer, svc, _: start(peer, svc, 12),
    "start100": lambda peer, svc, _: start(peer, svc, 100),
    "start1000": lambda peer, svc, _: start(peer, svc, 1000),
    "stop": stop,
    "status": status,
    "idle": idle,
    "log": log,
}


def build_svc():
    """Compiles the child; nothing of it is kept in the repository."""
    folder = os.path.dirname(os.path.abspath(__file__))
    out = os.path.abspath(f"{folder}/../../artifacts/bench")
    os.makedirs(out, exist_ok=True)
    subprocess.run(["gcc", "-O2", "-Wall", "-static", "-o", f"{out}/svc", f"{folder}/svc.c"], check=True)
    return f"{out}/svc"


def timed(phase, *arguments):
    begun = time.monotonic()
    return {**(phase(*arguments) or {}), "phase_seconds": round(time.monotonic() - begun, 1)}
