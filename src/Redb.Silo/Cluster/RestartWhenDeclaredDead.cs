using Redb.Silo.Hosting;

namespace Redb.Silo.Cluster;

/// <summary>
/// What becomes of a silo that the others declared dead, because it was frozen or cut off, or that Orleans gives up for another reason: it can never be a
/// member again, so the process replaces itself as after <c>kill -9</c>, with the same pid, and takes its services over. Nobody else need restart it.
/// </summary>
internal sealed partial class RestartWhenDeclaredDead(
    ISupervisorProcess process,
    RestartBackOff backOff,
    StopRequests stop,
    TimeProvider time,
    ILogger<RestartWhenDeclaredDead> logger
) : IFatalErrorHandler
{
    private readonly long _began = time.GetTimestamp();
    private readonly Lock _once = new();

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // One thread at a time; the first never comes back.
        lock (_once)
        {
            var (wait, row) = backOff.Next(RestartBackOff.Row, time.GetElapsedTime(_began));
            LogFatal(context ?? "", wait.TotalSeconds, exception?.Message ?? "");
            if (stop.Ordered.WaitHandle.WaitOne(wait))
            {
                // Somebody wants it to end, and so it does.
                return;
            }

            RestartBackOff.Note(row);
            process.End($"{context}; the supervisor could not be replaced: {process.Replace()}", exception);
        }
    }

    [LoggerMessage(
        1306,
        LogLevel.Error,
        "the silo cannot go on ({Context}): restarting in place in {Wait:0.#} s, the services run on: {Cause}"
    )]
    private partial void LogFatal(string context, double wait, string cause);
}
