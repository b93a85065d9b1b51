using Redb.Abstractions.Supervision;

namespace Redb.Grains.Services;

/// <summary>What people are told of a step of a service.</summary>
internal static class ServiceStory
{
    /// <summary>So many lines of its log are told with the end of a run: enough to see why it died, little enough to read in a table of events.</summary>
    public const int LinesOfExit = 5;

    /// <summary>The news of a step.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="before">Where it stood.</param>
    /// <param name="input">What happened.</param>
    /// <param name="after">Where it stands now.</param>
    /// <param name="lastLines">Of the log, for the end of a run.</param>
    /// <param name="at">When.</param>
    public static IEnumerable<ServiceNews> Of(
        string service,
        ServiceState before,
        ServiceInput input,
        ServiceState after,
        string lastLines,
        DateTimeOffset at
    )
    {
        if (input is ServiceInput.Exited exited && exited.Run == before.Run)
        {
            var pid = before.Pid is { } number ? $" of pid {number}" : "";
            yield return News(
                EventKind.Exited,
                $"{exited.Run}{pid} ended: {exited.Exit.Describe()}",
                exited.Run,
                lastLines
            );
        }
        else if (input is ServiceInput.LaunchRefused refused)
        {
            yield return News(EventKind.LaunchFailed, refused.Reason, refused.Run);
        }
        else if (input is ServiceInput.Resumed { Pid: { } pid } resumed)
        {
            yield return News(EventKind.Adopted, $"{resumed.Run} lives on as pid {pid}", after.Run);
        }

        if (after.Phase != before.Phase)
        {
            var reason = after.Reason.Length > 0 ? $": {after.Reason}" : "";
            yield return News(EventKind.PhaseChanged, $"{before.Phase} -> {after.Phase}{reason}", after.Run);
        }

        // The end of a run is told when the next may have begun already.
        ServiceNews News(EventKind kind, string message, RunId run, string detail = "") =>
            new(at, service, kind, message, after.Phase, run.Value, detail);
    }
}
