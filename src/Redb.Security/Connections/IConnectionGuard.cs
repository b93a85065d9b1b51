using System.Net;

namespace Redb.Security.Connections;

/// <summary>Finds out who is at the other end of a connection, before anything else is read from it or written to it.</summary>
internal interface IConnectionGuard
{
    /// <summary>Greets the peer.</summary>
    /// <param name="raw">The connection as it is.</param>
    /// <param name="remote">Who it is with, as far as the network knows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What takes the place of the connection; null where it stays as it is.</returns>
    /// <exception cref="Abstractions.Security.AccessRefusedException">One of the two refused the other.</exception>
    Task<Stream?> GreetAsync(Stream raw, EndPoint? remote, CancellationToken cancellationToken);
}
