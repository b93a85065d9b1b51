using Redb.Abstractions.Instances;

namespace Redb.Cli.Rendering.Documents;

/// <summary>One group of a host, as JSON.</summary>
/// <param name="Group">Its id.</param>
/// <param name="State">Where it is.</param>
/// <param name="Ready">How many of its services are ready.</param>
/// <param name="Total">How many it has.</param>
internal sealed record HostGroupDocument(string Group, string State, int Ready, int Total)
{
    /// <summary>Writes a group down.</summary>
    public static HostGroupDocument Of(GroupView view)
    {
        var (ready, total) = GroupHeader.Count(view);
        return new(view.Group, view.Phase.ToString(), ready, total);
    }
}
