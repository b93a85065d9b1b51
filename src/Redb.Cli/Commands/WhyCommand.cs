using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl why</c>: what a state goes back to.</summary>
internal sealed class WhyCommand(CommandContext context)
{
    private const string MeshService = "mesh";

    private readonly Argument<string> _service = CreateService(context);

    /// <summary>The verb.</summary>
    public Command Create()
    {
        var command = new Command("why", "Explain the state of a service: what it waits for, and what went wrong there")
        {
            _service,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await CommonOptions.OpenScopeAsync(context, parsed, all: false, cancellationToken);
        var typed = parsed.GetRequiredValue(_service);
        var (group, name) = Addressing.Resolve([typed], scope.Views) is [{ IsWhole: false, Services: [var only] } one]
            ? (one.Group, only)
            : throw NotOne(typed);
        var links = Diagnosis.Of(name, scope.ViewOf(group));
        var events = await LastTrouble.ReadAsync(scope.ClientOf(group), links, cancellationToken);
        var mesh =
            name == MeshService ? MeshTables.Explain(await scope.ClientOf(group).GetLinksAsync(cancellationToken)) : [];
        var remedies = links
            .Where(link => link.IsRoot)
            .Select(link => Diagnosis.RemedyFor(link, name))
            .Select(remedy => scope.Views.Length == 1 ? remedy : remedy.Within(group.Group))
            .ToList();
        var next = Remedy.Join(remedies, parsed.GetValue(CommonOptions.Group));
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, DocumentOf(group, links, events, next) with { Mesh = mesh });
        }
        else
        {
            Write(links, events, mesh, next);
        }

        return (int)ExitCode.Done;
    }

    private WhyDocument DocumentOf(
        GroupKey group,
        ImmutableArray<Link> links,
        Dictionary<string, SupervisorEvent> events,
        string next
    )
    {
        var now = context.Time.GetUtcNow();
        var documents = links.Select(link => LinkDocument.Of(link, events.GetValueOrDefault(link.Service.Name), now));
        return new(group.Host, group.Group, links[0].Service.Name, [.. documents], next, Mesh: []);
    }

    private void Write(
        ImmutableArray<Link> links,
        Dictionary<string, SupervisorEvent> events,
        ImmutableArray<string> mesh,
        string next
    )
    {
        var writer = new WhyWriter(context.Terminal.Output, context.Time.GetUtcNow());
        foreach (var link in links)
        {
            writer.Write(link, events.GetValueOrDefault(link.Service.Name));
        }

        foreach (var trouble in mesh)
        {
            context.Terminal.Output.WriteLine($"  {trouble}");
        }

        context.Terminal.Output.WriteLine($"next: {next}");
    }

    private static CommandFailure NotOne(string typed) =>
        new(
            ExitCode.Usage,
            $"'{typed}' is not one service",
            "why explains one service at a time",
            "redbctl why SERVICE; redbctl status lists them"
        );

    private static Argument<string> CreateService(CommandContext context)
    {
        var argument = new Argument<string>("SERVICE") { Description = "What to explain: core, default/core" };
        argument.CompletionSources.Add(completion => ServiceNames.Complete(context, completion.ParseResult));
        return argument;
    }
}
