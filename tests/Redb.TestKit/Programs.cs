using System.Reflection;

namespace Redb.TestKit;

/// <summary>Where the programs under test were built.</summary>
internal static class Programs
{
    /// <summary>Names a folder with published programs to test in place of those built beside the tests.</summary>
    private const string FolderVariable = "REDB_PROGRAMS";

    public static string Root { get; } = FindRoot();

    public static string Supervisor { get; } = Of("Redb.Silo", "redb-supervisor");

    public static string Ctl { get; } = Of("Redb.Cli", "redbctl");

    public static string StandIn { get; } = Of("Redb.StandIn", "redb-standin");

    /// <summary>No program that is published: it writes a keyring until it is killed.</summary>
    public static string KeyringWriter { get; } = Built("Redb.KeyringWriter", "Redb.KeyringWriter");

    private static string Of(string project, string program) =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
            ? Path.Combine(Root, folder, program)
            : Built(project, program);

    // artifacts/bin/THIS_PROJECT/CONFIGURATION/: the others lie beside, in the same configuration.
    private static string Built(string project, string program)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Root, "artifacts", "bin", project, configuration, program);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (!File.Exists(Path.Combine(folder.FullName, "Redb.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Redb.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
