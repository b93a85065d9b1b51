using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Restarts groups of many hosts, one host after the other, and stops at the first that does not get ready.</summary>
/// <param name="context">The world.</param>
/// <param name="scope">The whole cluster.</param>
/// <param name="force">Whether also on hosts that are cordoned.</param>
internal sealed class RollingRestart(CommandContext context, Scope scope, bool force)
{
    /// <summary>Goes from host to host.</summary>
    /// <param name="names">Groups as <c>group</c> or <c>host/group</c>, with wildcards; none means all.</param>
    /// <param name="timeout">Longest wait at one host.</param>
    /// <param name="cancellationToken">Ends it after what was asked already.</param>
    public async Task<RollingOutcome> RunAsync(
        IReadOnlyList<string> names,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var hosts = HostsOf(Addressing.ResolveGroups(names, scope.Views));
        RequireAll(hosts);
        var steps = ImmutableArray.CreateBuilder<RollingStep>();
        foreach (var targets in hosts)
        {
            var step = await RestartAsync(targets, timeout, cancellationToken);
            steps.Add(step);
            await context.Terminal.Error.WriteLineAsync(
                $"{steps.Count}/{hosts.Length}  {string.Join(", ", step.Groups)}  {(step.Code == ExitCode.Done ? "Ready" : step.Code)} after {DurationText.Exact(step.Elapsed)}"
            );
            if (step.Code != ExitCode.Done)
            {
                return Stopped(steps.ToImmutable(), hosts);
            }
        }

        return new(ExitCode.Done, steps.ToImmutable(), []);
    }

    private static ImmutableArray<ImmutableArray<Target>> HostsOf(ImmutableArray<Target> targets) =>
        [
            .. targets
                .GroupBy(target => target.Group.Host, StringComparer.Ordinal)
                .OrderBy(host => host.Key, StringComparer.Ordinal)
                .Select(host => host.ToImmutableArray()),
        ];

    // Whatever stands against it is said before the first group is touched.
    private void RequireAll(ImmutableArray<ImmutableArray<Target>> hosts)
    {
        foreach (var targets in hosts)
        {
            Reach.Require(scope, targets, "restart");
            if (
                !force
                && targets.FirstOrDefault(target => scope.ViewOf(target.Group).Cordon is not null) is { } cordoned
            )
            {
                throw new CommandFailure(
                    ExitCode.Conflict,
                    $"cannot restart {cordoned.Group}",
                    $"host {cordoned.Group.Host} is cordoned",
                    $"redbctl uncordon {cordoned.Group.Host}, or --force"
                );
            }
        }
    }

    private async Task<RollingStep> RestartAsync(
        ImmutableArray<Target> targets,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var began = context.Time.GetTimestamp();
        ImmutableArray<string> groups = [.. targets.Select(target => target.Group.ToString())];
        try
        {
            var aims = await Task.WhenAll(targets.Select(target => AskAsync(target, cancellationToken)));
            var outcome = await Progress.WaitAsync(context, scope, [.. aims], timeout, cancellationToken);
            var code = Verdict.OfChange(outcome, refused: [], isWhole: true);
            if (code != ExitCode.Done)
            {
                OutcomeWriter.Write(context.Terminal.Error, outcome, Goal.Ready, group: null, context.Time.GetUtcNow());
            }

            return new(targets[0].Group.Host, groups, code, CauseOf(outcome), context.Time.GetElapsedTime(began));
        }
        catch (Exception lost)
            when (lost
                    is TimeoutException
                        or HostUnreachableException
                        or Orleans.Runtime.OrleansException
                        or CommandFailure
            )
        {
            var code = lost is CommandFailure failure ? failure.Code : ExitCode.Unavailable;
            return new(
                targets[0].Group.Host,
                groups,
                code,
                Printable.Line(lost is CommandFailure known ? $"{known.Message}: {known.Cause}" : lost.Message),
                context.Time.GetElapsedTime(began)
            );
        }
    }

    private async Task<Aim> AskAsync(Target target, CancellationToken cancellationToken)
    {
        var client = scope.ClientOf(target.Group);
        var before = await client.GetViewAsync(cancellationToken);
        var result = await client.ChangeAsync(Change.Restart, [], force, cancellationToken);
        return result.Refusal.Length == 0
            ? Aim.For(Change.Restart, target with { Services = result.Accepted }, result.Version, before)
            : throw new CommandFailure(ExitCode.Conflict, $"cannot restart {target.Group}", result.Refusal, "");
    }

    private static string CauseOf(Outcome outcome)
    {
        var late = outcome.IsTimedOut ? outcome.Waiting : [];
        return string.Join(
            "; ",
            outcome
                .Failed.Concat(outcome.Overruled)
                .Concat(late)
                .Select(service =>
                    service.Reason.Length > 0
                        ? $"{service.Name} is {StateWord.Of(service.Phase)}: {service.Reason}"
                        : $"{service.Name} is {StateWord.Of(service.Phase)}"
                )
        );
    }

    private RollingOutcome Stopped(ImmutableArray<RollingStep> steps, ImmutableArray<ImmutableArray<Target>> hosts)
    {
        var failed = steps[^1];
        ImmutableArray<string> untouched =
        [
            .. hosts.Skip(steps.Length).SelectMany(targets => targets.Select(target => target.Group.ToString())),
        ];
        var code =
            steps.Length > 1 ? ExitCode.PartlyDone
            : failed.Code == ExitCode.PartlyDone ? ExitCode.Failed
            : failed.Code;
        var rest = untouched.IsEmpty ? "" : $"; {string.Join(", ", untouched)} untouched";
        new CommandFailure(
            code,
            $"the rolling restart stopped at {failed.Host}, {steps.Length} of {hosts.Length}{rest}",
            failed.Cause,
            $"mend it, then redbctl restart --rolling {string.Join(' ', failed.Groups.Concat(untouched))}"
        ).WriteTo(context.Terminal.Error);
        return new(code, steps, untouched);
    }
}
