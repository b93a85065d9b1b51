"""s6: a process per service, order by waiting in the run script, readiness by a newline on a descriptor."""

import glob

from adapters import peer


class Peer(peer.Peer):
    name = "s6"
    has_order = True
    note = "s6-svscan; an s6-supervise and an s6-log for each service; order by s6-svwait -U in the run script"

    @staticmethod
    def version():
        return peer.package_version("s6")

    def prepare(self):
        for service in self.services:
            waits = "".join(f"if {{ s6-svwait -U -t 60000 {self._scan(need)} }}\n" for need in service.needs)
            command = peer.quoted([*service.argv, "ready-fd=3"])
            self.write(
                f"scan/{service.name}/run", f"#!/usr/bin/execlineb -P\nfdmove -c 2 1\n{waits}{command}\n", 0o755
            )
            self.write(f"scan/{service.name}/notification-fd", "3\n")
            rotate = f"n{peer.LOG_FILES} s{peer.LOG_MEGABYTES}000000"
            self.write(
                f"scan/{service.name}/log/run",
                f"#!/usr/bin/execlineb -P\ns6-log {rotate} {self.folder}/logs/{service.name}\n",
                0o755,
            )

    def start(self):
        self.run(["s6-svscan", "-c", "4000", f"{self.folder}/scan"])

    def stop(self):
        self.call(["s6-svscanctl", "-t", f"{self.folder}/scan"])

    def status(self):
        names = " ".join(service.name for service in self.services)
        return ["sh", "-c", f"cd {self.folder}/scan; for name in {names}; do echo $name; s6-svstat $name; done"]

    def log_files(self, name):
        return [*sorted(glob.glob(f"{self.folder}/logs/{name}/@*")), f"{self.folder}/logs/{name}/current"]

    def _scan(self, name):
        return f"{self.folder}/scan/{name}"
