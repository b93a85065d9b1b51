using Redb.Silo.Hosting;
using Redb.Silo.Processes;

namespace Redb.Silo.Cluster;

/// <summary>
/// What becomes of a silo that the others declared dead, because it was frozen or cut off: it can never be a member again, so the process
/// replaces itself as after <c>kill -9</c>, with the same pid, and takes its services over. Nobody else need restart it.
/// </summary>
internal sealed partial class RestartWhenDeclaredDead(
    StartedAs self,
    StopRequests stop,
    TimeProvider time,
    ILogger<RestartWhenDeclaredDead> logger
) : IFatalErrorHandler
{
    // A silo that is declared dead as soon as it has started must not do nothing but start.
    private static readonly TimeSpan LeastLife = TimeSpan.FromSeconds(5);

    private readonly long _began = time.GetTimestamp();
    private readonly Lock _once = new();

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object sender, string context, Exception exception)
    {
        // One thread at a time; the first never comes back.
        lock (_once)
        {
            LogFatal(context, exception?.Message ?? "");
            if (stop.Ordered.WaitHandle.WaitOne(Rest()))
            {
                // Somebody wants it to end, and so it does.
                return;
            }

            var refusal = SelfExec.Run(self);
            Environment.FailFast($"{context}; the supervisor could not be replaced: {refusal}", exception);
        }
    }

    private TimeSpan Rest()
    {
        var rest = LeastLife - time.GetElapsedTime(_began);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    [LoggerMessage(
        1306,
        LogLevel.Error,
        "the silo cannot go on ({Context}): restarting in place, the services run on: {Cause}"
    )]
    private partial void LogFatal(string context, string cause);
}
