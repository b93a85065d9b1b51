using Microsoft.Extensions.DependencyInjection;
using Redb.Security.Certificates;

namespace Redb.Security.Calls;

/// <summary>Gives every call of a tool its token.</summary>
/// <param name="credentials">Whose certificate and key.</param>
/// <param name="cluster">Id of the cluster that is called.</param>
/// <param name="services">Where the tool's own id comes from.</param>
/// <param name="time">Its clock.</param>
internal sealed class SigningFilter(
    Credentials credentials,
    string cluster,
    IServiceProvider services,
    TimeProvider time
) : IOutgoingGrainCallFilter
{
    private readonly Lock _gate = new();
    private string? _sender;

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(CallToken.Key, Sign(context));
        return context.Invoke();
    }

    private byte[] Sign(IOutgoingGrainCallContext context)
    {
        var set = credentials.Current;
        // Keys are not safe across threads.
        lock (_gate)
        {
            _sender ??= OwnId();
            var facts = new CallFacts(cluster, _sender, Callable.GrainOf(context), Callable.NameOf(context));
            using var key = set.SigningKey;
            return CallToken.Sign(set.Own!, key, facts, time.GetUtcNow()).ToBytes();
        }
    }

    // A client is not told its own id. References to its objects begin with it.
    private string OwnId() =>
        services
            .GetRequiredService<IGrainFactory>()
            .CreateObjectReference<IGrainObserver>(new Nobody())
            .GetGrainId()
            .ToString()
            .Split('+')[0];

    private sealed class Nobody : IGrainObserver;
}
