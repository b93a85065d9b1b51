using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Redb.Abstractions.Logs;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl logs</c>: what services print, merged by time.</summary>
internal sealed class LogsCommand(CommandContext context)
{
    private const int StandardLines = 100;

    // A line waits this long for an older one of another service.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Argument<string[]> _services = CommonOptions.Services(context, "Whose logs");

    private readonly Option<bool> _all = new("--all", "-A") { Description = "Logs of all services" };

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with new lines until Ctrl-C" };

    private readonly Option<int?> _lines = new("--lines", "-n")
    {
        Description = $"Only the last lines of each service [default: {StandardLines}, or all with --since]",
        HelpName = "COUNT",
    };

    private readonly Option<string?> _since = new("--since")
    {
        Description = "Only lines from then on: 10m, or 2026-01-31T12:00:00Z",
        HelpName = "TIME",
    };

    private readonly Option<bool> _timestamps = new("--timestamps", "-t") { Description = "Print times in full" };

    private readonly Option<bool> _noPrefix = new("--no-prefix") { Description = "Print lines as they were written" };

    /// <summary>The verb with its options.</summary>
    public Command Create()
    {
        var command = new Command("logs", "Print what services print, oldest first")
        {
            _services,
            _all,
            _follow,
            _lines,
            _since,
            _timestamps,
            _noPrefix,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var names = parsed.GetValue(_services) ?? [];
        if (names.Length == 0 && !parsed.GetValue(_all))
        {
            throw new CommandFailure(
                ExitCode.Usage,
                "no service was named",
                "logs are printed of the services named, or of all of them with -A",
                "redbctl logs SERVICE, or redbctl logs -A"
            );
        }

        var since = SinceOf(parsed.GetValue(_since));
        await using var scope = await CommonOptions.OpenScopeAsync(context, parsed, names, cancellationToken);
        var targets = Addressing.Resolve(names, scope);
        var sources = Sources(scope, targets, parsed, since, cancellationToken);
        var write = WriterFor(parsed, targets);
        var follow = parsed.GetValue(_follow);
        var merge = new TimeMerge(follow ? Patience : Timeout.InfiniteTimeSpan, context.Time);
        await foreach (var entry in merge.ReadAsync(sources, entry => entry.Line.At, cancellationToken))
        {
            write(entry);
            if (follow)
            {
                await context.Terminal.Output.FlushAsync(cancellationToken);
            }
        }

        if (follow)
        {
            throw StreamEnd.Of(cancellationToken);
        }

        return (int)ExitCode.Done;
    }

    private ImmutableArray<IAsyncEnumerable<Entry>> Sources(
        Scope scope,
        ImmutableArray<Target> targets,
        ParseResult parsed,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    )
    {
        var last = parsed.GetValue(_lines) ?? (since is null ? StandardLines : null);
        var follow = parsed.GetValue(_follow);
        return
        [
            .. targets.SelectMany(target =>
                target.Services.Select(service =>
                    scope
                        .ClientOf(target.Group)
                        .ReadLogAsync(new LogQuery(service, last, since, follow), cancellationToken)
                        .Select(line => new Entry(target, line))
                )
            ),
        ];
    }

    private Action<Entry> WriterFor(ParseResult parsed, ImmutableArray<Target> targets)
    {
        var output = context.Terminal.Output;
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            return entry =>
                JsonWriter.WriteLine(
                    output,
                    new LogDocument(
                        entry.Target.Group.Host,
                        entry.Target.Group.Group,
                        entry.Line.Service,
                        entry.Line.At,
                        entry.Line.Text
                    )
                );
        }

        var traits = context.Terminal.Traits;
        var style = new LogStyle(
            parsed.GetValue(_timestamps),
            !parsed.GetValue(_noPrefix),
            targets.SelectMany(target => target.Services).Select(name => name.Length).DefaultIfEmpty().Max(),
            traits.IsColoured && (traits.IsOutputTerminal || traits.IsColourForced)
        );
        var writer = new LogWriter(output, style, context.Time.LocalTimeZone);
        return entry => writer.Write(entry.Line);
    }

    private DateTimeOffset? SinceOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var ago))
        {
            return context.Time.GetUtcNow() - ago;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? time
            : throw new CommandFailure(
                ExitCode.Usage,
                $"--since {text} is not understood",
                "it is neither a duration nor a time",
                "write --since 10m, or --since 2026-01-31T12:00:00Z"
            );
    }

    /// <summary>A line and where it comes from.</summary>
    private readonly record struct Entry(Target Target, LogLine Line);
}
