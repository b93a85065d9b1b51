using Redb.Abstractions.Services;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>What became of a run that an earlier supervisor launched, or was about to launch.</summary>
internal abstract record AdoptResult
{
    private AdoptResult() { }

    /// <summary>A run lives, and is watched from now on.</summary>
    /// <param name="Run">Its number: higher than the one that was asked for when the journal missed a run.</param>
    /// <param name="Process">Its process.</param>
    public sealed record Alive(RunId Run, RunIdentity Process) : AdoptResult;

    /// <summary>It has ended meanwhile; what can still be known of how.</summary>
    public sealed record Ended(RunExit Exit) : AdoptResult;

    /// <summary>The launch never came about.</summary>
    public sealed record NeverStarted : AdoptResult;
}
