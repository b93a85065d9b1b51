using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Cli.Clients;

namespace Redb.Cli.Operations;

/// <summary>A goal for services of one group.</summary>
/// <param name="Target">The services.</param>
/// <param name="Goal">What is waited for.</param>
/// <param name="FromVersion">Views before this version say nothing about it.</param>
/// <param name="RunsBefore">Run of each service before it was asked to restart.</param>
/// <param name="IsRequested">Whether this command asked for it; else it only looks on.</param>
internal sealed record Aim(
    Target Target,
    Goal Goal,
    long FromVersion,
    ImmutableDictionary<string, long> RunsBefore,
    bool IsRequested
)
{
    /// <summary>An aim of a command that only looks on.</summary>
    public static Aim ToSee(Target target, Goal goal) =>
        new(target, goal, 0, ImmutableDictionary<string, long>.Empty, IsRequested: false);

    /// <summary>An aim of a command that changes something.</summary>
    public static Aim For(Change change, Target target, long fromVersion, GroupView before) =>
        new(
            target,
            change switch
            {
                Change.Start or Change.Retry => Goal.Ready,
                Change.Stop => Goal.Stopped,
                _ => Goal.Restarted,
            },
            fromVersion,
            before.Services.ToImmutableDictionary(
                service => service.Name,
                service => service.Run,
                StringComparer.Ordinal
            ),
            IsRequested: true
        );
}
