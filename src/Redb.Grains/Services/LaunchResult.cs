using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>What became of a launch.</summary>
internal abstract record LaunchResult
{
    private LaunchResult() { }

    /// <summary>A process exists.</summary>
    public sealed record Started(RunIdentity Process) : LaunchResult;

    /// <summary>No process exists. The reason is a sentence for people: what failed and the measured cause.</summary>
    public sealed record Refused(string Reason) : LaunchResult;
}
