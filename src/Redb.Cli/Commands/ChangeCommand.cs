using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary>What start, stop, restart and retry have in common: ask, then wait until it shows.</summary>
/// <param name="context">The world.</param>
/// <param name="change">What is asked for.</param>
internal sealed class ChangeCommand(CommandContext context, Change change)
{
    private readonly string _verb = change switch
    {
        Change.Start => "start",
        Change.Stop => "stop",
        Change.Retry => "retry",
        _ => "restart",
    };

    private readonly Argument<string[]> _services = CommonOptions.Services(
        context,
        "Services or groups: core, default, default/core, 'c*'; on another host: b/default, b/default/core"
    );

    private readonly Option<bool> _noWait = new("--no-wait")
    {
        Description = "Return once the supervisor has recorded it, without waiting for the services",
    };

    private readonly Option<bool> _withDependencies = new("--with-deps")
    {
        Description = "Start what the services depend on too, where it is down",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Also on a host that is cordoned" };

    private readonly Option<bool> _rolling = new("--rolling")
    {
        Description =
            "Groups of that name on all hosts, one host after the other; stops at the first that does not get ready",
    };

    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--timeout", "Longest wait", "60s");

    /// <summary>The verb with its options.</summary>
    /// <param name="description">What it does, in one sentence.</param>
    public Command Create(string description)
    {
        var command = new Command(_verb, description) { _services, _noWait, _timeout };
        if (change == Change.Start)
        {
            command.Options.Add(_withDependencies);
        }

        if (change != Change.Stop)
        {
            command.Options.Add(_force);
        }

        if (change == Change.Restart)
        {
            command.Options.Add(_rolling);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var names = parsed.GetValue(_services) ?? [];
        if (change == Change.Restart && parsed.GetValue(_rolling))
        {
            return await RollAsync(names, parsed, cancellationToken);
        }

        if (names.Length == 0 && change != Change.Retry && parsed.GetValue(CommonOptions.Group) is null)
        {
            throw NothingNamed();
        }

        await using var scope = await CommonOptions.OpenScopeAsync(context, parsed, names, cancellationToken);
        var targets = TargetsOf(names, scope, change == Change.Start && parsed.GetValue(_withDependencies));
        Reach.Require(scope, targets, _verb);
        var force = change != Change.Stop && parsed.GetValue(_force);
        var results = await AskAsync(scope, targets, force, cancellationToken);
        var refused = ReportRefused(targets, results);
        if (change == Change.Retry && results.All(result => result.Accepted.IsEmpty) && refused.IsEmpty)
        {
            await context.Terminal.Error.WriteLineAsync(
                "nothing to retry: no service waits for a restart or has given up"
            );
        }

        var outcome = await FollowAsync(scope, targets, results, parsed, cancellationToken);
        var code = outcome is null
            ? Accepted(results, refused)
            : Verdict.OfChange(outcome, refused, targets.All(target => target.IsWhole));
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, DocumentOf(outcome, results, code));
        }

        return (int)code;
    }

    private static ImmutableArray<Target> TargetsOf(string[] names, Scope scope, bool withDependencies)
    {
        var targets = Addressing.Resolve(names, scope);
        return withDependencies
            ?
            [
                .. targets.Select(target =>
                    target.IsWhole ? target : StoppedDependencies.Include(target, scope.ViewOf(target.Group))
                ),
            ]
            : targets;
    }

    private Task<CommandResult[]> AskAsync(
        Scope scope,
        ImmutableArray<Target> targets,
        bool force,
        CancellationToken cancellationToken
    ) =>
        Task.WhenAll(
            targets.Select(target =>
                scope.ClientOf(target.Group).ChangeAsync(change, target.Requested, force, cancellationToken)
            )
        );

    private async Task<int> RollAsync(string[] names, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await CommonOptions.OpenClusterAsync(
            context,
            parsed,
            prefersHere: false,
            cancellationToken
        );
        var rolling = new RollingRestart(context, scope, parsed.GetValue(_force));
        var outcome = await rolling.RunAsync(
            names,
            parsed.GetValue(_timeout) ?? CommonOptions.StandardTimeout,
            cancellationToken
        );
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, outcome.ToDocument());
        }

        return (int)outcome.Code;
    }

    // A whole group leaves out what is switched off without a word; a service named by hand does not.
    private ImmutableArray<string> ReportRefused(ImmutableArray<Target> targets, CommandResult[] results)
    {
        var disabled = targets.Zip(results).Where(pair => !pair.First.IsWhole).SelectMany(pair => pair.Second.Disabled);
        var refused = ImmutableArray.CreateBuilder<string>();
        foreach (var name in disabled)
        {
            refused.Add(name);
            new CommandFailure(
                ExitCode.Conflict,
                $"cannot {_verb} {name}",
                "it is switched off in the configuration",
                $"set services.{name}.enabled: true"
            ).WriteTo(context.Terminal.Error);
        }

        foreach (var (target, result) in targets.Zip(results).Where(pair => pair.Second.Refusal.Length > 0))
        {
            refused.Add(target.Describe());
            new CommandFailure(
                ExitCode.Conflict,
                $"cannot {_verb} {target.Describe()}",
                Printable.Line(result.Refusal),
                $"redbctl uncordon {target.Group.Host}, or --force"
            ).WriteTo(context.Terminal.Error);
        }

        foreach (var name in results.SelectMany(result => result.Unknown))
        {
            refused.Add(name);
            new CommandFailure(
                ExitCode.NotFound,
                $"cannot {_verb} {name}",
                "the supervisor no longer knows it",
                "redbctl status"
            ).WriteTo(context.Terminal.Error);
        }

        return refused.ToImmutable();
    }

    // Null when there is nothing to wait for.
    private async Task<Outcome?> FollowAsync(
        Scope scope,
        ImmutableArray<Target> targets,
        CommandResult[] results,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        ImmutableArray<Aim> aims =
        [
            .. targets
                .Zip(results)
                .Where(pair => pair.Second.Refusal.Length == 0)
                .Select(pair => AimOf(pair.First, pair.Second))
                .Where(aim => !aim.Target.Services.IsEmpty),
        ];
        if (parsed.GetValue(_noWait) || aims.IsEmpty)
        {
            return null;
        }

        try
        {
            var outcome = await Progress.WaitAsync(context, scope, aims, parsed.GetValue(_timeout), cancellationToken);
            var goal = change == Change.Stop ? Goal.Stopped : Goal.Ready;
            OutcomeWriter.Write(
                context.Terminal.Error,
                outcome,
                goal,
                parsed.GetValue(CommonOptions.Group),
                context.Time.GetUtcNow()
            );
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var what = string.Join(", ", aims.Select(aim => aim.Target.Describe()));
            await context.Terminal.Error.WriteLineAsync(
                $"interrupted: the {_verb} of {what} goes on without this command; redbctl status shows it"
            );
            throw;
        }

        Aim AimOf(Target target, CommandResult result)
        {
            var accepted = target.Services.Where(name =>
                !result.Disabled.Contains(name, StringComparer.Ordinal)
                && !result.Unknown.Contains(name, StringComparer.Ordinal)
                && (change != Change.Retry || result.Accepted.Contains(name, StringComparer.Ordinal))
            );
            var before = scope.ViewOf(target.Group);
            return Aim.For(change, target with { Services = [.. accepted] }, result.Version, before);
        }
    }

    private static ExitCode Accepted(CommandResult[] results, ImmutableArray<string> refused)
    {
        if (refused.IsEmpty)
        {
            return ExitCode.Done;
        }

        if (results.Any(result => !result.Accepted.IsEmpty))
        {
            return ExitCode.PartlyDone;
        }

        return results.Any(result => !result.Disabled.IsEmpty || result.Refusal.Length > 0)
            ? ExitCode.Conflict
            : ExitCode.NotFound;
    }

    private OperationDocument DocumentOf(Outcome? outcome, CommandResult[] results, ExitCode code) =>
        OperationDocument.Of(_verb, code, outcome) with
        {
            Accepted = [.. results.SelectMany(result => result.Accepted)],
            Unknown = [.. results.SelectMany(result => result.Unknown)],
            Disabled = [.. results.SelectMany(result => result.Disabled)],
        };

    private CommandFailure NothingNamed() =>
        new(
            ExitCode.Usage,
            $"nothing to {_verb}",
            "no service and no group was named",
            $"redbctl {_verb} SERVICE, or redbctl {_verb} GROUP for all of it"
        );
}
