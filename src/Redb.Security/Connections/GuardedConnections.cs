using System.Net;
using Microsoft.AspNetCore.Connections;
using Redb.Abstractions.Security;

namespace Redb.Security.Connections;

/// <summary>Puts a guard before the connections of a listener or a connector.</summary>
/// <param name="guard">Greets.</param>
/// <param name="options">Bounds.</param>
/// <param name="time">Their clock.</param>
/// <param name="refusals">Hears what was refused.</param>
internal sealed class GuardedConnections(
    IConnectionGuard guard,
    GuardOptions options,
    TimeProvider time,
    IRefusalLog refusals
)
{
    private readonly Unfinished _unfinished = new(options.UnfinishedPerAddress);

    /// <summary>Adds the guard to a connection's middleware.</summary>
    public void Guard(IConnectionBuilder builder) => builder.Use(next => context => RunAsync(context, next));

    private async Task RunAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var stream = await GreetAsync(context);
        if (stream is null)
        {
            await next(context);
            return;
        }

        await using (stream)
        {
            await RunInsideAsync(context, stream, next);
        }
    }

    private static async Task RunInsideAsync(ConnectionContext context, Stream stream, ConnectionDelegate next)
    {
        var raw = context.Transport;
        var pipes = new StreamPipes(stream);
        context.Transport = pipes;
        try
        {
            await next(context);
        }
        finally
        {
            context.Transport = raw;
            await pipes.Input.CompleteAsync();
            try
            {
                await pipes.Output.CompleteAsync();
            }
            catch (Exception error)
                when (error is IOException or OperationCanceledException or InvalidOperationException)
            {
                // The peer went away: what was not sent is lost anyway, and told to those who wait for an answer.
            }
        }
    }

    private async Task<Stream?> GreetAsync(ConnectionContext context)
    {
        var remote = context.RemoteEndPoint;
        if (!_unfinished.TryBegin(remote))
        {
            throw new AccessRefusedException(
                RefusalReason.NoHandshake,
                $"{remote} has {options.UnfinishedPerAddress} unfinished greetings already"
            );
        }

        using var late = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.ConnectionClosed, late.Token);
        try
        {
            return await guard.GreetAsync(new PipeStream(context.Transport), remote, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw Refused(
                remote,
                new(
                    RefusalReason.NoHandshake,
                    $"it did not finish its greeting within {options.Timeout.TotalSeconds} s"
                )
            );
        }
        catch (AccessRefusedException refusal)
        {
            throw Refused(remote, refusal);
        }
        finally
        {
            _unfinished.End(remote);
        }
    }

    private AccessRefusedException Refused(EndPoint? remote, AccessRefusedException refusal)
    {
        refusals.Tell((remote as IPEndPoint)?.Address.ToString() ?? "an unknown address", refusal);
        return refusal;
    }
}
