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
        var supervisor = new Option<string>("--supervisor") { Description = "redb-supervisor.", Required = true };
        var callers = new Option<int>("--callers")
        {
            Description = "Services that send heartbeats at the same time.",
            DefaultValueFactory = _ => 100,
        };
        var connections = new Option<int>("--connections")
        {
            Description = "Connections they share.",
            DefaultValueFactory = _ => 4,
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "Length of each of three rounds.",
            DefaultValueFactory = _ => 6,
        };
        var json = new Option<string?>("--json") { Description = "File for the figures." };
        var command = new Command("heartbeats", "Heartbeats per second through gRPC into grains.")
        {
            supervisor,
            callers,
            connections,
            seconds,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
                await Results.WriteAsync(
                    await MeasureAsync(
                        parsed.GetRequiredValue(supervisor),
                        parsed.GetValue(callers),
                        parsed.GetValue(connections),
                        TimeSpan.FromSeconds(parsed.GetValue(seconds))
                    ),
                    parsed.GetValue(json)
                )
        );
        return command;
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
