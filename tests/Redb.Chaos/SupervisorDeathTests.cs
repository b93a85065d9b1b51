using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Redb.Chaos.Invariants;
using Redb.Chaos.Kit;
using Redb.Protocol.Supervisor;
using Redb.TestKit;

namespace Redb.Chaos;

/// <summary>Supervisors that are killed at any moment, and what their successors make of it.</summary>
public sealed class SupervisorDeathTests
{
    // Of ten rounds, in one a service is stopped and started by dying supervisors, in two it dies without any.
    private const int Usual = 50;
    private const int Cycle = 10;
    private const int HalfDone = 5;
    private static readonly int[] s_withDeath = [2, 8];

    // Nobody depends on these: stopping one concerns nobody else.
    private static readonly string[] s_leaves = ["integration", "clientapi", "mcpserver", "stream"];

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestRound = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_longestCommand = TimeSpan.FromMilliseconds(150);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supervisor_that_is_killed_again_and_again_under_load_costs_nothing()
    {
        await using var scene = await Scene.ReadyAsync(Cast.Redb());
        var expected = new Dictionary<string, Life>(await scene.ProcessesAsync(), StringComparer.Ordinal);
        var killed = new List<Life>();
        var rounds = new Rounds(Usual, s_longest);

        while (rounds.Next())
        {
            await Scene.QuietAsync(scene.Chance.Within(s_longestRound));
            var kind = rounds.Done % Cycle;
            if (kind == HalfDone)
            {
                await StopAndStartHalfAsync(scene, expected);
            }
            else if (s_withDeath.Contains(kind))
            {
                killed.Add(await KillBothAsync(scene, expected, rounds));
            }
            else
            {
                await scene.Group.KillAsync();
                rounds.Adopted(await RelaunchAsync(scene));
            }

            (await scene.ProcessesAsync())
                .Should()
                .BeEquivalentTo(expected, "round {0} changes no process ({1})", rounds.Done, scene.Chance);
        }

        await scene.EndAsync();
        Report(scene, rounds);
        CheckReports(scene, killed);
    }

    // The supervisor dies, then a service: the next supervisor tells of it once and replaces it.
    private static async Task<Life> KillBothAsync(Scene scene, Dictionary<string, Life> expected, Rounds rounds)
    {
        var victim = scene.Chance.Some(expected.Values, 1)[0];
        await scene.Group.KillAsync();
        Signals.Send(victim.Pid, "KILL");
        var began = TimeProvider.System.GetTimestamp();
        await scene.Group.RelaunchAsync();

        expected[victim.Service] = await SuccessorAsync(scene, victim);
        rounds.Replaced(TimeProvider.System.GetElapsedTime(began));
        await AllReadyAsync(scene);
        return victim;
    }

    // What was asked of a supervisor and acknowledged is done by the next one; what was not may or may not be done.
    private static async Task StopAndStartHalfAsync(Scene scene, Dictionary<string, Life> expected)
    {
        var leaf = scene.Chance.Some(s_leaves, 1)[0];

        var isAcknowledged = await AskAndKillAsync(
            scene,
            async client =>
                (await client.StopServiceAsync(new() { ServiceId = leaf }, cancellationToken: Cancellation)).Success
        );
        await RelaunchAsync(scene, leaf);
        await Until.TrueAsync(
            async () =>
            {
                var phase = (await scene.PhasesAsync())[leaf];
                return phase == "Stopped" || (phase == "Ready" && !isAcknowledged);
            },
            $"the stop of {leaf} is finished, if it was acknowledged ({isAcknowledged})"
        );
        await AskAndKillAsync(
            scene,
            async client =>
                (await client.StartServiceAsync(new() { ServiceName = leaf }, cancellationToken: Cancellation)).Success
        );
        await RelaunchAsync(scene, leaf);
        await scene.Group.Client.StartServiceAsync(new() { ServiceName = leaf }, cancellationToken: Cancellation);
        await AllReadyAsync(scene);
        expected[leaf] = (await scene.ProcessesAsync())[leaf];
    }

    private static async Task<bool> AskAndKillAsync(
        Scene scene,
        Func<SupervisorService.SupervisorServiceClient, Task<bool>> ask
    )
    {
        using var channel = Connect(scene);
        var asked = ask(new(channel));
        await Scene.QuietAsync(scene.Chance.Within(s_longestCommand));
        await scene.Group.KillAsync();
        try
        {
            return await asked;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    /// <summary>Starts a supervisor and waits until it says of every service that it is ready, without the one that may not be.</summary>
    /// <returns>How long that took from its start.</returns>
    private static async Task<TimeSpan> RelaunchAsync(Scene scene, string except = "")
    {
        var began = TimeProvider.System.GetTimestamp();
        await scene.Group.RelaunchAsync();
        await AllReadyAsync(scene, except);
        return TimeProvider.System.GetElapsedTime(began);
    }

    // Closer than the kit looks: this is what is measured.
    private static async Task AllReadyAsync(Scene scene, string except = "")
    {
        using var patience = new CancellationTokenSource(Child.Patience);
        using var timer = new PeriodicTimer(s_pause);
        IReadOnlyDictionary<string, string> phases = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            while (!await AnswersAsync(scene))
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }

            using var channel = Connect(scene);
            do
            {
                await timer.WaitForNextTickAsync(patience.Token);
                phases = await scene.PhasesAsync(new(channel));
            } while (phases.Any(phase => phase.Key != except && phase.Value != "Ready"));
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(
                $"Not all services are Ready ({scene.Chance}): {string.Join(", ", phases)}\n{string.Join('\n', scene.Group.Process.Lines)}",
                late
            );
        }
    }

    private static async Task<bool> AnswersAsync(Scene scene)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, scene.Cast.File.SupervisorPort, Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A channel of its own: one that has lost its supervisor waits before it tries the next.
    private static GrpcChannel Connect(Scene scene) =>
        GrpcChannel.ForAddress($"http://127.0.0.1:{scene.Cast.File.SupervisorPort}");

    private static async Task<Life> SuccessorAsync(Scene scene, Life victim)
    {
        try
        {
            return await scene.Witness.SuccessorAsync(victim);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(
                $"{late.Message} ({scene.Chance})\n{string.Join('\n', scene.Group.Process.Lines)}",
                late
            );
        }
    }

    // By service as well: in a thousand rounds pids come round again.
    private static void CheckReports(Scene scene, List<Life> killed)
    {
        var lines = scene.Group.AllLines;
        foreach (var life in killed)
        {
            lines
                .Where(line =>
                    line.Contains($" {life.Service}: run ", StringComparison.Ordinal)
                    && line.Contains($" of pid {life.Pid} ended: ", StringComparison.Ordinal)
                )
                .Should()
                .ContainSingle("the end of {0} is reported once ({1})", life, scene.Chance);
        }
    }

    private static void Report(Scene scene, Rounds rounds)
    {
        var ledgers = scene.Cast.Services.Select(service => LineLedger.Read(scene.LogFolder, service)).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{rounds}; {ledgers.Sum(ledger => ledger.Writers.Values.Sum())} lines in {ledgers.Sum(ledger => ledger.Rotations)} rotated files, 0 lost; "
                + $"of {ledgers.Sum(ledger => ledger.Entries)} streamed entries {ledgers.Sum(ledger => ledger.EntriesLost)} lost and {ledgers.Sum(ledger => ledger.EntriesDoubled)} doubled; {scene.Chance}"
        );
    }
}
