using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Benchmarks.Micro;

/// <summary>What a group tells its services when one of them becomes ready.</summary>
[MemoryDiagnoser]
public class GroupMachineBenchmarks
{
    private const int Layer = 4;
    private static readonly Moment Now = new(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1));

    private DependencyGraph _graph = null!;
    private GroupState _state = null!;
    private GroupInput _news = null!;

    /// <summary>Services, in layers of four that need all of the layer before.</summary>
    [Params(11, 1000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Begin()
    {
        _graph = new([.. Enumerable.Range(0, Services).Select(Node)]);
        var started = GroupMachine.Begin(_graph, Now);
        _state = GroupMachine.Next(started, new GroupInput.StartRequested([]), _graph, Now).State;
        for (var service = 0; service < Layer - 1; service++)
        {
            _state = GroupMachine.Next(_state, Ready(service), _graph, Now).State;
        }

        _news = Ready(Layer - 1);
    }

    [Benchmark]
    public int A_service_that_lets_four_others_start() => GroupMachine.Next(_state, _news, _graph, Now).Effects.Length;

    private static GroupInput.ServiceChanged Ready(int service) =>
        new(Name(service), ServicePhase.Ready, Wanted.Up, Heard: 1);

    private static DependencyGraph.Node Node(int service)
    {
        var layer = service / Layer;
        ImmutableArray<DependencyConfiguration> needs =
            layer == 0
                ? []
                : [.. Enumerable.Range((layer - 1) * Layer, Layer).Select(i => new DependencyConfiguration(Name(i)))];
        return new(Name(service), Required: true, needs);
    }

    private static string Name(int service) => service.ToString("'service'0000", CultureInfo.InvariantCulture);
}
