using Redb.Abstractions.Instances;

namespace Redb.Configuration.Rules;

/// <summary>Who has which socket, in time that does not grow with the number of sockets on one port.</summary>
internal sealed class PortClaims<TOwner>
    where TOwner : class
{
    private readonly Dictionary<int, TOwner> _any = [];
    private readonly Dictionary<(int Port, string Interface), TOwner> _byInterface = [];

    /// <summary>The owner of a socket that cannot be open beside this one; null when there is none.</summary>
    public TOwner? FindOther(PlannedEndpoint endpoint) =>
        endpoint.Interface.Length == 0
            ? _any.GetValueOrDefault(endpoint.Port)
            : _byInterface.GetValueOrDefault((endpoint.Port, ""))
                ?? _byInterface.GetValueOrDefault((endpoint.Port, endpoint.Interface));

    /// <summary>Records an owner; the first of several keeps the claim.</summary>
    public void Add(PlannedEndpoint endpoint, TOwner owner)
    {
        _any.TryAdd(endpoint.Port, owner);
        _byInterface.TryAdd((endpoint.Port, endpoint.Interface), owner);
    }
}
