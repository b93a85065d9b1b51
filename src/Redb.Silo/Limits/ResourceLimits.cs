using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Options;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Limits;

/// <summary>Keeps runs within the limits of their configuration: by cgroups where this supervisor may make some, else by what is left.</summary>
internal sealed partial class ResourceLimits : IResourceLimiter, IAsyncDisposable
{
    private readonly LimitOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ResourceLimits> _logger;
    private readonly ImmutableArray<CgroupPlace> _places;
    private readonly Mechanisms _mechanisms;
    private readonly MemorySampler _sampler;

    // What cgroups of runs that ended unwatched said of their end, by the names of the cgroups.
    private readonly ConcurrentDictionary<string, string> _verdicts = new(StringComparer.Ordinal);

    public ResourceLimits(IOptions<LimitOptions> options, TimeProvider time, ILogger<ResourceLimits> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _sampler = new(_options.SampleInterval, time, logger);
        _places = CgroupSurvey.Find(_options.Root, CgroupSurvey.Self);
        SweepAll();
        _mechanisms = Establish();
    }

    public string Describe(ResourceConfiguration resources) => _mechanisms.Describe(resources);

    /// <summary>Makes ready what a run with limits needs before it is launched; nothing is done for one without.</summary>
    /// <returns>The run's limits, or a sentence on why they cannot be set.</returns>
    public (RunLimits? Limits, string Refusal) Prepare(LaunchOrder order, RunAudience audience)
    {
        var limits = Limits(order, audience, []);
        if (Controller.Of(order.Resources).IsEmpty)
        {
            return (limits, "");
        }

        _verdicts.TryRemove(NameOf(order), out _);
        foreach (var tree in _mechanisms.Trees.Where(tree => IsNeeded(tree, order.Resources)))
        {
            var cgroup = tree with { Folder = Path.Combine(tree.Folder, NameOf(order)) };
            if (MakeFresh(cgroup.Folder) is { } refusal)
            {
                limits.Abandon();
                return (null, refusal);
            }

            limits = Limits(order, audience, limits.Cgroups.Add(cgroup));
        }

        return (limits, "");
    }

    /// <summary>Takes over the limits of a live run that an earlier supervisor launched.</summary>
    /// <remarks>Its cgroups are found by its process, wherever that supervisor had them; where it had none its memory is sampled.</remarks>
    public RunLimits Rejoin(LaunchOrder order, int pid, RunAudience audience)
    {
        var process = pid.ToString(CultureInfo.InvariantCulture);
        var cgroups = CgroupSurvey
            .Find(_options.Root, process)
            .Where(place => Path.GetFileName(place.Folder) == NameOf(order));
        var limits = Limits(order, audience, [.. cgroups]);
        if (
            Controller
                .Of(order.Resources)
                .Any(controller => _mechanisms.TreeOf(controller) is not null && !limits.Carries(controller))
        )
        {
            LogNotBound(order.Service, order.Run);
        }

        limits.Watch(pid);
        return limits;
    }

    /// <summary>Ends what is left of a run whose main process died while no supervisor watched.</summary>
    /// <returns>What its cgroup says of its end; null when it says nothing.</returns>
    public string? Close(LaunchOrder order)
    {
        var name = NameOf(order);
        var cgroups = _places
            .Select(place => place with { Folder = Path.Combine(RunTree.FolderOf(place, _options.Tree), name) })
            .Where(cgroup => Directory.Exists(cgroup.Folder));
        var run = Limits(order, RunAudience.Nobody, [.. cgroups]);
        var verdict = run.Verdict(exit: null);
        run.Abandon();
        return _verdicts.TryRemove(name, out var earlier) ? earlier : verdict;
    }

    public async ValueTask DisposeAsync()
    {
        await _sampler.DisposeAsync();
        foreach (var place in _places)
        {
            RunTree.Remove(place, _options.Tree);
        }
    }

    private static string NameOf(LaunchOrder order) =>
        $"{order.Service.Group}.{order.Service.Service}.{order.Run.Value}";

    private static bool IsNeeded(CgroupPlace tree, ResourceConfiguration resources) =>
        Controller.Of(resources).Any(tree.Carries);

    // The counters of a cgroup must begin with the run.
    private static string? MakeFresh(string folder)
    {
        if (Directory.Exists(folder) && !CgroupFile.Remove(folder))
        {
            var others = string.Join(", ", CgroupFile.Processes(folder));
            return $"the cgroup of an earlier run still holds processes (pid {others}): {folder}; end them first";
        }

        return CgroupFile.Make(folder) is not 0 and var error
            ? $"the cgroup {folder} cannot be made: {Errno.Describe(error)}"
            : null;
    }

    private RunLimits Limits(LaunchOrder order, RunAudience audience, ImmutableArray<CgroupPlace> cgroups) =>
        new(order, audience, cgroups, new(_places, _sampler, _options.RemovalPatience, _time, _logger));

    private Mechanisms Establish()
    {
        var trees = new List<CgroupPlace>();
        var absent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var place in _places)
        {
            var carried = ImmutableArray.CreateRange(
                _options.Controllers.Intersect(RunTree.OfferedTo(place), StringComparer.Ordinal)
            );
            if (carried.IsEmpty)
            {
                continue;
            }

            if (RunTree.Make(place, _options.Tree, carried, Environment.ProcessId) is { } refusal)
            {
                absent = carried.Aggregate(absent, (all, name) => new(all, all.Comparer) { [name] = refusal });
                LogNoTree(string.Join(", ", carried), refusal);
            }
            else
            {
                trees.Add(new(place.Version, RunTree.FolderOf(place, _options.Tree), carried));
            }
        }

        return new([.. trees], absent.ToFrozenDictionary(StringComparer.Ordinal), _options.SampleInterval);
    }

    private void SweepAll()
    {
        foreach (var place in _places)
        {
            var tree = RunTree.FolderOf(place, _options.Tree);
            foreach (var folder in Directory.Exists(tree) ? Directory.GetDirectories(tree) : [])
            {
                Sweep(place with { Folder = folder });
            }
        }
    }

    // One that still has processes belongs to a run that somebody may want to take over.
    private void Sweep(CgroupPlace cgroup)
    {
        var verdict = cgroup.Carries(Controller.Memory) ? MemoryVerdict.Of(cgroup, exit: null) : null;
        if (CgroupFile.Remove(cgroup.Folder) && verdict is not null)
        {
            _verdicts[Path.GetFileName(cgroup.Folder)] = verdict;
        }
    }

    [LoggerMessage(
        63,
        LogLevel.Warning,
        "{Service} {Run} was launched without the cgroups that its limits would get now; they hold from its next run on."
    )]
    private partial void LogNotBound(ServiceKey service, RunId run);

    [LoggerMessage(
        60,
        LogLevel.Warning,
        "No cgroups for {Controllers}: {Cause}. Limits fall back; redbctl status SERVICE says to what."
    )]
    private partial void LogNoTree(string controllers, string cause);
}
