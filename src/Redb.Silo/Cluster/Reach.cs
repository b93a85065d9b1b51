using System.Net;
using System.Net.Sockets;
using Redb.Abstractions.Security;
using Redb.Security.Connections;

namespace Redb.Silo.Cluster;

/// <summary>Whether a silo can be reached from here at all.</summary>
/// <param name="guard">What greets it; null to ask no more than whether somebody listens.</param>
/// <param name="patience">Longest wait for one silo.</param>
/// <param name="time">The clock.</param>
internal sealed class Reach(IConnectionGuard? guard, TimeSpan patience, TimeProvider time)
{
    /// <summary>Connects, is let in and hangs up.</summary>
    /// <param name="silo">Where it listens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is in the way; empty when nothing is.</returns>
    public async Task<string> TroubleAsync(IPEndPoint silo, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var socket = new Socket(silo.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(silo, either.Token);
            if (guard is not null)
            {
                await using var raw = new NetworkStream(socket);
                await using var inside = await guard.GreetAsync(raw, silo, either.Token);
            }

            return "";
        }
        catch (Exception failure) when (failure is SocketException or IOException or AccessRefusedException)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {patience.TotalSeconds:0.#} s";
        }
    }
}
