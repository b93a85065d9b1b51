using System.Collections.Immutable;
using Redb.Abstractions.Services;

namespace Redb.Cli.Operations;

/// <summary>How a wait ended, over all its aims.</summary>
/// <param name="Reached">Services that are where they should be.</param>
/// <param name="Waiting">Services that were still on their way.</param>
/// <param name="Failed">Services that will not get there by themselves.</param>
/// <param name="Blocked">Why those of the failed that wait for their dependencies wait in vain.</param>
/// <param name="Overruled">Services somebody wants elsewhere meanwhile.</param>
/// <param name="IsTimedOut">Whether the time was over first.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record Outcome(
    ImmutableArray<ServiceView> Reached,
    ImmutableArray<ServiceView> Waiting,
    ImmutableArray<ServiceView> Failed,
    ImmutableArray<Blockage> Blocked,
    ImmutableArray<ServiceView> Overruled,
    bool IsTimedOut,
    TimeSpan Elapsed
)
{
    /// <summary>Joins the standings of all aims.</summary>
    public static Outcome Of(IEnumerable<Standing?> standings, bool isTimedOut, TimeSpan elapsed)
    {
        var known = standings.OfType<Standing>().ToList();
        return new(
            [.. known.SelectMany(standing => standing.Reached)],
            [.. known.SelectMany(standing => standing.Waiting)],
            [.. known.SelectMany(standing => standing.Failed)],
            [.. known.SelectMany(standing => standing.Blocked)],
            [.. known.SelectMany(standing => standing.Overruled)],
            isTimedOut,
            elapsed
        );
    }
}
