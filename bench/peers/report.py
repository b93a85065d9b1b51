"""Prints figures as one Markdown table, a column for each supervisor."""

ROWS = [
    ("reDB graph: first start -> last ready, ms", "dag", lambda f: median(f["last_ready"])),
    ("... share of the critical path", "dag", lambda f: f"{f['last_ready']['median'] / f['critical_path']:.3f}"),
    ("... -> group said to be Ready, ms", "dag", lambda f: median(f["group_ready"])),
    ("hand-over: ready -> dependent started, ms", "dag", lambda f: both(f["hand_over"])),
    ("... started too early", "dag", lambda f: str(f["violations"])),
    ("kill -9 -> replacement running, ms", "restart", lambda f: both(f["replaced"])),
    ("... never replaced", "restart", lambda f: str(f["lost"])),
    ("cold start of 12, ms", "start12", lambda f: median(f["last_started"])),
    ("cold start of 100, ms", "start100", lambda f: median(f["last_started"])),
    ("cold start of 1000, ms", "start1000", lambda f: median(f["last_started"])),
    ("stop of 100 that take 100 ms each, ms", "stop", lambda f: median(f["last_ended"])),
    ("status of 100, whole command, ms", "status", lambda f: median(f["command"])),
    ("... services shown", "status", lambda f: str(f["services_shown"])),
    ("memory with 12 / 100 services, MB (PSS)", "idle", lambda f: f"{f['memory_mb_12']:.1f} / {f['memory_mb_100']:.1f}"),
    (
        "CPU with 12 / 100 services, s per minute",
        "idle",
        lambda f: f"{f['cpu_seconds_per_minute_12']:.2f} / {f['cpu_seconds_per_minute_100']:.2f}",
    ),
    ("1 M log lines: thousand lines/s", "log", lambda f: f"{f['lines_per_second'] / 1000:.0f}"),
    ("... CPU s of the supervisor's side", "log", lambda f: f"{f['cpu_seconds']:.2f}"),
    ("... lost / doubled / out of order", "log", lambda f: lines(f, "fast")),
    ("the same over 12 s: CPU s", "log", lambda f: f"{f['cpu_seconds_steady']:.2f}"),
    ("... lost / doubled / out of order", "log", lambda f: lines(f, "steady")),
]


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def median(figures):
    return "-" if figures is None else number(figures["median"])


def lines(figures, run):
    return " / ".join(str(figures[f"{key}_{run}"]) for key in ("lost", "doubled", "displaced")) + f", {figures[f'rotations_{run}']} rotations"


def both(figures):
    return "-" if figures is None else f"{number(figures['median'])} (p99 {number(figures['p99'])}, n={figures['n']})"


def cell(result, phase, show):
    figures = result.get(phase, {})
    if "error" in figures:
        return "failed"
    return show(figures) if len(figures) > 1 else "-"


def table(results):
    lines = [
        "| | " + " | ".join(f"{name} {result['version']}" for name, result in results.items()) + " |",
        "| --- " * (len(results) + 1) + "|",
    ]
    for title, phase, show in ROWS:
        if any(phase in result for result in results.values()):
            cells = [cell(result, phase, show) for result in results.values()]
            lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
