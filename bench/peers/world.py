"""What the harness knows of the machine: the processes it started and what they tell."""

import ctypes
import os
import select
import signal
import subprocess
import time

PR_SET_CHILD_SUBREAPER = 36
PIPE_BYTES = 1 << 20
F_SETPIPE_SZ = 1031
LOOK_UP_SECONDS = 1
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


def now():
    """Nanoseconds of the clock that svc stamps its events with."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC)


def adopt_orphans():
    """From now on, what a dying descendant leaves behind becomes our child, so that nothing gets away."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def read(path):
    """The text of a file of /proc; empty when the process is gone."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def descendants():
    """Pids of every living process below this one."""
    children = {}
    for entry in os.listdir("/proc"):
        stat = read(f"/proc/{entry}/stat") if entry.isdigit() else ""
        if stat:
            state, parent = stat[stat.rindex(")") + 2 :].split()[:2]
            children.setdefault(int(parent), []).append((int(entry), state))
    found, parents = [], [os.getpid()]
    while parents:
        for pid, state in children.get(parents.pop(), []):
            parents.append(pid)
            if state != "Z":
                found.append(pid)
    return found


def reap():
    """Collects our dead children, adopted ones included."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def kill_everything(patience=20):
    """Ends every descendant by its pid, until there is none."""
    deadline = time.monotonic() + patience
    while pids := descendants():
        if time.monotonic() > deadline:
            raise TimeoutError(f"still alive after SIGKILL: {pids}")
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        reap()
        time.sleep(0.005)
    reap()


def cpu_seconds(pids):
    """CPU time that processes have used so far, user and system."""
    total = 0
    for pid in pids:
        stat = read(f"/proc/{pid}/stat")
        if stat:
            fields = stat[stat.rindex(")") + 2 :].split()
            total += int(fields[11]) + int(fields[12])
    return total / CLOCK_TICKS


def resident_mb(pids):
    """Memory of processes, shared pages counted in part (PSS)."""
    kilobytes = 0
    for pid in pids:
        for line in read(f"/proc/{pid}/smaps_rollup").splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def own_resident_mb(pid):
    """Memory of one process, shared pages counted in full (RSS), as ps and top show it."""
    lines = [line for line in read(f"/proc/{pid}/status").splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0


class Events:
    """What the children of one run have told so far, by kind and then by name: [(pid, nanoseconds)]."""

    def __init__(self, path):
        os.mkfifo(path)
        self.path = path
        # Open for writing too: it never ends, and no child ever waits for a reader.
        self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        _ = ctypes.CDLL(None).fcntl(self._pipe, F_SETPIPE_SZ, PIPE_BYTES)
        self._rest = b""
        self.kinds = {}

    def of(self, kind):
        return self.kinds.setdefault(kind, {})

    def count(self, kind):
        return sum(len(told) for told in self.of(kind).values())

    def wait(self, condition, seconds):
        """Takes in events until the condition holds, looked at after each and once a second; whether it does within the time."""
        deadline = time.monotonic() + seconds
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if select.select([self._pipe], [], [], min(left, LOOK_UP_SECONDS))[0]:
                self._take()
        return True

    def pause(self, seconds):
        """Goes on taking in events for some time."""
        self.wait(lambda: False, seconds)

    def close(self):
        os.close(self._pipe)

    def _take(self):
        *lines, self._rest = (self._rest + os.read(self._pipe, PIPE_BYTES)).split(b"\n")
        for line in lines:
            kind, name, pid, at = line.decode().split()
            self.of(kind).setdefault(name, []).append((int(pid), int(at)))


def spawn(argv, output):
    """Starts a supervisor in a session of its own, with a descriptor for what it prints."""
    return subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
    )
