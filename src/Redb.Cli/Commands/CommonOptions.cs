using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Redb.Cli.Clients;
using Redb.Cli.Contexts;
using Redb.Cli.Rendering;

namespace Redb.Cli.Commands;

/// <summary>Options that mean the same at every verb.</summary>
internal static class CommonOptions
{
    /// <summary>Folder of the supervisor to talk to.</summary>
    public static Option<string?> DataDirectory { get; } =
        new("--data-dir")
        {
            Description =
                "Data folder of the supervisor [env: REDB_DATA_DIR] [default: every folder in ~/.local/share/redb]",
            HelpName = "DIR",
            Recursive = true,
        };

    /// <summary>The cluster to talk to, by the name of its context.</summary>
    public static Option<string?> Context { get; } =
        new("--context")
        {
            Description =
                "Talk to the cluster of a context instead of this machine's [env: REDBCTL_CONTEXT] [default: that of redbctl context use]",
            HelpName = "NAME",
            Recursive = true,
        };

    /// <summary>The group meant.</summary>
    public static Option<string?> Group { get; } =
        new("--group", "-g")
        {
            Description = "Only this instance group",
            HelpName = "GROUP",
            Recursive = true,
        };

    /// <summary>The host meant.</summary>
    public static Option<string?> Host { get; } =
        new("--host", "-H")
        {
            Description = "Only this host of the cluster",
            HelpName = "HOST",
            Recursive = true,
        };

    /// <summary>Switches colour off.</summary>
    public static Option<bool> NoColour { get; } =
        new("--no-color") { Description = "Print without colour [env: NO_COLOR]", Recursive = true };

    /// <summary>How data is printed.</summary>
    public static Option<string?> Output { get; } = CreateOutput();

    /// <summary>The format chosen.</summary>
    public static OutputFormat FormatOf(ParseResult parsed) =>
        parsed.GetValue(Output) switch
        {
            "json" => OutputFormat.Json,
            "wide" => OutputFormat.Wide,
            _ => OutputFormat.Table,
        };

    /// <summary>An option for a duration in Go's syntax.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it bounds.</param>
    /// <param name="standard">Value when it is not given, as text.</param>
    public static Option<TimeSpan?> Duration(string name, string description, string standard) =>
        new(name)
        {
            Description = $"{description} [default: {standard}]",
            HelpName = "DURATION",
            CustomParser = ParseDuration,
        };

    /// <summary>How long changes and waits take at most unless <c>--timeout</c> says otherwise.</summary>
    public static TimeSpan StandardTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Services as typed, with their names completed.</summary>
    /// <param name="context">Where the names come from.</param>
    /// <param name="description">What they mean at this verb.</param>
    public static Argument<string[]> Services(CommandContext context, string description)
    {
        var argument = new Argument<string[]>("SERVICE")
        {
            Description = description,
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "SERVICE|GROUP",
        };
        argument.Validators.Add(RefuseOptions);
        argument.CompletionSources.Add(completion => ServiceNames.Complete(context, completion.ParseResult));
        return argument;
    }

    /// <summary>Connects to the supervisor meant and reads its groups.</summary>
    /// <param name="context">How to reach it.</param>
    /// <param name="parsed">Which one is meant.</param>
    /// <param name="all">Whether all hosts of the cluster are welcome.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Scope> OpenScopeAsync(
        CommandContext context,
        ParseResult parsed,
        bool all,
        CancellationToken cancellationToken
    )
    {
        if (all || parsed.GetValue(Host) is not null)
        {
            return OpenClusterAsync(context, parsed, prefersHere: false, cancellationToken);
        }

        var group = parsed.GetValue(Group);
        return PersistAsync(context, parsed, OpenAsync, cancellationToken);

        async Task<Scope> OpenAsync()
        {
            var supervisors = await FindAsync(context, parsed, group, all: false, cancellationToken);
            return await Scope.OpenAsync(context.Connector, supervisors, group, context.Time, cancellationToken);
        }
    }

    /// <summary>Connects to whatever supervisors the names may lead to: those of this machine, or of the whole cluster.</summary>
    /// <param name="context">How to reach it.</param>
    /// <param name="parsed">Which one is meant.</param>
    /// <param name="names">What was typed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Scope> OpenScopeAsync(
        CommandContext context,
        ParseResult parsed,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) =>
        names.Any(name => name.Contains('/', StringComparison.Ordinal)) && parsed.GetValue(Host) is null
            ? OpenClusterAsync(context, parsed, prefersHere: true, cancellationToken)
            : OpenScopeAsync(context, parsed, all: false, cancellationToken);

    /// <summary>Connects to the supervisors of this machine and learns of the whole cluster.</summary>
    /// <param name="context">How to reach it.</param>
    /// <param name="parsed">Which host and which groups are meant.</param>
    /// <param name="prefersHere">Whether a name without a host means a group of this machine, where there is one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Scope> OpenClusterAsync(
        CommandContext context,
        ParseResult parsed,
        bool prefersHere,
        CancellationToken cancellationToken
    ) =>
        OpenClusterAsync(
            context,
            parsed,
            new ClusterChoice(parsed.GetValue(Host), parsed.GetValue(Group), prefersHere),
            cancellationToken
        );

    /// <summary>Connects to the supervisors of this machine, or of a context, and learns of a part of their cluster.</summary>
    public static Task<Scope> OpenClusterAsync(
        CommandContext context,
        ParseResult parsed,
        ClusterChoice choice,
        CancellationToken cancellationToken
    )
    {
        return PersistAsync(context, parsed, OpenAsync, cancellationToken);

        async Task<Scope> OpenAsync()
        {
            var supervisors = await FindAsync(context, parsed, group: null, all: true, cancellationToken);
            return await new ClusterScope(context.Connector, context.Time).OpenAsync(
                supervisors,
                choice,
                cancellationToken
            );
        }
    }

    // Every attempt finds the supervisors anew. Whether the process behind a context lives cannot be seen from here.
    private static Task<Scope> PersistAsync(
        CommandContext context,
        ParseResult parsed,
        Func<Task<Scope>> openAsync,
        CancellationToken cancellationToken
    )
    {
        var persistence = ContextDoor.IsMeant(context, parsed) ? Persistence.None : context.Persistence;
        return persistence.RunAsync(context.Time, _ => openAsync(), cancellationToken);
    }

    private static async Task<ImmutableArray<LocalSupervisor>> FindAsync(
        CommandContext context,
        ParseResult parsed,
        string? group,
        bool all,
        CancellationToken cancellationToken
    ) =>
        await ContextDoor.FindAsync(context, parsed, cancellationToken) is { } remote
            ? [remote]
            : SupervisorChoice.Choose(context.Supervisors.Find(parsed.GetValue(DataDirectory)), group, all);

    private static Option<string?> CreateOutput()
    {
        var option = new Option<string?>("--output", "-o")
        {
            Description = "How data is printed: table, wide or json [default: table]",
            HelpName = "FORMAT",
            Recursive = true,
        };
        return option.AcceptOnlyFromAmong("table", "wide", "json");
    }

    // Else a mistyped option would be looked for among the services.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            result.AddError($"Unrecognized option '{token.Value}'.");
        }
    }

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        if (DurationText.TryParse(result.Tokens[0].Value, out var duration))
        {
            return duration;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no duration; write 90s, 1m30s or 250ms.");
        return null;
    }
}
