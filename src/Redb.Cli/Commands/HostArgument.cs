using System.CommandLine;
using Redb.Cli.Clients;

namespace Redb.Cli.Commands;

/// <summary>The name of a host as a verb's argument.</summary>
internal static class HostArgument
{
    /// <summary>The argument, completed from the cluster.</summary>
    public static Argument<string> Create(CommandContext context)
    {
        var argument = new Argument<string>("HOST") { Description = "Name of the host" };
        argument.CompletionSources.Add(completion => ServiceNames.CompleteHosts(context, completion.ParseResult));
        return argument;
    }

    /// <summary>Opens a scope of one host with all its groups.</summary>
    /// <exception cref="CommandFailure">There is no such host.</exception>
    public static Task<Scope> OpenAsync(
        CommandContext context,
        ParseResult parsed,
        string host,
        CancellationToken cancellationToken
    ) =>
        CommonOptions.OpenClusterAsync(
            context,
            parsed,
            new ClusterChoice(host, Group: null, PrefersHere: false),
            cancellationToken
        );
}
