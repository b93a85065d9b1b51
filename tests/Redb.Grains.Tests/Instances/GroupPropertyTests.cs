using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Planning;

namespace Redb.Grains.Tests.Instances;

public sealed class GroupPropertyTests
{
    private static readonly Gen<ImmutableArray<DependencyGraph.Node>> Graphs = GraphsWith(Gen.Enum<OnLost>());

    private static readonly Gen<ImmutableArray<DependencyGraph.Node>> PlainGraphs = GraphsWith(
        Gen.Const(OnLost.Ignore)
    );

    [Fact]
    public void Whatever_happens_a_service_never_has_two_live_runs_and_a_stop_ends_everything() =>
        Gen.Select(Graphs, Gen.Int.Array[0, 300], Gen.Int)
            .Sample(
                (nodes, dice, seed) =>
                {
                    var group = new GroupSimulation(nodes);
                    group.Ask(new GroupInput.StartRequested([]));
                    Disturb(group, dice);

                    group.Ask(new GroupInput.StopRequested([]));
                    group.Settle(new Random(seed));

                    group.Phases.Should().OnlyContain(phase => phase == ServicePhase.Stopped);
                    group.Phase.Should().Be(GroupPhase.Stopped);
                },
                iter: 2000
            );

    [Fact]
    public void Whatever_happened_a_group_that_is_started_and_left_alone_becomes_ready() =>
        Gen.Select(Graphs, Gen.Int.Array[0, 300], Gen.Int)
            .Sample(
                (nodes, dice, seed) =>
                {
                    var group = new GroupSimulation(nodes);
                    Disturb(group, dice);

                    // What edges stopped for good is the operator's to start again, until nothing is left to stop.
                    for (var i = 0; i <= nodes.Length; i++)
                    {
                        group.Ask(new GroupInput.StartRequested([]));
                        group.Settle(new Random(seed));
                    }

                    group.Phases.Should().OnlyContain(phase => phase == ServicePhase.Ready);
                    group.Phase.Should().Be(GroupPhase.Ready);
                },
                iter: 2000
            );

    [Fact]
    public void Services_start_in_topological_order() =>
        Gen.Select(PlainGraphs, Gen.Int)
            .Sample(
                (nodes, seed) =>
                {
                    var group = new GroupSimulation(nodes);

                    group.Ask(new GroupInput.StartRequested([]));
                    group.Settle(new Random(seed));

                    group.Launches.Should().HaveCount(nodes.Length);
                    foreach (var node in nodes)
                    {
                        var own = group.Launches.IndexOf(node.Service);
                        node.Dependencies.Should().OnlyContain(edge => group.Launches.IndexOf(edge.Service) < own);
                    }
                },
                iter: 2000
            );

    [Fact]
    public void Services_stop_in_reverse_order() =>
        Gen.Select(PlainGraphs, Gen.Int)
            .Sample(
                (nodes, seed) =>
                {
                    var group = new GroupSimulation(nodes);
                    group.Ask(new GroupInput.StartRequested([]));
                    group.Settle(new Random(seed));

                    group.Ask(new GroupInput.StopRequested([]));
                    group.Settle(new Random(seed + 1));

                    group.Ends.Should().HaveCount(nodes.Length);
                    foreach (var node in nodes)
                    {
                        var own = group.Ends.IndexOf(node.Service);
                        node.Dependencies.Should().OnlyContain(edge => group.Ends.IndexOf(edge.Service) > own);
                    }
                },
                iter: 2000
            );

    [Fact]
    public void What_is_at_rest_or_runs_stays_so_when_another_supervisor_takes_over() =>
        Gen.Select(PlainGraphs, Gen.Int.Array[0, 40], Gen.Int)
            .Sample(
                (nodes, dice, seed) =>
                {
                    var group = new GroupSimulation(nodes);
                    group.Ask(new GroupInput.StartRequested([]));
                    group.Settle(new Random(seed));
                    foreach (var die in dice)
                    {
                        group.Ask(new GroupInput.StopRequested([group.Names[(int)((uint)die % (uint)nodes.Length)]]));
                        group.Settle(new Random(die));
                    }

                    var (phases, launches, ends) = (group.Phases.ToList(), group.Launches.Count, group.Ends.Count);
                    group.Crash(new Careful());
                    group.Settle(new Random(seed));

                    group.Phases.Should().Equal(phases);
                    group.Launches.Should().HaveCount(launches);
                    group.Ends.Should().HaveCount(ends);
                },
                iter: 1000
            );

    [Fact]
    public void What_was_asked_for_is_carried_out_whenever_the_supervisor_dies() =>
        Gen.Select(PlainGraphs, Gen.Int[0, 30].Array[1, 6], Gen.Int)
            .Sample(
                (nodes, pauses, seed) =>
                {
                    var dice = new Random(seed);
                    var group = new GroupSimulation(nodes);
                    group.Ask(new GroupInput.StartRequested([]));
                    CrashAfter(group, pauses, dice);

                    group.Settle(dice);
                    group.Phases.Should().OnlyContain(phase => phase == ServicePhase.Ready);

                    group.Ask(new GroupInput.StopRequested([]));
                    CrashAfter(group, pauses, dice);

                    group.Settle(dice);
                    group.Phases.Should().OnlyContain(phase => phase == ServicePhase.Stopped);
                    group.Phase.Should().Be(GroupPhase.Stopped);
                },
                iter: 2000
            );

    private static void CrashAfter(GroupSimulation group, int[] pauses, Random dice)
    {
        foreach (var pause in pauses)
        {
            for (var i = 0; i < pause; i++)
            {
                group.Step(dice.Next(), isChaotic: false);
            }

            group.Crash(dice);
        }
    }

    /// <summary>Dice that never let a process end unseen.</summary>
    private sealed class Careful : Random
    {
        public override int Next(int maxValue) => maxValue - 1;
    }

    private static void Disturb(GroupSimulation group, int[] dice)
    {
        foreach (var die in dice)
        {
            ImmutableArray<string> some = [group.Names[(int)((uint)die / 7 % (uint)group.Names.Length)]];
            switch ((uint)die % 40)
            {
                case 0:
                    group.Ask(new GroupInput.StartRequested(some));
                    break;
                case 1:
                    group.Ask(new GroupInput.StopRequested(some));
                    break;
                case 2:
                    group.Ask(new GroupInput.RestartRequested(some));
                    break;
                case 3:
                    group.Ask(new GroupInput.RestartRequested([]));
                    break;
                case 4:
                    group.Ask(new GroupInput.StopRequested([]));
                    break;
                case 5:
                    group.Ask(new GroupInput.StartRequested([]));
                    break;
                case 6:
                    group.Ask(new GroupInput.RetryRequested([]));
                    break;
                case 7:
                    group.Crash(new Random(die));
                    break;
                default:
                    group.Step(die / 40, isChaotic: true);
                    break;
            }
        }
    }

    // An edge may only point to an earlier service: that makes every graph acyclic, and every acyclic graph possible.
    private static Gen<ImmutableArray<DependencyGraph.Node>> GraphsWith(Gen<OnLost> onLost) =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, int.MaxValue].Array[36], onLost.Array[36], Gen.Bool.Array[9])
            .Select(
                (count, edges, rules, required) =>
                    Enumerable
                        .Range(0, count)
                        .Select(i => new DependencyGraph.Node(
                            Name(i),
                            required[i],
                            [
                                .. Enumerable
                                    .Range(0, i)
                                    .Where(j => edges[((i * (i - 1)) / 2) + j] % 3 == 0)
                                    .Select(j => new DependencyConfiguration(Name(j), rules[((i * (i - 1)) / 2) + j])),
                            ]
                        ))
                        .ToImmutableArray()
            );

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"s{index}");
}
