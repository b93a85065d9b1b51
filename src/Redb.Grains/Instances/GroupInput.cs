using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Grains.Mesh;

namespace Redb.Grains.Instances;

/// <summary>Something that happened in a group, or that somebody asked for.</summary>
internal abstract record GroupInput
{
    private GroupInput() { }

    /// <summary>Wants services up; all of them when none is named.</summary>
    public sealed record StartRequested(ImmutableArray<string> Services) : GroupInput;

    /// <summary>Wants services down, dependents first; all of them when none is named.</summary>
    /// <param name="Services">Their names.</param>
    /// <param name="Grace">How long each polite rung of the stop ladder may take, 0 to one day; null for each service's policy.</param>
    public sealed record StopRequested(ImmutableArray<string> Services, TimeSpan? Grace = null) : GroupInput;

    /// <summary>Wants services down and then up again; all of them when none is named.</summary>
    public sealed record RestartRequested(ImmutableArray<string> Services) : GroupInput;

    /// <summary>Wants services that wait for a restart, or have given up, to be started at once; all of them when none is named.</summary>
    public sealed record RetryRequested(ImmutableArray<string> Services) : GroupInput;

    /// <summary>A supervisor has begun, and knows where its predecessor left the group.</summary>
    /// <param name="IsFresh">Whether that one ended in order: everything is started that nobody holds down, else what was under way goes on.</param>
    public sealed record Resumed(bool IsFresh) : GroupInput;

    /// <summary>The group's mesh node says whether its service may start, and what is missing for the group.</summary>
    public sealed record MeshStands(MeshStanding Standing) : GroupInput;

    /// <summary>A service says how it is, and which order it has heard last.</summary>
    public sealed record ServiceChanged(string Service, ServicePhase Phase, Wanted Wanted, long Heard) : GroupInput;
}
