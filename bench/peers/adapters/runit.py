"""runit: a process per service, order by `sv start` and a check script in the run script, asked every second."""

import glob
import os
import time

from adapters import peer

FOLDER = os.environ.get("RUNIT_BIN", "/usr/bin")


class Peer(peer.Peer):
    name = "runit"
    has_order = True
    note = "runsvdir; a runsv and an svlogd for each service; order by sv start and ./check, which it polls"

    @staticmethod
    def version():
        return os.environ.get("RUNIT_VERSION") or peer.package_version("runit")

    def prepare(self):
        for service in self.services:
            needs = " ".join(f"{self.folder}/scan/{need}" for need in service.needs)
            wait = f"{FOLDER}/sv -w 60 start {needs} >/dev/null || exit 1\n" if needs else ""
            ready = f"{self.folder}/{service.name}.ready"
            command = peer.quoted([*service.argv, f"ready-file={ready}"])
            self.write(f"scan/{service.name}/run", f"#!/bin/sh\nexec 2>&1\n{wait}exec {command}\n", 0o755)
            self.write(f"scan/{service.name}/check", f"#!/bin/sh\n[ -e {ready} ]\n", 0o755)
            self.write(
                f"scan/{service.name}/log/run",
                f"#!/bin/sh\nexec {FOLDER}/svlogd {self.folder}/logs/{service.name}\n",
                0o755,
            )
            self.write(f"logs/{service.name}/config", f"s{peer.LOG_MEGABYTES}000000\nn{peer.LOG_FILES}\n")
        # runsvdir sleeps first when its folder changed within the last second, which is never so at boot.
        minute_ago = time.time() - 60
        os.utime(f"{self.folder}/scan", (minute_ago, minute_ago))

    def start(self):
        path = f"{FOLDER}:{os.environ['PATH']}"
        self.run([f"{FOLDER}/runsvdir", "-P", f"{self.folder}/scan"], env={**os.environ, "PATH": path})

    def stop(self):
        self.process.send_signal(1)

    def status(self):
        return ["sh", "-c", f"{FOLDER}/sv status {self.folder}/scan/*"]

    def log_files(self, name):
        return [*sorted(glob.glob(f"{self.folder}/logs/{name}/@*")), f"{self.folder}/logs/{name}/current"]
