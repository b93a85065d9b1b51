namespace Redb.Abstractions.Configuration;

/// <summary>The <c>instance_group</c> section.</summary>
public sealed record InstanceGroupConfiguration
{
    /// <summary>Name of the group on its host; letters, digits, <c>-</c> and <c>_</c>, at most 63. Default <c>default</c>.</summary>
    public string GroupId { get; init; } = "default";

    /// <summary>Added to every configured port. Default 0; -65535 to 65535, and every resulting port must be 1 to 65535.</summary>
    public int PortOffset { get; init; }

    /// <summary>
    /// Whether the offset also moves ports that others reach (mesh <c>--listen</c>, <c>external_port</c>, <c>rest_api_port</c>).
    /// Default true, the guide's rule; false is how the Go supervisor behaved.
    /// </summary>
    public bool OffsetExternalPorts { get; init; } = true;
}
