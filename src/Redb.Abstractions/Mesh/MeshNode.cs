namespace Redb.Abstractions.Mesh;

/// <summary>One mesh node as its group announced it.</summary>
[GenerateSerializer, Immutable]
public sealed record MeshNode
{
    /// <summary>Its id, larger than 2^53; not 0.</summary>
    [Id(0)]
    public required ulong NodeId { get; init; }

    /// <summary>Name of its host.</summary>
    [Id(1)]
    public required string Host { get; init; }

    /// <summary>Its group.</summary>
    [Id(2)]
    public required string Group { get; init; }

    /// <summary>Where peers reach it: <c>10.0.0.1:10001</c>.</summary>
    [Id(3)]
    public required string Address { get; init; }

    /// <summary>Whether peers can connect.</summary>
    [Id(4)]
    public MeshNodeState State { get; init; }

    /// <summary>Number of the run of its mesh service; another one means that every session with it is gone.</summary>
    [Id(5)]
    public long Run { get; init; }

    /// <summary>For people: <c>1001 (group default on north, 10.0.0.1:10001)</c>.</summary>
    public string Describe() => $"{NodeId} (group {Group} on {Host}, {Address})";
}
