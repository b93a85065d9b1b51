using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;
using Redb.Grains.Services;

namespace Redb.Silo.Journal;

/// <summary>Reads a journal.</summary>
/// <exception cref="FormatException">Thrown by every method where a column does not hold what was written there.</exception>
internal sealed class JournalReader(SqliteConnection connection)
{
    public Recalled Read(int eventsOfGroup)
    {
        var members = Members().ToLookup(row => row.Group, StringComparer.Ordinal);
        return new()
        {
            Services = Services().ToImmutableDictionary(),
            Groups = Groups()
                .ToImmutableDictionary(
                    row => row.Name,
                    row =>
                        row.Memory with
                        {
                            Members = members[row.Name]
                                .ToImmutableDictionary(
                                    member => member.Service,
                                    member => member.Memory,
                                    StringComparer.Ordinal
                                ),
                        },
                    StringComparer.Ordinal
                ),
            Events = GroupsWithEvents()
                .ToImmutableDictionary(group => group, group => Events(group, eventsOfGroup), StringComparer.Ordinal),
        };
    }

    /// <summary>The newest events of a group whose sequence is below <paramref name="before"/>, oldest first.</summary>
    public ImmutableArray<SupervisorEvent> Events(string group, int count, long before = long.MaxValue)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT sequence, at, service, kind, message, phase, run, detail FROM event WHERE grp = $1 AND sequence < $3 ORDER BY id DESC LIMIT $2";
        command.Parameters.AddWithValue("$1", group);
        command.Parameters.AddWithValue("$2", count);
        command.Parameters.AddWithValue("$3", before);
        var events = Rows(command, Event).ToArray();
        Array.Reverse(events);
        return ImmutableCollectionsMarshal.AsImmutableArray(events);
    }

    /// <summary>The boot in which it was last opened; null when it never was.</summary>
    public string? LastBoot()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT boot_id FROM opening";
        return command.ExecuteScalar() as string;
    }

    private List<KeyValuePair<(string Group, string Service), ServiceMemory>> Services()
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT grp, name, wanted, phase, reason, since, run, boot_id, pid, start_ticks, started_at, ready_at, has_controller,
                failures, restarts, restart_due, exit_code, exit_signal, exit_at, rung, stop_grace, command, service_id,
                registration, overrides
            FROM service
            """;
        return Rows(command, row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), Service(row)));
    }

    private List<(string Name, GroupMemory Memory)> Groups()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, wanted, was_ready, is_ending, cordoned_since, cordon_reason FROM grp";
        return Rows(
            command,
            row =>
                (
                    row.GetString(0),
                    new GroupMemory
                    {
                        Wanted = Word<Wanted>(row, 1),
                        WasReady = row.GetBoolean(2),
                        IsEnding = row.GetBoolean(3),
                        Cordon = Time(row, 4) is { } since ? new(since, Text(row, 5) ?? "") : null,
                    }
                )
        );
    }

    private List<(string Group, string Service, MemberMemory Memory)> Members()
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT grp, service, wanted, command, is_leaving, was_told_to_stop, returns, owes_restart, is_held_down, grace FROM member";
        return Rows(
            command,
            row =>
                (
                    row.GetString(0),
                    row.GetString(1),
                    new MemberMemory(
                        Word<Wanted>(row, 2),
                        row.GetInt64(3),
                        row.GetBoolean(4),
                        row.GetBoolean(5),
                        row.GetBoolean(6),
                        row.GetBoolean(7),
                        row.GetBoolean(8),
                        Duration(row, 9)
                    )
                )
        );
    }

    private List<string> GroupsWithEvents()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT grp FROM event";
        return Rows(command, row => row.GetString(0));
    }

    private static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var rows = command.ExecuteReader();
        var result = new List<T>();
        while (rows.Read())
        {
            result.Add(read(rows));
        }

        return result;
    }

    private static ServiceMemory Service(SqliteDataReader row) =>
        new()
        {
            Wanted = Word<Wanted>(row, 2),
            Phase = Word<ServicePhase>(row, 3),
            Reason = row.GetString(4),
            Since = JournalText.ToTime(row.GetString(5)),
            Run = row.GetInt64(6),
            Process = row.IsDBNull(7) ? null : new(row.GetString(7), row.GetInt32(8), row.GetString(9)),
            StartedAt = JournalText.ToTime(row.GetString(10)),
            ReadyAt = Time(row, 11),
            HasController = row.GetBoolean(12),
            Failures = row.GetInt32(13),
            Restarts = row.GetInt32(14),
            RestartDue = Time(row, 15),
            LastExit = Time(row, 18) is { } at ? new(Number(row, 16), Number(row, 17), at) : null,
            Rung = Word<StopRung>(row, 19),
            StopGrace = Duration(row, 20),
            Command = row.GetInt64(21),
            ServiceId = Text(row, 22),
            Registration = Text(row, 23) is { } registration ? JournalText.ToRegistration(registration) : null,
            Overrides = Text(row, 24) is { } settings
                ? JournalText.ToSettings(settings)
                : ImmutableDictionary<string, string>.Empty,
        };

    private static SupervisorEvent Event(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            JournalText.ToTime(row.GetString(1)),
            row.GetString(2),
            Word<EventKind>(row, 3),
            row.GetString(4),
            row.IsDBNull(5) ? null : Word<ServicePhase>(row, 5),
            row.GetInt64(6),
            row.GetString(7)
        );

    private static T Word<T>(SqliteDataReader row, int column)
        where T : struct, Enum => Enum.Parse<T>(row.GetString(column));

    private static string? Text(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        Text(row, column) is { } text ? JournalText.ToTime(text) : null;

    private static TimeSpan? Duration(SqliteDataReader row, int column) =>
        Text(row, column) is { } text ? JournalText.ToDuration(text) : null;
}
