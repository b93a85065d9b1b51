using Microsoft.Data.Sqlite;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>Writes rows: one prepared statement for each table.</summary>
internal sealed class JournalRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _service = Statement.Upsert(
        connection,
        "service",
        keys: 2,
        "grp",
        "name",
        "wanted",
        "phase",
        "reason",
        "since",
        "run",
        "boot_id",
        "pid",
        "start_ticks",
        "started_at",
        "ready_at",
        "has_controller",
        "failures",
        "restarts",
        "restart_due",
        "exit_code",
        "exit_signal",
        "exit_at",
        "rung",
        "stop_grace",
        "command",
        "service_id",
        "registration",
        "overrides"
    );

    private readonly Statement _group = Statement.Upsert(
        connection,
        "grp",
        keys: 1,
        "name",
        "wanted",
        "was_ready",
        "is_ending",
        "cordoned_since",
        "cordon_reason"
    );

    private readonly Statement _member = Statement.Upsert(
        connection,
        "member",
        keys: 2,
        "grp",
        "service",
        "wanted",
        "command",
        "is_leaving",
        "was_told_to_stop",
        "returns",
        "owes_restart",
        "is_held_down",
        "grace"
    );

    private readonly Statement _run = new(
        connection,
        """
        INSERT INTO run (grp, service, run, intended_at, launched_at, boot_id, pid, start_ticks, ready_at, ended_at, exit_code, exit_signal)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (grp, service, run) DO UPDATE SET
            intended_at = coalesce(run.intended_at, excluded.intended_at),
            launched_at = coalesce(excluded.launched_at, run.launched_at),
            boot_id = coalesce(excluded.boot_id, run.boot_id),
            pid = coalesce(excluded.pid, run.pid),
            start_ticks = coalesce(excluded.start_ticks, run.start_ticks),
            ready_at = coalesce(excluded.ready_at, run.ready_at),
            ended_at = coalesce(excluded.ended_at, run.ended_at),
            exit_code = coalesce(excluded.exit_code, run.exit_code),
            exit_signal = coalesce(excluded.exit_signal, run.exit_signal)
        """,
        parameters: 12
    );

    private readonly Statement _oldRuns = new(
        connection,
        "DELETE FROM run WHERE grp = $1 AND service = $2 AND run <= $3",
        parameters: 3
    );

    private readonly Statement _event = new(
        connection,
        "INSERT INTO event (grp, sequence, at, service, kind, message, phase, run, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        parameters: 9
    );

    private readonly Statement _oldEvents = new(
        connection,
        "DELETE FROM event WHERE grp = $1 AND id <= (SELECT id FROM event WHERE grp = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        parameters: 2
    );

    private readonly Statement _opening = Statement.Upsert(connection, "opening", keys: 1, "id", "boot_id");

    public void Write((string Group, string Service) key, ServiceMemory memory) =>
        _service.Execute(
            key.Group,
            key.Service,
            memory.Wanted.ToString(),
            memory.Phase.ToString(),
            memory.Reason,
            JournalText.Of(memory.Since),
            memory.Run,
            memory.Process?.BootId,
            memory.Process?.Pid,
            memory.Process?.StartTicks,
            JournalText.Of(memory.StartedAt),
            JournalText.Of(memory.ReadyAt),
            memory.HasController,
            memory.Failures,
            memory.Restarts,
            JournalText.Of(memory.RestartDue),
            memory.LastExit?.Code,
            memory.LastExit?.Signal,
            JournalText.Of(memory.LastExit?.At),
            memory.Rung.ToString(),
            JournalText.Of(memory.StopGrace),
            memory.Command,
            memory.ServiceId,
            JournalText.Of(memory.Registration),
            JournalText.Of(memory.Overrides)
        );

    public void Write(string group, GroupMemory memory)
    {
        _group.Execute(
            group,
            memory.Wanted.ToString(),
            memory.WasReady,
            memory.IsEnding,
            JournalText.Of(memory.Cordon?.Since),
            memory.Cordon?.Reason
        );
        foreach (var (service, member) in memory.Members)
        {
            _member.Execute(
                group,
                service,
                member.Wanted.ToString(),
                member.Command,
                member.IsLeaving,
                member.WasToldToStop,
                member.Returns,
                member.OwesRestart,
                member.IsHeldDown,
                JournalText.Of(member.Grace)
            );
        }
    }

    /// <summary>Adds to what is known of a run; a new one pushes out the oldest.</summary>
    public void Write((string Group, string Service, long Run) key, RunRow row, int kept)
    {
        _run.Execute(
            key.Group,
            key.Service,
            key.Run,
            JournalText.Of(row.IntendedAt),
            JournalText.Of(row.LaunchedAt),
            row.Process?.BootId,
            row.Process?.Pid,
            row.Process?.StartTicks,
            JournalText.Of(row.ReadyAt),
            JournalText.Of(row.Exit?.At),
            row.Exit?.Code,
            row.Exit?.Signal
        );
        if (row.IntendedAt is not null)
        {
            _oldRuns.Execute(key.Group, key.Service, key.Run - kept);
        }
    }

    public void Write(string group, SupervisorEvent happened) =>
        _event.Execute(
            group,
            happened.Sequence,
            JournalText.Of(happened.At),
            happened.Service,
            happened.Kind.ToString(),
            happened.Message,
            happened.Phase?.ToString(),
            happened.Run,
            happened.Detail
        );

    /// <summary>Deletes all but the newest events of a group.</summary>
    public void TrimEvents(string group, int kept) => _oldEvents.Execute(group, kept);

    public void WriteOpening(string bootId) => _opening.Execute(1, bootId);

    public void Dispose()
    {
        foreach (
            var statement in (Statement[])[_service, _group, _member, _run, _oldRuns, _event, _oldEvents, _opening]
        )
        {
            statement.Dispose();
        }
    }
}
