using System.CommandLine;
using System.Globalization;
using Redb.Benchmarks.Heartbeats;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Startup;

/// <summary><c>startup</c>: how long it takes until the gRPC port is open, beside the least .NET program that has one.</summary>
internal static class StartupCommand
{
    // As many as a reDB instance has.
    private const int Services = 11;

    public static Command Create()
    {
        var command = new FiguresCommand("startup", "Start of the program to its gRPC port open.");
        var supervisor = command.Program("--supervisor", "redb-supervisor.");
        var bare = command.Program("--bare", "redb-bare.");
        var runs = command.Number("--runs", "Starts of each.", 15);
        return command.Measures(parsed =>
            MeasureAsync(parsed.GetRequiredValue(supervisor), parsed.GetRequiredValue(bare), parsed.GetValue(runs))
        );
    }

    // By turns, so that whatever else the machine does meets both alike. The first pair only fills the page cache.
    private static async Task<StartupResult> MeasureAsync(string supervisor, string bare, int runs)
    {
        var (open, answered, theirs) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run <= runs; run++)
        {
            var (our, answer) = await SupervisorAsync(supervisor);
            var their = await BareAsync(bare);
            if (run > 0)
            {
                open.Add(our.TotalMilliseconds);
                answered.Add(answer.TotalMilliseconds);
                theirs.Add(their.TotalMilliseconds);
            }
        }

        return new(Spread.Of(open), Spread.Of(answered), Spread.Of(theirs));
    }

    private static async Task<(TimeSpan Open, TimeSpan Answered)> SupervisorAsync(string program)
    {
        using var group = new GroupFolder(Services);
        await using var server = ServerProgram.Start(program, "--config", group.ConfigurationFile);
        var open = await server.ListeningAsync(group.Port);
        using var callers = new Callers(group.Port, connections: 1);
        await callers.NoOperationAsync(0);
        return (open, server.Age);
    }

    private static async Task<TimeSpan> BareAsync(string program)
    {
        var port = GroupFolder.FreePort();
        await using var server = ServerProgram.Start(program, port.ToString(CultureInfo.InvariantCulture));
        return await server.ListeningAsync(port);
    }
}
