using System.CommandLine;
using System.Reflection;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl version</c>: versions of both sides.</summary>
internal sealed class VersionCommand(CommandContext context)
{
    /// <summary>The verb.</summary>
    public Command Create()
    {
        var command = new Command("version", "Print the versions of redbctl and of the supervisor, if one answers");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var client = typeof(VersionCommand)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
        var (supervisor, silence) = await AskAsync(parsed, cancellationToken);
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, new VersionDocument(client, supervisor));
            return (int)ExitCode.Done;
        }

        await context.Terminal.Output.WriteLineAsync($"redbctl {client}");
        await context.Terminal.Output.WriteLineAsync($"redb-supervisor {supervisor ?? $"unknown ({silence})"}");
        return (int)ExitCode.Done;
    }

    // The client's own version is worth printing whatever the supervisor does.
    private async Task<(string? Version, string Silence)> AskAsync(
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var scope = await CommonOptions.OpenScopeAsync(context, parsed, all: false, cancellationToken);
            return ((await scope.Clients[0].GetSupervisorAsync(cancellationToken)).Version, "");
        }
        catch (CommandFailure failure)
        {
            return (null, failure.Message);
        }
        catch (Exception error) when (error is TimeoutException or Orleans.Runtime.OrleansException)
        {
            return (null, "it does not answer");
        }
    }
}
