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
    /// <param name="all">Whether several are welcome.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Scope> OpenScopeAsync(
        CommandContext context,
        ParseResult parsed,
        bool all,
        CancellationToken cancellationToken
    )
    {
        var group = parsed.GetValue(Group);
        var remote = await ContextDoor.FindAsync(context, parsed, cancellationToken);
        var supervisors = remote is null
            ? SupervisorChoice.Choose(context.Supervisors.Find(parsed.GetValue(DataDirectory)), group, all)
            : [remote];
        return await Scope.OpenAsync(context.Connector, supervisors, group, context.Time, cancellationToken);
    }

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
