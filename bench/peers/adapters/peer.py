"""What every adapter has in common."""

import dataclasses
import os
import shlex
import subprocess

LOG_MEGABYTES = 10
LOG_FILES = 20


@dataclasses.dataclass
class Service:
    """One child: its program and arguments, and the names of the children that must be ready before it starts."""

    name: str
    argv: list
    needs: list = dataclasses.field(default_factory=list)


class Peer:
    """One supervisor over one set of services, everything of it below one folder."""

    name = "?"
    #: Whether a service can wait until another one is ready.
    has_order = False
    #: What has to be known to judge the figures.
    note = ""

    def __init__(self, folder, services):
        self.folder, self.services, self.process = folder, services, None
        os.makedirs(f"{folder}/logs")

    def prepare(self):
        """Writes the configuration; not timed."""
        raise NotImplementedError

    def start(self):
        """Starts the supervisor, which starts its services; timed from here."""
        raise NotImplementedError

    def stop(self):
        """Asks for all services to be stopped; may return before they are."""
        raise NotImplementedError

    def status(self):
        """The command that prints the state of all services."""
        raise NotImplementedError

    def group_ready(self, seconds):
        """When the supervisor itself says that all services are ready, in nanoseconds; None for one that does not say."""

    @staticmethod
    def version():
        return "?"

    def log_files(self, name):
        """The files that a service's log lines are in, oldest first."""
        raise NotImplementedError

    def write(self, path, text, mode=0o644):
        path = f"{self.folder}/{path}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)

    def run(self, argv, **more):
        with open(f"{self.folder}/supervisor.out", "ab") as out:
            self.process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **more
            )

    def call(self, argv):
        with open(f"{self.folder}/command.out", "ab") as out:
            subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=120, check=False)


def quoted(argv):
    return " ".join(map(shlex.quote, argv))


def package_version(package):
    return subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False
    ).stdout
