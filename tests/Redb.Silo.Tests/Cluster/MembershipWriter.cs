using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Cluster;

/// <summary>Lets this program be one of several processes that write to a membership file, instead of running tests.</summary>
internal static class MembershipWriter
{
    private const string Variable = "REDB_TEST_MEMBERSHIP";
    private const string Ready = "writing";

    /// <summary>Adds so many silos, each on top of what is there at the time; ends with 0 once all are in.</summary>
    public static async Task<int> Start(string file, int number, int rounds)
    {
        using var process = Launch(file, number, rounds);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>Kills a process in the middle of writing.</summary>
    public static async Task KillAsync(string file, int number)
    {
        using var process = Launch(file, number, rounds: 100_000);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not (Ready or null))
        {
            // Whatever else is said at the start.
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is [var file, var number, var rounds])
        {
            Write(file, Number(number), Number(rounds));
            Environment.Exit(0);
        }
    }

    private static Process Launch(string file, int number, int rounds)
    {
        var self = StartedAs.Read();
        return Process.Start(
            new ProcessStartInfo(self.Path, self.Arguments.Skip(1))
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { [Variable] = string.Create(CultureInfo.InvariantCulture, $"{file}|{number}|{rounds}") },
            }
        )!;
    }

#pragma warning disable VSTHRD002 // Nothing else runs in this process, and it ends here.
    private static void Write(string file, int number, int rounds)
    {
        using var concrete = Silos.Table(file);
        IMembershipTable table = concrete;
        table.InitializeMembershipTableAsync(true, CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine(Ready);
        for (var round = 0; round < rounds; )
        {
            var version = table.ReadAllAsync(CancellationToken.None).GetAwaiter().GetResult().Version;
            var entry = Silos.Entry(10_000 + number, generation: 1 + round);
            if (table.InsertRowAsync(entry, version.Next(), CancellationToken.None).GetAwaiter().GetResult())
            {
                round++;
            }
        }
    }
#pragma warning restore VSTHRD002

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
