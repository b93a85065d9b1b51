"""redb-supervisor: one process, order and readiness of its own."""

import glob
import json
import os
import signal
import socket
import threading

import world
from adapters import peer

DIST = os.environ.get("REDB_DIST", os.path.abspath(f"{os.path.dirname(__file__)}/../../../dist"))


class Peer(peer.Peer):
    name = "redb"
    has_order = True
    note = "ReadyToRun build; readiness by sd_notify; restart.stable_after 0s, so that every restart counts as a first one"

    def __init__(self, folder, services):
        super().__init__(folder, services)
        self.port = free_port()
        #: When the silo was active and its port open, in nanoseconds; None before.
        self.active = None
        self._ready = None
        self._said = threading.Event()

    @staticmethod
    def version():
        return os.popen(f"{DIST}/redb-supervisor --version").read().strip().partition("+")[0]

    def prepare(self):
        # JSON is YAML, and needs no quoting rules of ours.
        text = json.dumps(
            {
                "supervisor": {"port": self.port, "data_dir": self.folder},
                "database": {"name": "redb"},
                "logging": {"max_size_mb": peer.LOG_MEGABYTES, "max_files": peer.LOG_FILES},
                "instance_group": {"group_id": "bench"},
                "keyring": {"path": f"{self.folder}/keyring.json", "service_name": "redb"},
                "services": {service.name: self.section(service) for service in self.services},
            },
            indent=1,
        )
        self.write("config.yaml", text)

    def start(self):
        reading, writing = os.pipe()
        self.process = world.spawn([f"{DIST}/redb-supervisor", "--config", f"{self.folder}/config.yaml"], writing)
        os.close(writing)
        threading.Thread(target=self._listen, args=(reading,), daemon=True).start()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)

    def status(self):
        return [f"{DIST}/redbctl", "--data-dir", self.folder, "status"]

    def group_ready(self, seconds):
        if not self._said.wait(seconds):
            raise TimeoutError(f"the group was not said to be Ready within {seconds} s, see {self.folder}")
        return self._ready

    def log_files(self, name):
        return [*sorted(glob.glob(f"{self.folder}/logs/{name}-*.log")), f"{self.folder}/logs/{name}.log"]

    def section(self, service):
        """What the configuration says of one service."""
        return {
            "enabled": True,
            "required": True,
            "executable": service.argv[0],
            "args": service.argv[1:],
            "dependencies": service.needs,
            "restart": {"stable_after": "0s"},
            "probes": {"readiness": {"kind": "notify"}, "liveness": {"kind": "none"}},
        }

    # Stamps the lines that count the moment they come, and keeps everything for whoever looks for a fault.
    def _listen(self, reading):
        with os.fdopen(reading, encoding="utf-8") as lines, open(f"{self.folder}/supervisor.out", "w") as copy:
            for line in lines:
                if self.active is None and "gRPC on" in line:
                    self.active = world.now()
                if self._ready is None and "group bench " in line and "-> Ready" in line:
                    self._ready = world.now()
                    self._said.set()
                copy.write(line)
                copy.flush()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
