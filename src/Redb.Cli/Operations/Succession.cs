using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Waits until a supervisor was replaced, and sees what became of its services.</summary>
/// <param name="context">How supervisors are found and reached.</param>
internal sealed class Succession(CommandContext context)
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Completes once a later supervisor answers, and its groups have looked for their processes.</summary>
    /// <param name="dataDirectory">The data folder that was named; null for those of the user.</param>
    /// <param name="group">The group that was named; null for none.</param>
    /// <param name="before">The supervisor that is replaced.</param>
    /// <param name="views">Its groups before.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">None answered in time.</exception>
    public async Task<SuccessionOutcome> AwaitAsync(
        string? dataDirectory,
        string? group,
        SupervisorView before,
        ImmutableArray<GroupView> views,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var time = context.Time;
        var began = time.GetTimestamp();
        var cause = "it has not begun to answer";
        while (time.GetElapsedTime(began) < timeout)
        {
            try
            {
                var found = SupervisorChoice.Choose(context.Supervisors.Find(dataDirectory), group, all: false);
                await using var scope = await Scope.OpenAsync(context.Connector, found, group, time, cancellationToken);
                var after = await scope.Clients[0].GetSupervisorAsync(cancellationToken);
                if (after.StartedAt > before.StartedAt && scope.Views.All(view => view.HasBegun))
                {
                    return SuccessionOutcome.Of(after, views, scope.Views, time.GetElapsedTime(began));
                }
            }
            catch (CommandFailure failure)
            {
                cause = failure.Message;
            }
            catch (Exception error) when (error is TimeoutException or Orleans.Runtime.OrleansException)
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
