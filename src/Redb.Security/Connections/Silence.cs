using Redb.Abstractions.Security;

namespace Redb.Security.Connections;

/// <summary>Tells nobody.</summary>
internal sealed class Silence : IRefusalLog
{
    private Silence() { }

    /// <summary>The only one.</summary>
    public static Silence Instance { get; } = new();

    public void Tell(string who, AccessRefusedException refusal) { }
}
