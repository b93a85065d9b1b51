using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;

namespace Redb.Cli.Rendering.Documents;

/// <summary>One supervisor of the cluster, as JSON.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Silo">Name of its silo.</param>
/// <param name="State">Up, Left, or Unknown while it is silent.</param>
/// <param name="SilentSeconds">Time since its last sign of life.</param>
/// <param name="Reason">Why it is not up; may be empty.</param>
/// <param name="Address">Where other silos reach it.</param>
/// <param name="Version">Its version; empty when it has not said yet.</param>
/// <param name="Pid">Its process id; null when it has not said yet.</param>
/// <param name="StartedAt">When it started; null when it has not said yet.</param>
/// <param name="Cordoned">Whether nothing is to be started there.</param>
/// <param name="CordonReason">Why; may be empty.</param>
/// <param name="Groups">Its groups.</param>
internal sealed record HostDocument(
    string Host,
    string Silo,
    string State,
    double SilentSeconds,
    string Reason,
    string Address,
    string Version,
    int? Pid,
    DateTimeOffset? StartedAt,
    bool Cordoned,
    string CordonReason,
    ImmutableArray<HostGroupDocument> Groups
)
{
    /// <summary>Writes a host down.</summary>
    public static HostDocument Of(HostView host) =>
        new(
            host.Host,
            host.Silo,
            host.State.ToString(),
            Math.Round(host.SilentFor.TotalSeconds, 3),
            host.Reason,
            host.Address,
            host.Version,
            host.Pid > 0 ? host.Pid : null,
            host.StartedAt == default ? null : host.StartedAt,
            host.IsCordoned(),
            host.Groups.Select(group => group.Cordon).OfType<Cordon>().FirstOrDefault()?.Reason ?? "",
            [.. host.Groups.Select(HostGroupDocument.Of)]
        );
}
