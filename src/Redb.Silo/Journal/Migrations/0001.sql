-- What each service was last said to be: one row for each, replaced by every transition.
CREATE TABLE service (
    grp TEXT NOT NULL,
    name TEXT NOT NULL,
    wanted TEXT NOT NULL,
    phase TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    run INTEGER NOT NULL,
    boot_id TEXT,
    pid INTEGER,
    start_ticks TEXT,
    started_at TEXT NOT NULL,
    ready_at TEXT,
    has_controller INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    restarts INTEGER NOT NULL,
    restart_due TEXT,
    exit_code INTEGER,
    exit_signal INTEGER,
    exit_at TEXT,
    rung TEXT NOT NULL,
    stop_grace TEXT,
    command INTEGER NOT NULL,
    service_id TEXT,
    registration TEXT,
    overrides TEXT,
    PRIMARY KEY (grp, name)
) WITHOUT ROWID;

-- What became of each run: intended, launched, ready, ended. A run that was never launched could not be.
CREATE TABLE run (
    grp TEXT NOT NULL,
    service TEXT NOT NULL,
    run INTEGER NOT NULL,
    intended_at TEXT,
    launched_at TEXT,
    boot_id TEXT,
    pid INTEGER,
    start_ticks TEXT,
    ready_at TEXT,
    ended_at TEXT,
    exit_code INTEGER,
    exit_signal INTEGER,
    PRIMARY KEY (grp, service, run)
) WITHOUT ROWID;

CREATE TABLE grp (
    name TEXT PRIMARY KEY NOT NULL,
    wanted TEXT NOT NULL,
    was_ready INTEGER NOT NULL,
    is_ending INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE member (
    grp TEXT NOT NULL,
    service TEXT NOT NULL,
    wanted TEXT NOT NULL,
    command INTEGER NOT NULL,
    is_leaving INTEGER NOT NULL,
    was_told_to_stop INTEGER NOT NULL,
    returns INTEGER NOT NULL,
    owes_restart INTEGER NOT NULL,
    is_held_down INTEGER NOT NULL,
    grace TEXT,
    PRIMARY KEY (grp, service)
) WITHOUT ROWID;

-- The id is the order in which events were told, over all groups; the sequence counts those of one group.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    grp TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    service TEXT NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    phase TEXT,
    run INTEGER NOT NULL,
    detail TEXT NOT NULL
);

CREATE INDEX event_of_group ON event (grp, id);

-- One row: the boot in which the journal was last opened.
CREATE TABLE opening (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    boot_id TEXT NOT NULL
);
