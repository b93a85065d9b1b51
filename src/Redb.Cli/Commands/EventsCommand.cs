using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.CompilerServices;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl events</c>: what happened.</summary>
internal sealed class EventsCommand(CommandContext context)
{
    private const int StandardCount = 100;

    // What a group reads from its journal at once.
    private const int PageSize = 1000;

    // An event waits this long for an older one of another group.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Option<bool> _follow = new("--follow", "-f")
    {
        Description = "Go on with new events until Ctrl-C",
    };

    private readonly Option<int?> _count = new("--lines", "-n")
    {
        Description = $"Only the last events, older ones from the journal [default: {StandardCount}]",
        HelpName = "COUNT",
    };

    private readonly Option<string[]> _services = CreateServices(context);

    /// <summary>The verb with its options.</summary>
    public Command Create()
    {
        var command = new Command("events", "Print what happened, oldest first") { _follow, _count, _services };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var names = parsed.GetValue(_services) ?? [];
        await using var scope = await CommonOptions.OpenScopeAsync(context, parsed, names, cancellationToken);
        var targets = Addressing.Resolve(names, scope);
        var write = WriterFor(parsed);
        var count = parsed.GetValue(_count);
        var kept = await ReadKeptAsync(scope, targets, count ?? 0, cancellationToken);
        foreach (var happened in kept.Where(IsWanted).TakeLast(count ?? StandardCount))
        {
            write(happened);
        }

        if (parsed.GetValue(_follow))
        {
            await context.Terminal.Output.FlushAsync(cancellationToken);
            var merge = new TimeMerge(Patience, context.Time);
            var sources = targets.Select(target => FollowAsync(target, LastOf(target.Group))).ToImmutableArray();
            await foreach (var happened in merge.ReadAsync(sources, item => item.Event.At, cancellationToken))
            {
                if (IsWanted(happened))
                {
                    write(happened);
                    await context.Terminal.Output.FlushAsync(cancellationToken);
                }
            }

            throw StreamEnd.Of(cancellationToken);
        }

        return (int)ExitCode.Done;

        long LastOf(GroupKey group) =>
            kept.Where(item => item.Target.Group == group).Select(item => item.Event.Sequence).DefaultIfEmpty().Max();

        IAsyncEnumerable<Happened> FollowAsync(Target target, long last) =>
            scope
                .ClientOf(target.Group)
                .ReadEventsAsync(last, follow: true, cancellationToken)
                .Select(happened => new Happened(target, happened));
    }

    // What concerns a group as a whole is left out when services were named.
    private static bool IsWanted(Happened happened) =>
        happened.Target.IsWhole || happened.Target.Services.Contains(happened.Event.Service, StringComparer.Ordinal);

    private async Task<List<Happened>> ReadKeptAsync(
        Scope scope,
        ImmutableArray<Target> targets,
        int wanted,
        CancellationToken cancellationToken
    )
    {
        var merge = new TimeMerge(Timeout.InfiniteTimeSpan, context.Time);
        var sources = targets
            .Select(target => ReadKeptAsync(target, scope.ClientOf(target.Group), wanted, cancellationToken))
            .ToImmutableArray();
        return await merge.ReadAsync(sources, item => item.Event.At, cancellationToken).ToListAsync(cancellationToken);
    }

    // What the supervisor has at hand, and as much of the journal before it as is needed to have so many of the wanted ones.
    private static async IAsyncEnumerable<Happened> ReadKeptAsync(
        Target target,
        GroupClient client,
        int wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var pages = new Stack<ImmutableArray<SupervisorEvent>>();
        var atHand = client.ReadEventsAsync(after: 0, follow: false, cancellationToken);
        ImmutableArray<SupervisorEvent> page = [.. await atHand.ToListAsync(cancellationToken)];
        while (!page.IsEmpty)
        {
            pages.Push(page);
            wanted -= page.Count(happened => IsWanted(new(target, happened)));
            page = wanted > 0 ? await client.ReadOlderEventsAsync(page[0].Sequence, PageSize, cancellationToken) : [];
        }

        foreach (var happened in pages.SelectMany(older => older))
        {
            yield return new(target, happened);
        }
    }

    private Action<Happened> WriterFor(ParseResult parsed)
    {
        var output = context.Terminal.Output;
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            return item => JsonWriter.WriteLine(output, EventDocument.Of(item.Target.Group, item.Event));
        }

        var writer = new EventWriter(output, context.Time.LocalTimeZone);
        return item => writer.Write(item.Target.Group, item.Event);
    }

    private static Option<string[]> CreateServices(CommandContext context)
    {
        var option = new Option<string[]>("--service", "-s")
        {
            Description = "Only events of these services",
            HelpName = "SERVICE",
        };
        option.CompletionSources.Add(completion => ServiceNames.Complete(context, completion.ParseResult));
        return option;
    }

    /// <summary>An event and where it comes from.</summary>
    private readonly record struct Happened(Target Target, SupervisorEvent Event);
}
