using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Cli.Clients;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Sees to it that nothing is asked of a host that cannot hear it.</summary>
internal static class Reach
{
    /// <summary>Lets pass what can be reached.</summary>
    /// <exception cref="CommandFailure">A target is on a silent host.</exception>
    public static void Require(Scope scope, ImmutableArray<Target> targets, string verb)
    {
        foreach (var target in targets)
        {
            if (scope.ViewOf(target.Group).Phase == GroupPhase.Unknown)
            {
                throw new CommandFailure(
                    ExitCode.Unavailable,
                    $"cannot {verb} {target.Group}",
                    Explain(scope, target.Group),
                    $"redbctl hosts; on {target.Group.Host} itself: redbctl status"
                );
            }
        }
    }

    /// <summary>What is known of a silent host, and how its group was.</summary>
    public static string Explain(Scope scope, GroupKey key)
    {
        var view = scope.ViewOf(key);
        var host = scope.Hosts.FirstOrDefault(host =>
            host.Host == key.Host && host.Groups.Any(group => group.Group == key.Group)
        );
        return host is null ? view.Reason : $"host {key.Host} is {Describe(host)}; {view.Reason}";
    }

    /// <summary>Why a host is not there, and for how long.</summary>
    public static string Describe(HostView host) =>
        host.State switch
        {
            HostState.Up => "up",
            HostState.Left => $"not supervised, {host.Reason}, {DurationText.Short(host.SilentFor)} ago",
            _ => $"silent for {DurationText.Short(host.SilentFor)}, {host.Reason}",
        };
}
