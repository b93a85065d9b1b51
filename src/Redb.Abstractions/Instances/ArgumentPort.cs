using Redb.Abstractions.Configuration;

namespace Redb.Abstractions.Instances;

/// <summary>A port found in a service's arguments.</summary>
/// <param name="Flag">Name of the argument without dashes: <c>port</c>, <c>supervisor</c>, <c>grpc-bind</c> or <c>listen</c>.</param>
/// <param name="Element">Index of the element that holds the number; the element after the flag in the two-element form.</param>
/// <param name="Start">Where in that element the number starts; it ends with the element.</param>
/// <param name="Host">Host before the port, without brackets; empty for <c>port</c>.</param>
/// <param name="Port">The number as written.</param>
public sealed record ArgumentPort(string Flag, int Element, int Start, string Host, int Port)
{
    /// <summary>Whether the service listens there, rather than dialing it.</summary>
    public bool Listens => Flag is not ArgumentPorts.SupervisorFlag;

    /// <summary>Whether others than the group itself reach it.</summary>
    public bool External => Flag is ArgumentPorts.ListenFlag;

    /// <summary>What the group's offset adds to it.</summary>
    public int OffsetIn(InstanceGroupConfiguration group) =>
        External && !group.OffsetExternalPorts ? 0 : group.PortOffset;
}
