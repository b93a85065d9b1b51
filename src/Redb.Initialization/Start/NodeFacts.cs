using System.Collections.Immutable;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Start;

/// <summary>What a start has learnt of a group's node.</summary>
public sealed record NodeFacts
{
    /// <summary>Its mesh node id; 0 when it is not initialized.</summary>
    public long NodeId { get; init; }

    /// <summary>The mesh it belongs to; null for none, or while the database does not answer.</summary>
    public long? MeshId { get; init; }

    /// <summary>Its tenant; null when it has none.</summary>
    public RecordedTenant? Tenant { get; init; }

    /// <summary>What its services need as <c>REDB_KEYRING_PASSWORD</c>; empty when it is configured, or there is none.</summary>
    public string MasterPassword { get; init; } = "";

    /// <summary>Sentences for people: what was chosen, and what is missing and does not hinder the start.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>The same with one more sentence.</summary>
    public NodeFacts With(string notice) => this with { Notices = Notices.Add(notice) };

    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"node {NodeId}, mesh {MeshId}, tenant {Tenant?.Id}";
}
