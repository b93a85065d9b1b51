using Redb.Abstractions.Configuration;
using Redb.Configuration;

namespace Redb.Silo.Hosting;

/// <summary>With <c>--dev</c>, lets redb-standin play the services whose executable is missing, so that a whole group runs on any machine.</summary>
internal static class DevStandIns
{
    private const string Program = "redb-standin";

    /// <summary>The configuration with the stand-in in place of what is missing, and the names of the services it plays.</summary>
    public static (RedbConfiguration Configuration, IReadOnlyList<string> Played) Apply(RedbConfiguration configuration)
    {
        var played = new List<string>();
        var services = configuration.Services.Select(service =>
        {
            if (!service.Enabled || IsThere(service.Executable))
            {
                return service;
            }

            played.Add(service.Name);
            return service with { Executable = Find(), Arguments = ["--role", service.Name, .. service.Arguments] };
        });
        return (configuration with { Services = [.. services] }, played);
    }

    private static bool IsThere(string executable) =>
        executable.Contains('/', StringComparison.Ordinal)
            ? new DiskFiles().Look(Path.GetFullPath(executable)) == FileStatus.Executable
            : InPath(executable);

    private static bool InPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => new DiskFiles().Look(Path.Combine(folder, name)) == FileStatus.Executable);

    // Beside us where everything is published into one folder, else where the caller says; at worst PATH decides.
    private static string Find()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, Program);
        return File.Exists(beside) ? beside : Environment.GetEnvironmentVariable("REDB_STANDIN") ?? Program;
    }
}
