using System.Text.RegularExpressions;

namespace Redb.Chaos.Invariants;

/// <summary>Whether services were started after what they depend on, and stopped before it.</summary>
/// <param name="edges">Who depends on whom.</param>
internal sealed partial class OrderLedger(IReadOnlyCollection<(string Service, string Dependency)> edges)
{
    /// <summary>Reads what a supervisor said from its start on: nobody starts for the first time before its dependencies were ready.</summary>
    public IEnumerable<string> FaultsOfStart(IEnumerable<string> lines)
    {
        var wasReady = new HashSet<string>(StringComparer.Ordinal);
        var started = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (service, phase) in lines.Select(Change).OfType<(string, string)>())
        {
            if (phase is "Ready" or "Degraded")
            {
                wasReady.Add(service);
            }
            else if (phase == "Starting" && started.Add(service))
            {
                foreach (var missing in Dependencies(service).Where(name => !wasReady.Contains(name)))
                {
                    yield return $"{service} was started before {missing} was ready";
                }
            }
        }
    }

    /// <summary>Reads what a supervisor said while it stopped the group: nobody is told to stop before its dependents are down.</summary>
    public IEnumerable<string> FaultsOfStop(IEnumerable<string> lines)
    {
        var stopped = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (service, phase) in lines.Select(Change).OfType<(string, string)>())
        {
            if (phase == "Stopped")
            {
                stopped.Add(service);
            }
            else if (phase == "Stopping")
            {
                foreach (var left in Dependents(service).Where(name => !stopped.Contains(name)))
                {
                    yield return $"{service} was stopped before {left} was down";
                }
            }
        }
    }

    /// <summary>Reads the same from the processes: who began first, and who was seen last.</summary>
    public IEnumerable<string> FaultsOf(IReadOnlyCollection<Life> lives)
    {
        foreach (var (service, dependency) in edges)
        {
            var mine = lives.Where(life => life.Service == service).ToArray();
            var theirs = lives.Where(life => life.Service == dependency).ToArray();
            if (mine.Length == 0 || theirs.Length == 0)
            {
                continue;
            }

            if (mine[0].StartTicks < theirs[0].StartTicks)
            {
                yield return $"{mine[0]} began before {theirs[0]}";
            }

            if (mine.Max(life => life.LastLook) > theirs.Max(life => life.LastLook))
            {
                yield return $"{mine[^1]} was there longer than {theirs[^1]}";
            }
        }
    }

    private IEnumerable<string> Dependencies(string service) =>
        edges.Where(edge => edge.Service == service).Select(edge => edge.Dependency);

    private IEnumerable<string> Dependents(string service) =>
        edges.Where(edge => edge.Dependency == service).Select(edge => edge.Service);

    private static (string Service, string Phase)? Change(string line) =>
        Transition().Match(line) is { Success: true } match
            ? (match.Groups["service"].Value, match.Groups["phase"].Value)
            : null;

    [GeneratedRegex(
        @"^\S+ (\w+: )?(?<service>[\w-]+): \w+ -> (?<phase>\w+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Transition();
}
