using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl status</c>: what runs.</summary>
internal sealed class StatusCommand(CommandContext context)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Argument<string[]> _services = CommonOptions.Services(
        context,
        "What to show; everything when left out"
    );

    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Go on showing changes until Ctrl-C" };

    private readonly Option<bool> _check = new("--check") { Description = "Exit with 3 unless all of it is Ready" };

    private readonly Option<bool> _all = new("--all-groups", "-A")
    {
        Description = "Groups of every host of the cluster",
    };

    /// <summary>The verb with its options.</summary>
    public Command Create()
    {
        var command = new Command("status", "Show what runs") { _services, _watch, _check, _all };
        command.Aliases.Add("ps");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await OpenAsync(parsed, cancellationToken);
        var targets = Addressing.Resolve(parsed.GetValue(_services) ?? [], scope);
        var format = CommonOptions.FormatOf(parsed);
        if (parsed.GetValue(_watch))
        {
            await (
                scope.Hosts.IsEmpty
                    ? WatchAsync(scope, targets, format, cancellationToken)
                    : WatchClusterAsync(scope, parsed, format, cancellationToken)
            );
            return (int)ExitCode.Done;
        }

        var shown = Select(targets, scope.Views);
        // Of other hosts their own status tells.
        var supervisors = await Task.WhenAll(
            scope
                .Clients.Where(client => scope.Hosts.IsEmpty || scope.Here.Contains(client.Key))
                .Select(client => client.GetSupervisorAsync(cancellationToken))
        );
        var views = shown.Select(item => item.View).ToImmutableArray();
        var document = DocumentOf(views) with
        {
            Journal = Troubles(supervisors.Select(supervisor => supervisor.Journal)),
            Cluster = Troubles(supervisors.Select(supervisor => supervisor.Cluster)),
        };
        Write(views, document, targets, format);
        var healthy = shown.All(item => IsHealthy(item.Target, item.View));
        return (int)(parsed.GetValue(_check) && !healthy ? ExitCode.Unhealthy : ExitCode.Done);
    }

    private Task<Scope> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(_all)
            ? CommonOptions.OpenScopeAsync(context, parsed, all: true, cancellationToken)
            : CommonOptions.OpenScopeAsync(context, parsed, parsed.GetValue(_services) ?? [], cancellationToken);

    // A stream from every host would end with the first of them: the directories are asked again and again.
    private async Task WatchClusterAsync(
        Scope scope,
        ParseResult parsed,
        OutputFormat format,
        CancellationToken cancellationToken
    )
    {
        var shown = "";
        while (true)
        {
            var targets = Addressing.Resolve(parsed.GetValue(_services) ?? [], scope);
            var views = ViewsOf(targets, scope.Views);
            var versions = string.Join(
                ' ',
                views.Select(view => $"{view.Host}/{view.Group} {view.Version} {view.Phase}")
            );
            if (versions != shown)
            {
                shown = versions;
                Write(views, targets, format);
                await context.Terminal.Output.FlushAsync(cancellationToken);
            }

            await Task.Delay(Second, context.Time, cancellationToken);
            scope = await scope.AgainAsync!(cancellationToken);
        }
    }

    // One of many that follow each other.
    private void Write(ImmutableArray<GroupView> views, ImmutableArray<Target> targets, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            JsonWriter.WriteLine(context.Terminal.Output, DocumentOf(views));
        }
        else
        {
            Write(views, DocumentOf(views), targets, format);
        }
    }

    // A supervisor of an earlier version says nothing.
    private static ImmutableArray<string> Troubles(IEnumerable<string> sentences) =>
        [.. sentences.Where(trouble => !string.IsNullOrEmpty(trouble)).Distinct(StringComparer.Ordinal)];

    private static bool IsHealthy(Target target, GroupView view) =>
        target.IsWhole
            ? view.Phase == GroupPhase.Ready
            : view.Services.All(service => service.Phase == ServicePhase.Ready);

    // Two supervisors of one host may have groups of the same name, so a key does not stand for one view.
    private static ImmutableArray<(Target Target, GroupView View)> Select(
        ImmutableArray<Target> targets,
        IEnumerable<GroupView> views
    )
    {
        var byKey = views.ToLookup(Addressing.KeyOf);
        return
        [
            .. targets
                .DistinctBy(target => target.Group)
                .SelectMany(target => byKey[target.Group].Select(view => (target, Narrow(target, view)))),
        ];
    }

    private static ImmutableArray<GroupView> ViewsOf(ImmutableArray<Target> targets, IEnumerable<GroupView> views) =>
        [.. Select(targets, views).Select(item => item.View)];

    private static GroupView Narrow(Target target, GroupView view) =>
        target.IsWhole
            ? view
            : view with
            {
                Services =
                [
                    .. view.Services.Where(service => target.Services.Contains(service.Name, StringComparer.Ordinal)),
                ],
            };

    private void Write(
        ImmutableArray<GroupView> views,
        StatusDocument document,
        ImmutableArray<Target> targets,
        OutputFormat format
    )
    {
        if (format == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, document);
            return;
        }

        if (format == OutputFormat.Wide)
        {
            context.Terminal.Screen.Profile.Width = int.MaxValue / 2;
        }

        foreach (var trouble in document.Journal.Concat(document.Cluster))
        {
            // Wrapped and not cut: its end says what to do.
            context.Terminal.Screen.Write(
                new Text(Printable.Line(trouble) + "\n", StateWord.StyleOf(GroupPhase.Degraded))
            );
        }

        context.Terminal.Screen.Write(Lay(views, targets));
    }

    private Rows Lay(ImmutableArray<GroupView> views, ImmutableArray<Target> targets)
    {
        var now = context.Time.GetUtcNow();
        var headers = views.Select(view => (IRenderable)GroupHeader.Create(view, now));
        var limits = targets.Any(target => !target.IsWhole) ? LimitLines.Create(views) : [];
        return new([.. headers, ServiceTable.Create(views, now), .. limits]);
    }

    private async Task WatchAsync(
        Scope scope,
        ImmutableArray<Target> targets,
        OutputFormat format,
        CancellationToken cancellationToken
    )
    {
        var groups = targets.Select(target => target.Group).ToHashSet();
        var clients = scope.Clients.Where(client => groups.Contains(client.Key)).ToImmutableArray();
        var latest = ImmutableSortedDictionary<int, GroupView>.Empty.AddRange(
            scope
                .Clients.Zip(scope.Views, (client, view) => KeyValuePair.Create(clients.IndexOf(client), view))
                .Where(pair => pair.Key >= 0)
        );
        if (format != OutputFormat.Json && context.Terminal.Traits.IsOutputTerminal)
        {
            await context
                .Terminal.Screen.Live(Lay(ViewsOf(targets, latest.Values), targets))
                .StartAsync(display => DrawAsync(display, targets, clients, latest, cancellationToken));
        }

        await foreach (var (client, view) in ViewFeed.WatchAsync(clients, cancellationToken))
        {
            latest = latest.SetItem(clients.IndexOf(client), view);
            var views = ViewsOf(targets, latest.Values);
            Write(views, targets, format);
            await context.Terminal.Output.FlushAsync(cancellationToken);
        }

        throw StreamEnd.Of(cancellationToken);
    }

    private async Task DrawAsync(
        LiveDisplayContext display,
        ImmutableArray<Target> targets,
        ImmutableArray<GroupClient> clients,
        ImmutableSortedDictionary<int, GroupView> views,
        CancellationToken cancellationToken
    )
    {
        // Uptimes and the seconds until a restart go on while nothing else happens.
        await using var clock = context.Time.CreateTimer(_ => Draw(), null, Second, Second);
        await foreach (var (client, view) in ViewFeed.WatchAsync(clients, cancellationToken))
        {
            views = views.SetItem(clients.IndexOf(client), view);
            Draw();
        }

        throw StreamEnd.Of(cancellationToken);

        // Called by the clock as well: it reads one immutable set, and the display locks itself.
        void Draw() => display.UpdateTarget(Lay(ViewsOf(targets, Volatile.Read(ref views).Values), targets));
    }

    private static StatusDocument DocumentOf(ImmutableArray<GroupView> views) =>
        new([.. views.Select(view => GroupDocument.Of(view))], Journal: [], Cluster: []);
}
