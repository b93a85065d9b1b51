using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;

namespace Redb.Cli.Rendering.Documents;

/// <summary>One group in a document.</summary>
internal sealed record GroupDocument(
    string Host,
    string Group,
    long Version,
    string Wanted,
    string State,
    string Reason,
    DateTimeOffset? Since,
    int Ready,
    int Total,
    string Endpoint,
    int PortOffset,
    ImmutableArray<ServiceDocument> Services
)
{
    /// <summary>Writes a view down, with only some of its services if <paramref name="only"/> says so.</summary>
    public static GroupDocument Of(GroupView view, Func<ServiceView, bool>? only = null)
    {
        var (ready, total) = GroupHeader.Count(view);
        return new(
            view.Host,
            view.Group,
            view.Version,
            view.Wanted.ToString(),
            view.Phase.ToString(),
            view.Reason,
            view.Since == default ? null : view.Since,
            ready,
            total,
            view.Endpoint,
            view.PortOffset,
            [.. view.Services.Where(only ?? (static _ => true)).Select(ServiceDocument.Of)]
        );
    }
}
