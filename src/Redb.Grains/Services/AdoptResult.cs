using Redb.Abstractions.Services;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>What became of a run that an earlier supervisor launched, or was about to launch.</summary>
internal abstract record AdoptResult
{
    private AdoptResult() { }

    /// <summary>It lives, and is watched from now on.</summary>
    /// <param name="Process">Its process.</param>
    /// <param name="Run">
    /// Its number, under which it is signalled and reports. Higher than that of the order when the service was restarted while the
    /// journal could not write: then the journaled run is over, and this one is taken rather than doubled.
    /// </param>
    /// <param name="StartedAt">When its process started, within a hundredth of a second.</param>
    public sealed record Alive(RunIdentity Process, RunId Run, DateTimeOffset StartedAt) : AdoptResult;

    /// <summary>It has ended meanwhile; what can still be known of how.</summary>
    public sealed record Ended(RunExit Exit) : AdoptResult;

    /// <summary>The launch never came about.</summary>
    public sealed record NeverStarted : AdoptResult;

    /// <summary>Whatever became of it has been told already, and the launch that follows from it was decided ahead of the grain.</summary>
    /// <param name="Memory">What the journal says since then: the service goes on from here.</param>
    /// <param name="Launch">What came of the launch; null when it was not tried yet.</param>
    public sealed record Ahead(ServiceMemory Memory, LaunchResult? Launch) : AdoptResult;
}
