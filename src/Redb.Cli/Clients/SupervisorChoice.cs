using System.Collections.Immutable;

namespace Redb.Cli.Clients;

/// <summary>Decides which of the supervisors found is meant.</summary>
internal static class SupervisorChoice
{
    /// <summary>The supervisors to talk to: exactly one, unless all are wanted.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="group">Only a supervisor of this group; null for any.</param>
    /// <param name="all">Whether several are welcome.</param>
    /// <exception cref="CommandFailure">There is none, or it stays open which.</exception>
    public static ImmutableArray<LocalSupervisor> Choose(Discovery found, string? group, bool all)
    {
        if (found.Live.IsEmpty)
        {
            throw Nothing(found);
        }

        var chosen = group is null
            ? found.Live
            : [.. found.Live.Where(supervisor => supervisor.Address.Groups.Contains(group, StringComparer.Ordinal))];
        if (chosen.IsEmpty)
        {
            throw NoSuchGroup(found.Live, group!);
        }

        return chosen.Length == 1 || all ? chosen : throw Several(chosen, group);
    }

    private static CommandFailure Nothing(Discovery found)
    {
        const string What = "no supervisor is running here";
        const string Start = "redb-supervisor --config config.yaml, or name its folder with --data-dir";
        if (!found.Denied.IsEmpty)
        {
            return new(
                ExitCode.PermissionDenied,
                "the supervisor belongs to somebody else",
                $"{found.Denied[0]} may not be read by this user",
                "run redbctl as the user that runs the supervisor"
            );
        }

        if (!found.Unreadable.IsEmpty)
        {
            return new(ExitCode.Unavailable, What, found.Unreadable[0], Start);
        }

        return found.Stale is [var left, ..]
            ? new(
                ExitCode.Unavailable,
                What,
                $"{Path.Combine(left.DataDirectory, Abstractions.Supervision.SupervisorAddress.FileName)} is stale: its process {left.Address.Pid} is gone",
                Start
            )
            : new(ExitCode.Unavailable, What, $"{found.Searched} does not exist", Start);
    }

    private static CommandFailure NoSuchGroup(ImmutableArray<LocalSupervisor> live, string group)
    {
        var known = live.SelectMany(supervisor => supervisor.Address.Groups).Distinct(StringComparer.Ordinal).ToList();
        return new(
            ExitCode.NotFound,
            $"no group '{group}' is supervised here",
            $"the groups are {string.Join(", ", known)}",
            NearNames.Suggest(group, known) is { } near ? $"did you mean -g {near}?" : "redbctl status --all-groups"
        );
    }

    private static CommandFailure Several(ImmutableArray<LocalSupervisor> chosen, string? group) =>
        new(
            ExitCode.Usage,
            group is null ? "several supervisors are running here" : $"several supervisors run a group '{group}'",
            string.Join("; ", chosen.Select(supervisor => supervisor.Describe())),
            group is null ? "choose one with -g GROUP or --data-dir DIR" : "choose one with --data-dir DIR"
        );
}
