using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Shows a wait as lines, one for every change of a service's phase, for logs and pipes.</summary>
/// <param name="writer">Standard error.</param>
/// <param name="time">Clock of the lines.</param>
/// <param name="before">The groups at the beginning: only what is different from them is shown.</param>
/// <param name="lost">Time that had passed before.</param>
internal sealed class LineProgress(
    TextWriter writer,
    TimeProvider time,
    IReadOnlyCollection<GroupView> before,
    TimeSpan lost
) : IProgressView
{
    private readonly Dictionary<ServiceKey, ServicePhase> _phases = before
        .SelectMany(view => view.Services.Select(service => (Key: KeyOf(view, service), service.Phase)))
        .ToDictionary(pair => pair.Key, pair => pair.Phase);
    private readonly long _began = time.GetTimestamp();

    public Task<Outcome> ShowAsync(Func<Action<Aim, GroupView>, Task<Outcome>> wait) => wait(Report);

    private void Report(Aim aim, GroupView view)
    {
        foreach (
            var service in view.Services.Where(service =>
                aim.Target.Services.Contains(service.Name, StringComparer.Ordinal)
            )
        )
        {
            var key = KeyOf(view, service);
            if (_phases.TryGetValue(key, out var phase) && phase == service.Phase)
            {
                continue;
            }

            _phases[key] = service.Phase;
            var reason = StateWord.Explain(service, time.GetUtcNow());
            var name =
                before.Count == 1 ? service.Name
                : before.All(one => one.Host == view.Host) ? $"{view.Group}/{service.Name}"
                : $"{view.Host}/{view.Group}/{service.Name}";
            var elapsed = lost + time.GetElapsedTime(_began);
            var line = $"{DurationText.Exact(elapsed), 6}  {name}  {StateWord.Of(service.Phase)}";
            writer.WriteLine(reason.Length == 0 ? line : $"{line}  {reason}");
        }
    }

    private static ServiceKey KeyOf(GroupView view, ServiceView service) => new(view.Host, view.Group, service.Name);
}
