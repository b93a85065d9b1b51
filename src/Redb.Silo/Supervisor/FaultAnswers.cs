using Grpc.Core;
using Grpc.Core.Interceptors;
using Redb.Abstractions.Hosts;

namespace Redb.Silo.Supervisor;

/// <summary>
/// Lets calls wait until the groups have begun. Answers one that meets a silo which starts, stops or is gone with UNAVAILABLE and the reason, which callers know to
/// repeat. Streams that are open for ever end with it too: the listeners would wait for them.
/// </summary>
internal sealed class FaultAnswers(FrontDoor door, IHostApplicationLifetime lifetime) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => AnswerAsync(() => continuation(request, context), CancellationToken.None);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => AnswerAsync(() => continuation(requestStream, context), lifetime.ApplicationStopping);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        AnswerAsync(
            async () =>
            {
                await continuation(request, responseStream, context);
                return true;
            },
            lifetime.ApplicationStopping
        );

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        AnswerAsync(
            async () =>
            {
                await continuation(requestStream, responseStream, context);
                return true;
            },
            lifetime.ApplicationStopping
        );

    private async Task<T> AnswerAsync<T>(Func<Task<T>> call, CancellationToken end)
    {
        try
        {
            await door.EnterAsync(lifetime.ApplicationStopping);
            return await call().WaitAsync(end);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Unavailable("the supervisor is stopping");
        }
        catch (Exception failure) when (failure is HostUnreachableException or TimeoutException or OrleansException)
        {
            throw Unavailable($"the supervisor cannot answer now: {failure.Message}");
        }
    }

    private static RpcException Unavailable(string reason) => new(new(StatusCode.Unavailable, reason));
}
