using Grpc.Core;
using Grpc.Net.Client;
using Redb.Grains.Mesh;
using Redb.Silo.Controllers;

namespace Redb.Silo.Mesh;

/// <summary>Calls services about the mesh: each call has a deadline, and what goes wrong becomes a sentence.</summary>
internal sealed class MeshCalls(ServiceConnections connections, TimeProvider time)
{
    /// <summary>Asks, and says what was answered or why nothing was.</summary>
    /// <param name="endpoint">Whom, <c>host:port</c>.</param>
    /// <param name="limit">How long the answer may take.</param>
    /// <param name="ask">The call; it gets its deadline and what cancels it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<MeshReply<T>> AskAsync<T>(
        string endpoint,
        TimeSpan limit,
        Func<GrpcChannel, CallOptions, Task<MeshReply<T>>> ask,
        CancellationToken cancellation
    )
    {
        try
        {
            using var channel = connections.Open(endpoint);
            var options = new CallOptions(
                deadline: time.GetUtcNow().UtcDateTime + limit,
                cancellationToken: cancellation
            );
            return await ask(channel, options);
        }
        catch (UriFormatException failure)
        {
            return new MeshReply<T>.Failed($"{endpoint} is no address: {failure.Message}");
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unimplemented)
        {
            return new MeshReply<T>.Failed($"{endpoint} does not know this call: it is no reDB service of that kind");
        }
        catch (RpcException failure)
        {
            return new MeshReply<T>.Failed($"{endpoint} {ServiceConnections.Describe(failure)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new MeshReply<T>.Failed($"{endpoint} did not answer within {limit.TotalSeconds:0.#} s");
        }
    }
}
