using System.Globalization;
using System.Runtime.CompilerServices;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

/// <summary>Lets this program replace itself instead of running tests, so that the tests can watch it do so.</summary>
internal static class SelfExecMode
{
    /// <summary><c>replace</c>, then <c>tell</c>; or <c>refuse</c> and <c>agree</c> for a check.</summary>
    public const string Variable = "REDB_TEST_SELF";

    [ModuleInitializer]
    internal static void Begin()
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case "replace":
                Replace();
                break;
            case "tell":
                Tell();
                break;
            case "refuse":
                Console.WriteLine($"cannot run with {Environment.GetCommandLineArgs()[^1]}");
                Environment.Exit(3);
                break;
            case "agree":
                Environment.Exit(0);
                break;
        }
    }

    private static void Replace()
    {
        var self = StartedAs.Read();
        using var inheritable = new InheritableDescriptor();
        PosixSpawn.Start(
            new()
            {
                Path = "/bin/sleep",
                Arguments = ["sleep", "60"],
                Environment = [],
                OutputFile = "/dev/null",
            },
            out var child
        );
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"before={Environment.ProcessId}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"child={child}"));
        Environment.SetEnvironmentVariable(Variable, "tell");
        Console.WriteLine($"failed={SelfExec.Run(self)}");
        Environment.Exit(1);
    }

    private static void Tell()
    {
        // What .NET opens closes on exec, so anything that does not was inherited.
        var inheritable = Directory
            .GetFiles("/proc/self/fdinfo")
            .Where(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture) > 2)
            .Count(IsInheritable);
        using var children = new ExitWatcher(
            Microsoft.Extensions.Options.Options.Create(new ProcessOptions { TakesInherited = true }),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ExitWatcher>.Instance
        );
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after={Environment.ProcessId}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inheritable={inheritable}"));
        Console.WriteLine($"has={children.Inherited.Any}");
        Console.WriteLine($"arguments={string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}");
        Environment.Exit(0);
    }

    private static bool IsInheritable(string file)
    {
        const int CloseOnExec = 0x8_0000;
        try
        {
            var flags = File.ReadLines(file).First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt32(flags.Split('\t')[1], 8) & CloseOnExec) == 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
