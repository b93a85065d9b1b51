using Redb.Abstractions.Services;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>Reads out of two successive memories of a service what happened to its runs.</summary>
internal static class RunHistory
{
    /// <summary>What is new: of the run before, of the present one, or of both.</summary>
    /// <param name="before">What was known; null for nothing.</param>
    /// <param name="after">What is known now.</param>
    public static IEnumerable<RunRow> Changes(ServiceMemory? before, ServiceMemory after)
    {
        var previous = before?.Run ?? 0;
        var exit = after.LastExit != before?.LastExit ? after.LastExit : null;
        if (previous != after.Run && previous > 0 && exit is not null)
        {
            // Died and was started again in one transition: the exit is that of the run before.
            yield return new(previous) { Exit = exit };
            exit = null;
        }

        if (after.Run > 0 && Present(previous == after.Run ? before : null, after, exit) is { } row)
        {
            yield return row;
        }
    }

    private static RunRow? Present(ServiceMemory? before, ServiceMemory after, RunExit? exit)
    {
        var row = new RunRow(after.Run)
        {
            IntendedAt = before is null && after.Phase.IsLive() ? after.Since : null,
            Process = after.Process == before?.Process ? null : after.Process,
            LaunchedAt = after.Process is null || after.Process == before?.Process ? null : after.StartedAt,
            ReadyAt = after.ReadyAt == before?.ReadyAt ? null : after.ReadyAt,
            Exit = exit ?? GivenUp(before, after),
        };
        return row == new RunRow(after.Run) ? null : row;
    }

    // A launch that was refused ends its run without an exit.
    private static RunExit? GivenUp(ServiceMemory? before, ServiceMemory after) =>
        before is { Process: null } && before.Phase.IsLive() && after.Process is null && !after.Phase.IsLive()
            ? new(null, null, after.Since)
            : null;
}
