using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Hosts;
using Redb.Cli.Clients;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl hosts</c>: the supervisors of the cluster.</summary>
internal sealed class HostsCommand(CommandContext context)
{
    private readonly Option<bool> _check = new("--check") { Description = "Exit with 3 unless all of them are Up" };

    private readonly Argument<string> _host = HostArgument.Create(context);

    /// <summary>The verb with the one below it.</summary>
    public Command Create()
    {
        var command = new Command("hosts", "Show the supervisors of the cluster, and since when the silent ones are")
        {
            _check,
        };
        command.SetAction(RunAsync);
        var forget = new Command(
            "forget",
            "Forget what is not there any more of a host; if it comes back it is known again"
        )
        {
            _host,
        };
        forget.SetAction(ForgetAsync);
        command.Subcommands.Add(forget);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await CommonOptions.OpenClusterAsync(
            context,
            parsed,
            prefersHere: false,
            cancellationToken
        );
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, new HostsDocument([.. scope.Hosts.Select(HostDocument.Of)]));
        }
        else
        {
            if (CommonOptions.FormatOf(parsed) == OutputFormat.Wide)
            {
                context.Terminal.Screen.Profile.Width = int.MaxValue / 2;
            }

            context.Terminal.Screen.Write(HostTable.Create(scope.Hosts, context.Time.GetUtcNow()));
        }

        var areUp = scope.Hosts.All(host => host.State == HostState.Up);
        return (int)(parsed.GetValue(_check) && !areUp ? ExitCode.Unhealthy : ExitCode.Done);
    }

    private async Task<int> ForgetAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_host);
        await using var scope = await CommonOptions.OpenClusterAsync(
            context,
            parsed,
            prefersHere: false,
            cancellationToken
        );
        ImmutableArray<HostView> meant = [.. scope.Hosts.Where(host => host.Host == name)];
        if (meant.IsEmpty)
        {
            throw ClusterScope.UnknownHost(name, scope.Hosts);
        }

        if (meant.All(host => host.State == HostState.Up))
        {
            throw new CommandFailure(
                ExitCode.Conflict,
                $"cannot forget {name}",
                "it is up, and would be known again at once",
                $"redbctl drain {name}, then stop its supervisor"
            );
        }

        var forgotten = await scope.ForgetAsync(name, cancellationToken);
        await context.Terminal.Error.WriteLineAsync(
            forgotten > 0
                ? $"{name} is forgotten"
                : $"nothing of {name} is forgotten: the cluster has not declared it dead yet"
        );
        return (int)(forgotten > 0 ? ExitCode.Done : ExitCode.Failed);
    }
}
