using System.Collections.Frozen;

namespace Redb.Abstractions.Instances;

/// <summary>The base ports reDB is known by, before a group's offset.</summary>
public static class PortTable
{
    /// <summary>The supervisor's gRPC port.</summary>
    public const int Supervisor = 50000;

    /// <summary>The port on which mesh nodes reach each other.</summary>
    public const int MeshExternal = 10001;

    /// <summary>The HTTP port of <c>clientapi</c>.</summary>
    public const int Rest = 8080;

    /// <summary>Lowest and highest number a listening port can have.</summary>
    public const int Lowest = 1;

    /// <inheritdoc cref="Lowest"/>
    public const int Highest = 65535;

    /// <summary>gRPC base port of each reDB service by its name in the configuration.</summary>
    public static FrozenDictionary<string, int> Services { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["security"] = 50051,
            ["unifiedmodel"] = 50052,
            ["webhook"] = 50053,
            ["transformation"] = 50054,
            ["core"] = 50055,
            ["mesh"] = 50056,
            ["anchor"] = 50057,
            ["integration"] = 50058,
            ["clientapi"] = 50059,
            ["mcpserver"] = 50060,
            ["stream"] = 50061,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a number can be a listening port.</summary>
    public static bool IsPort(long number) => number is >= Lowest and <= Highest;
}
