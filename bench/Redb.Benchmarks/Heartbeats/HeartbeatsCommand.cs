using System.CommandLine;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Heartbeats;

/// <summary><c>heartbeats</c>: how many heartbeats per second go through gRPC into grains, beside calls without a grain.</summary>
internal static class HeartbeatsCommand
{
    private const int Services = 100;
    private const int Rounds = 3;

    public static Command Create()
    {
        var command = new FiguresCommand("heartbeats", "Heartbeats per second through gRPC into grains.");
        var supervisor = command.Program("--supervisor", "redb-supervisor.");
        var callers = command.Number("--callers", "Services that send heartbeats at the same time.", 100);
        var connections = command.Number("--connections", "Connections they share.", 4);
        var seconds = command.Number("--seconds", "Length of each of three rounds.", 6);
        return command.Measures(parsed =>
            MeasureAsync(
                parsed.GetRequiredValue(supervisor),
                parsed.GetValue(callers),
                parsed.GetValue(connections),
                TimeSpan.FromSeconds(parsed.GetValue(seconds))
            )
        );
    }

    private static async Task<HeartbeatsResult> MeasureAsync(
        string program,
        int count,
        int connections,
        TimeSpan length
    )
    {
        using var group = new GroupFolder(Services);
        await using var server = ServerProgram.Start(program, "--config", group.ConfigurationFile);
        await server.ListeningAsync(group.Port);
        using var callers = new Callers(group.Port, connections);
        await callers.RegisterAsync(group.Names);
        var (heartbeats, nothing) = (new Load(count, server), new Load(count, server));
        // By turns, so that whatever else the machine does meets both alike. The first pair lets the compilers finish.
        for (var round = 0; round <= Rounds; round++)
        {
            await nothing.RunAsync(callers.NoOperationAsync, length, isCounted: round > 0);
            await heartbeats.RunAsync(callers.HeartbeatAsync, length, isCounted: round > 0);
        }

        return new(heartbeats.Result, nothing.Result, Services, count);
    }
}
