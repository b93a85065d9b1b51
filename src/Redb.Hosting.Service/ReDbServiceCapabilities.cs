namespace Redb.Hosting.Service;

/// <summary>What a service says it can do and needs. The supervisor shows it; it enforces none of it.</summary>
public sealed class ReDbServiceCapabilities
{
    /// <summary>Whether a changed configuration takes effect without a restart. Default true.</summary>
    public bool HotReload { get; set; } = true;

    /// <summary>Whether the service finishes its work when told to stop. Default true.</summary>
    public bool GracefulShutdown { get; set; } = true;

    /// <summary>Names of what the service depends on. Default <c>supervisor</c>.</summary>
    public IList<string> Dependencies { get; } = ["supervisor"];

    /// <summary>Configuration keys the service reads, each with a sentence for people. Default empty.</summary>
    public IDictionary<string, string> RequiredConfig { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
