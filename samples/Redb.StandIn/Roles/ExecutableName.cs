namespace Redb.StandIn.Roles;

/// <summary>The name this process was started under. .NET resolves links, and the link's name is the role.</summary>
internal static class ExecutableName
{
    private const string CommandLineFile = "/proc/self/cmdline";

    public static string Read() =>
        File.Exists(CommandLineFile)
            ? File.ReadAllText(CommandLineFile).Split('\0')[0]
            : Environment.ProcessPath ?? "redb-standin";
}
