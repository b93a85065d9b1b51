using Grpc.Core;
using Grpc.Core.Interceptors;
using Redb.Protocol.Supervisor;

namespace Redb.StandIn.Faults;

/// <summary>Answers <c>Stop</c> with success and does nothing about it.</summary>
internal sealed class DeafInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) =>
        request is StopRequest
            ? Task.FromResult((TResponse)(object)new StopResponse { Success = true, Message = "Ignored" })
            : continuation(request, context);
}
