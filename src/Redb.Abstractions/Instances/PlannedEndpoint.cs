namespace Redb.Abstractions.Instances;

/// <summary>A socket a service will listen on.</summary>
/// <param name="Source">What of the service says so, as a path below it: <c>args[0]</c>, <c>rest_api_port</c>.</param>
/// <param name="Host">Numeric address or name it binds to; empty for every interface.</param>
/// <param name="BasePort">The port as written.</param>
/// <param name="Port">The port with the group's offset.</param>
public sealed record PlannedEndpoint(string Source, string Host, int BasePort, int Port)
{
    /// <summary>The address in one spelling; empty for every interface.</summary>
    /// <remarks><c>::</c> is every interface too: such a socket takes the IPv4 port as well unless told otherwise.</remarks>
    public string Interface =>
        Host switch
        {
            "" or "0.0.0.0" or "::" => "",
            "localhost" => "127.0.0.1",
            _ => Host.ToLowerInvariant(),
        };

    /// <summary>Whether two sockets cannot both be open on one host.</summary>
    public bool Collides(PlannedEndpoint other) =>
        Port == other.Port
        && (
            Interface.Length == 0
            || other.Interface.Length == 0
            || string.Equals(Interface, other.Interface, StringComparison.Ordinal)
        );
}
