using System.Globalization;

namespace Redb.Silo.Cluster;

/// <summary>A join that looked well and failed all the same: the next life begins as an island, since services need somebody more than hosts need each other.</summary>
/// <param name="Cause">Why it failed, for people.</param>
/// <param name="Pause">How long not to try again.</param>
internal sealed record FailedJoin(string Cause, TimeSpan Pause)
{
    /// <summary>Environment variable that tells the next life: nothing else of a process outlives its replacement.</summary>
    public const string Variable = "REDB_SUPERVISOR_FAILED_JOIN";

    /// <summary>What the life before this one left, once.</summary>
    public static FailedJoin? Take()
    {
        var note = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return
            note?.Split(' ', 2) is [var pause, var cause]
            && long.TryParse(pause, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= TimeSpan.FromDays(1).TotalMilliseconds
            ? new(cause, TimeSpan.FromMilliseconds(milliseconds))
            : null;
    }

    /// <summary>Lets the next life know.</summary>
    public void Note() =>
        Environment.SetEnvironmentVariable(
            Variable,
            string.Create(CultureInfo.InvariantCulture, $"{(long)Pause.TotalMilliseconds} {Cause}")
        );
}
