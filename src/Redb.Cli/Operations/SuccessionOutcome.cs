using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>What a replacement of the supervisor did to its services.</summary>
/// <param name="Version">Version of the new supervisor.</param>
/// <param name="Kept">How many services kept their process.</param>
/// <param name="Lost">Services that had a process before, and have another one or none now.</param>
/// <param name="Elapsed">How long nobody answered.</param>
internal sealed record SuccessionOutcome(string Version, int Kept, ImmutableArray<string> Lost, TimeSpan Elapsed)
{
    /// <summary>Compares the processes of before and after.</summary>
    public static SuccessionOutcome Of(
        SupervisorView after,
        ImmutableArray<GroupView> groupsBefore,
        ImmutableArray<GroupView> groupsAfter,
        TimeSpan elapsed
    )
    {
        var now = groupsAfter
            .SelectMany(group => group.Services.Select(service => (Key: (group.Group, service.Name), service.Pid)))
            .ToDictionary(service => service.Key, service => service.Pid);
        var before = groupsBefore
            .SelectMany(group => group.Services.Select(service => (Key: (group.Group, service.Name), service.Pid)))
            .Where(service => service.Pid is not null)
            .ToLookup(service => now.GetValueOrDefault(service.Key) == service.Pid, service => service.Key.Name);
        return new(after.Version, before[true].Count(), [.. before[false]], elapsed);
    }

    /// <summary>One line for people.</summary>
    public string Describe()
    {
        var kept =
            Kept == 1
                ? "1 service kept its process"
                : string.Create(CultureInfo.InvariantCulture, $"{Kept} services kept their processes");
        var lost = Lost.IsEmpty ? "" : $"; not so {string.Join(", ", Lost)} (redbctl events says why)";
        return $"supervisor {Version} answers after {DurationText.Exact(Elapsed)}; {kept}{lost}";
    }
}
