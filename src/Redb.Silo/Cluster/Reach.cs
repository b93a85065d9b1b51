using System.Net;
using System.Net.Sockets;

namespace Redb.Silo.Cluster;

/// <summary>Whether a silo can be reached from here at all.</summary>
internal static class Reach
{
    /// <summary>Connects and hangs up.</summary>
    /// <param name="silo">Where it listens.</param>
    /// <param name="patience">Longest wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> AnswersAsync(
        IPEndPoint silo,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var socket = new Socket(silo.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(silo, either.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
