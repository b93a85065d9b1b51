"""supervisord: one process, no order, no readiness."""

import glob

from adapters import peer


class Peer(peer.Peer):
    name = "supervisord"
    note = "one group, so that a stop asks all at once; startsecs=1 (its default)"

    @staticmethod
    def version():
        return peer.package_version("supervisor")

    def prepare(self):
        folder = self.folder
        parts = [
            f"[unix_http_server]\nfile={folder}/control\n",
            f"[supervisorctl]\nserverurl=unix://{folder}/control\n",
            f"[supervisord]\nnodaemon=true\nlogfile={folder}/supervisord.log\npidfile={folder}/pid\n"
            f"childlogdir={folder}/logs\nminfds=16384\nminprocs=4096\nloglevel=warn\n",
            "[rpcinterface:supervisor]\n"
            "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n",
            f"[group:all]\nprograms={','.join(service.name for service in self.services)}\n",
        ]
        for service in self.services:
            parts.append(
                f"[program:{service.name}]\ncommand={peer.quoted(service.argv)}\nautorestart=true\n"
                f"redirect_stderr=true\nstdout_logfile={folder}/logs/{service.name}\n"
                f"stdout_logfile_maxbytes={peer.LOG_MEGABYTES}MB\nstdout_logfile_backups={peer.LOG_FILES}\n"
            )
        self.write("supervisord.conf", "\n".join(parts))

    def start(self):
        self.run(["/usr/bin/supervisord", "-c", f"{self.folder}/supervisord.conf"])

    def stop(self):
        self.call([*self._control(), "stop", "all:*"])

    def status(self):
        return [*self._control(), "status"]

    def log_files(self, name):
        base = f"{self.folder}/logs/{name}"
        return [*sorted(glob.glob(f"{base}.*"), key=lambda file: -int(file.rpartition(".")[2])), base]

    def _control(self):
        return ["/usr/bin/supervisorctl", "-c", f"{self.folder}/supervisord.conf"]
