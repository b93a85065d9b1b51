using Redb.Abstractions.Hosts;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Waits until a supervisor that was asked to end has ended.</summary>
/// <param name="context">How supervisors are found and reached.</param>
internal sealed class Departure(CommandContext context)
{
    /// <summary>Completes once its process is gone, if it is of this machine, else once its cluster has seen it go.</summary>
    /// <param name="leaving">The supervisor.</param>
    /// <param name="isHere">Whether it is of this machine: a process id says nothing of another.</param>
    /// <param name="openAsync">Finds it as the command found it.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="CommandFailure">It is still there.</exception>
    public async Task<TimeSpan> AwaitAsync(
        SupervisorView leaving,
        bool isHere,
        Func<CancellationToken, Task<Scope>> openAsync,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var began = context.Time.GetTimestamp();
        while (!(isHere ? !context.Supervisors.IsAlive(leaving.Pid) : await HasLeftAsync()))
        {
            if (context.Time.GetElapsedTime(began) > timeout)
            {
                throw new CommandFailure(
                    ExitCode.TimedOut,
                    $"the supervisor of {leaving.Host}, pid {leaving.Pid}, has not ended after {DurationText.Exact(timeout)}",
                    "it is still stopping its services",
                    "redbctl status shows which"
                );
            }

            await Task.Delay(Succession.Pause, context.Time, cancellationToken);
        }

        return context.Time.GetElapsedTime(began);

        async Task<bool> HasLeftAsync()
        {
            try
            {
                await using var scope = await openAsync(cancellationToken);
                if (scope.Hosts.Any(host => host.Host == leaving.Host && host.State != HostState.Up))
                {
                    return true;
                }

                // Another one that answers in its place means that it has gone as well.
                var present = await scope.Clients[0].GetSupervisorAsync(cancellationToken);
                return present.Host != leaving.Host || present.StartedAt > leaving.StartedAt;
            }
            catch (HostUnreachableException)
            {
                return true;
            }
            catch (CommandFailure failure) when (failure.Code == ExitCode.Unavailable)
            {
                return true;
            }
            catch (Exception error) when (error is TimeoutException or Orleans.Runtime.OrleansException)
            {
                // It may be busy with its services.
                return false;
            }
        }
    }
}
