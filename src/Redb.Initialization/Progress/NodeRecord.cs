using System.Collections.Immutable;

namespace Redb.Initialization.Progress;

/// <summary>What an initialization has done for one group, as its progress file keeps it. Never a secret.</summary>
/// <remarks>Serialized: members are only ever added.</remarks>
public sealed record NodeRecord
{
    /// <summary>Version of the file that this program writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The instance group.</summary>
    public string Group { get; init; } = "";

    /// <summary>Where its server was; null with the embedded database. What the configuration says otherwise goes before it.</summary>
    public RecordedServer? Server { get; init; }

    /// <summary>Folder of the files of the node itself, absolute; null until the initialization began.</summary>
    public string? Folder { get; init; }

    /// <summary>Its tenant; null until there is one, and in a multi-tenant node.</summary>
    public RecordedTenant? Tenant { get; init; }

    /// <summary>The steps that were begun, in their order.</summary>
    public ImmutableArray<RecordedStep> Steps { get; init; } = [];

    /// <summary>When the last step was done for the first time; null while the initialization is not complete.</summary>
    public DateTimeOffset? InitializedAt { get; init; }

    /// <summary>The record with what is known of a step put in its place.</summary>
    public NodeRecord With(RecordedStep step)
    {
        var at = Steps.ToList().FindIndex(known => known.Name == step.Name);
        return this with { Steps = at < 0 ? Steps.Add(step) : Steps.SetItem(at, step) };
    }
}
