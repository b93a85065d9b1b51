using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Waits until a supervisor was replaced, and sees what became of its services.</summary>
/// <param name="time">Clock of the bounds.</param>
internal sealed class Succession(TimeProvider time)
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Completes once a later supervisor answers, and its groups have looked for their processes.</summary>
    /// <param name="before">The supervisor that is replaced.</param>
    /// <param name="views">Its groups before.</param>
    /// <param name="openAsync">Finds it as the command found it.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">None answered in time.</exception>
    public async Task<SuccessionOutcome> AwaitAsync(
        SupervisorView before,
        ImmutableArray<GroupView> views,
        Func<CancellationToken, Task<Scope>> openAsync,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var cause = "it has not begun to answer";
        while (time.GetElapsedTime(began) < timeout)
        {
            try
            {
                await using var scope = await openAsync(cancellationToken);
                var after = await scope.Clients[0].GetSupervisorAsync(cancellationToken);
                if (
                    after.Host == before.Host
                    && after.StartedAt > before.StartedAt
                    && scope.Views.All(view => view.HasBegun)
                )
                {
                    return SuccessionOutcome.Of(after, views, scope.Views, time.GetElapsedTime(began));
                }
            }
            catch (CommandFailure failure)
            {
                cause = failure.Message;
            }
            catch (Exception error)
                when (error is TimeoutException or HostUnreachableException or Orleans.Runtime.OrleansException)
            {
                cause = Printable.Line(error.Message);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        throw new CommandFailure(
            ExitCode.TimedOut,
            $"no new supervisor answered within {DurationText.Exact(timeout)}; the services run on",
            cause,
            $"read {Path.Combine(before.DataDirectory, "logs", "supervisor.log")}, then start redb-supervisor again: it takes the services over"
        );
    }
}
