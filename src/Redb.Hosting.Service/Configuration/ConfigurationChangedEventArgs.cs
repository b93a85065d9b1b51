namespace Redb.Hosting.Service.Configuration;

/// <summary>Which keys of a <see cref="LiveConfiguration"/> got a new value.</summary>
/// <param name="keys">The keys added or changed; never empty.</param>
public sealed class ConfigurationChangedEventArgs(IReadOnlySet<string> keys) : EventArgs
{
    /// <summary>The keys added or changed; never empty.</summary>
    public IReadOnlySet<string> Keys { get; } = keys;
}
