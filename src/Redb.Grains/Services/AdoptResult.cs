using Redb.Abstractions.Services;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>What became of a run that an earlier supervisor launched, or was about to launch.</summary>
internal abstract record AdoptResult
{
    private AdoptResult() { }

    /// <summary>It lives, and is watched from now on.</summary>
    public sealed record Alive(RunIdentity Process) : AdoptResult;

    /// <summary>It has ended meanwhile; what can still be known of how.</summary>
    public sealed record Ended(RunExit Exit) : AdoptResult;

    /// <summary>The launch never came about.</summary>
    public sealed record NeverStarted : AdoptResult;
}
