using System.Collections.Immutable;

namespace Redb.Hosting.Service.Configuration;

/// <summary>
/// The service's keys and values as the supervisor last sent them. Later values win; nothing is ever removed.
/// Reading is safe from every thread.
/// </summary>
public sealed class LiveConfiguration
{
    private readonly Lock _merging = new();
    private ImmutableDictionary<string, string> _values = ImmutableDictionary.Create<string, string>(
        StringComparer.Ordinal
    );

    /// <summary>Raised after a merge that changed something, on the thread that merged. Handlers must be quick.</summary>
    public event EventHandler<ConfigurationChangedEventArgs>? Changed;

    /// <summary>All keys and values at this moment; the dictionary returned never changes.</summary>
    public IReadOnlyDictionary<string, string> Snapshot => Volatile.Read(ref _values);

    /// <summary>The value of a key, or null where the supervisor sent none.</summary>
    /// <param name="key">The key, case-sensitive, such as <c>instance_group.port_offset</c>.</param>
    public string? this[string key] => Volatile.Read(ref _values).GetValueOrDefault(key);

    /// <summary>Takes values over and tells who listens which of them are new.</summary>
    /// <returns>The keys that were added or changed.</returns>
    internal IReadOnlySet<string> Merge(IEnumerable<KeyValuePair<string, string>> values)
    {
        ImmutableHashSet<string> changed;
        lock (_merging)
        {
            var before = _values;
            var after = before.SetItems(values);
            changed =
            [
                .. after
                    .Where(pair =>
                        !string.Equals(before.GetValueOrDefault(pair.Key), pair.Value, StringComparison.Ordinal)
                    )
                    .Select(p => p.Key),
            ];
            Volatile.Write(ref _values, after);
        }

        if (!changed.IsEmpty)
        {
            Changed?.Invoke(this, new(changed));
        }

        return changed;
    }
}
