using System.Collections.Immutable;
using Redb.Abstractions.Instances;

namespace Redb.Cli.Clients;

/// <summary>Services of one group that a command is about.</summary>
/// <param name="Group">The group.</param>
/// <param name="Services">Their names, in the order of the group's view.</param>
/// <param name="IsWhole">Whether the group as a whole was meant.</param>
internal sealed record Target(GroupKey Group, ImmutableArray<string> Services, bool IsWhole)
{
    /// <summary>What a request to the group's grain names: nothing for the whole group.</summary>
    public ImmutableArray<string> Requested => IsWhole ? [] : Services;

    /// <summary>For people: the group, or the services.</summary>
    public string Describe() => IsWhole ? $"group {Group.Group}" : string.Join(", ", Services);
}
