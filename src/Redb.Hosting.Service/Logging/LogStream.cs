using Grpc.Core;
using Redb.Hosting.Service.Supervision;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Logging;

/// <summary>One <c>StreamLogs</c> call: opened with a first entry, fed until it breaks or the service stops.</summary>
internal sealed class LogStream : IDisposable
{
    private readonly AsyncClientStreamingCall<LogStreamRequest, LogStreamResponse> _call;

    private LogStream(AsyncClientStreamingCall<LogStreamRequest, LogStreamResponse> call) => _call = call;

    /// <summary>Opens the stream. That it is open shows only once an entry went through, so it takes one.</summary>
    /// <returns>Null if the supervisor is not there.</returns>
    public static async Task<LogStream?> OpenAsync(
        SupervisorChannel supervisor,
        LogEntry first,
        CancellationToken stopping
    )
    {
        // Not tied to the stop: the last entries are handed over after it.
        var stream = new LogStream(supervisor.Client!.StreamLogs(cancellationToken: CancellationToken.None));
        if (await stream.SendAsync(first, stopping))
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    /// <summary>Passes entries on. Ends when the stream broke or the service stops.</summary>
    /// <param name="router">Where the entries come from.</param>
    /// <param name="stopping">Ends the wait for further entries.</param>
    /// <param name="cut">Gives up on an entry under way, and with it on the stream.</param>
    public async Task PumpAsync(LogRouter router, CancellationToken stopping, CancellationToken cut)
    {
        var broken = _call.ResponseAsync;
        while (!stopping.IsCancellationRequested)
        {
            var more = router.Entries.WaitToReadAsync(stopping).AsTask();
            if (await Task.WhenAny(more, broken) == broken || !await SendAllAsync(router, cut))
            {
                return;
            }
        }
    }

    /// <summary>Hands over what is left and waits for the supervisor's word that it has it.</summary>
    public async Task CompleteAsync(LogRouter router, CancellationToken cut)
    {
        if (!await SendAllAsync(router, cut))
        {
            return;
        }

        try
        {
            await _call.RequestStream.CompleteAsync();
            await _call.ResponseAsync.WaitAsync(cut);
        }
        catch (Exception e) when (IsEndOfCall(e))
        {
            // The supervisor left before we did, or is slow: nothing depends on its answer.
        }
    }

    public void Dispose() => _call.Dispose();

    private async Task<bool> SendAllAsync(LogRouter router, CancellationToken cut)
    {
        while (router.Entries.TryRead(out var entry))
        {
            if (!await SendAsync(entry, cut))
            {
                router.TakeBack(entry);
                return false;
            }
        }

        return true;
    }

    private async Task<bool> SendAsync(LogEntry entry, CancellationToken cancellation)
    {
        try
        {
            await _call.RequestStream.WriteAsync(new() { Entry = entry }, cancellation);
            return true;
        }
        catch (Exception e) when (IsEndOfCall(e))
        {
            return false;
        }
    }

    // The call failed, was cut off by the stop, was completed by the other side, or lost its connection during a write,
    // which gRPC passes on as the transport said it: in all four it is over.
    private static bool IsEndOfCall(Exception e) =>
        e is RpcException or OperationCanceledException or InvalidOperationException or IOException;
}
