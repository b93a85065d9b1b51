using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;

namespace Redb.Initialization.Start;

/// <summary>Decides what a start does about the database of a group. Pure.</summary>
public static class StartRule
{
    private const string Prefix = "redb-";

    /// <summary>The decision.</summary>
    /// <param name="configuration">The group, before stand-ins take the place of what is missing.</param>
    /// <param name="isInitialized">Whether its initialization was completed.</param>
    /// <param name="isAsked">Whether <c>--autoinitialize</c> was given.</param>
    /// <param name="isDev">Whether <c>--dev</c> was given.</param>
    public static StartDecision Decide(RedbConfiguration configuration, bool isInitialized, bool isAsked, bool isDev) =>
        isAsked ? StartDecision.Initialize
        : isInitialized ? StartDecision.Validate
        : !configuration.Services.Any(NeedsDatabase) ? StartDecision.Run
        : isDev ? StartDecision.Initialize
        : StartDecision.Validate;

    /// <summary>
    /// Whether a service is one of reDB's own programs: it is called like one of its roles and so is its executable, <c>redb-ROLE</c>. Any other
    /// program under such a name, the stand-in too, gets along without a database.
    /// </summary>
    public static bool NeedsDatabase(ServiceConfiguration service) =>
        service.Enabled
        && Path.GetFileName(service.Executable) is { } program
        && program.StartsWith(Prefix, StringComparison.Ordinal)
        && PortTable.Services.ContainsKey(program[Prefix.Length..]);
}
