"""redb-supervisor: one process, order and readiness of its own."""

import json
import os
import signal
import socket
import threading

import world
from adapters import peer

DIST = os.environ.get("REDB_DIST", os.path.abspath(f"{os.path.dirname(__file__)}/../../../dist"))
GROUP_SIZE = 250


class Peer(peer.Peer):
    name = "redb"
    has_order = True
    note = "ReadyToRun build; readiness by sd_notify; restart.stable_after 0s, so that every restart counts as a first one"

    def __init__(self, folder, services):
        super().__init__(folder, services)
        self._files = []
        self._ready = None
        self._said = threading.Event()

    @staticmethod
    def version():
        return os.popen(f"{DIST}/redb-supervisor --version").read().strip().partition("+")[0]

    def prepare(self):
        self._files = [self._write_group(group) for group in range(-(-len(self.services) // GROUP_SIZE))]

    def start(self):
        reading, writing = os.pipe()
        configs = [word for file in self._files for word in ("--config", file)]
        self.process = world.spawn([f"{DIST}/redb-supervisor", *configs], writing)
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

    # A group holds no more than so many services; the supervisor has a group for each file.
    def _write_group(self, group):
        folder = self.folder if group == 0 else f"{self.folder}/group{group}"
        services = self.services[group * GROUP_SIZE : (group + 1) * GROUP_SIZE]
        # JSON is YAML, and needs no quoting rules of ours.
        text = json.dumps(
            {
                "supervisor": {"port": free_port(), "data_dir": folder},
                "database": {"name": f"redb{group}"},
                "logging": {"max_size_mb": peer.LOG_MEGABYTES, "max_files": peer.LOG_FILES},
                "instance_group": {"group_id": f"bench{group}"},
                "keyring": {"path": f"{folder}/keyring.json", "service_name": f"redb{group}"},
                "services": {service.name: self._section(service) for service in services},
            },
            indent=1,
        )
        self.write(f"group{group}.yaml", text)
        return f"{self.folder}/group{group}.yaml"

    def _section(self, service):
        return {
            "enabled": True,
            "required": True,
            "executable": service.argv[0],
            "args": service.argv[1:],
            "dependencies": service.needs,
            "restart": {"stable_after": "0s"},
            "probes": {"readiness": {"kind": "notify"}, "liveness": {"kind": "none"}},
        }

    # Stamps the line that says so the moment it comes, and keeps everything for whoever looks for a fault.
    def _listen(self, reading):
        with os.fdopen(reading, encoding="utf-8") as lines, open(f"{self.folder}/supervisor.out", "w") as copy:
            for line in lines:
                if self._ready is None and "group bench0 " in line and "-> Ready" in line:
                    self._ready = world.now()
                    self._said.set()
                copy.write(line)
                copy.flush()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
