using System.CommandLine;
using Redb.Initialization;
using Redb.Keyring;

namespace Redb.Cli.Commands;

/// <summary>Asks for work on the node of the group that a command line means.</summary>
internal static class NodeRequest
{
    /// <summary>The request; nobody is asked anything. From here on this process may have secrets, and leaves no core behind.</summary>
    public static InitializationRequest Of(CommandContext context, ParseResult parsed)
    {
        ProcessCores.Forbid();
        var (configuration, workingDirectory) = new GroupFinder(context).Find(parsed);
        return new()
        {
            Configuration = configuration,
            Folder = configuration.Supervisor.DataDirectory,
            NodeFolder = configuration.Supervisor.DataDirectory,
            WorkingDirectory = workingDirectory,
            Manner = Manner.Silent,
            IsDev = parsed.GetValue(NodeOptions.IsDev),
        };
    }
}
