using System.Collections.Immutable;

namespace Redb.StandIn.Roles;

/// <summary>What distinguishes one reDB service from another, seen from a supervisor.</summary>
internal sealed record Role(string Name, int Port, ImmutableArray<string> Checks)
{
    /// <summary>The name of the role that differs in nearly everything: flags, signals, logs, registered host.</summary>
    public const string Mesh = "mesh";

    /// <summary>The name of the role that also serves REST.</summary>
    public const string ClientApi = "clientapi";

    private static readonly ImmutableArray<Role> All =
    [
        new("security", 50051, ["grpc_server", "engine", "database"]),
        new("unifiedmodel", 50052, ["grpc_server", "engine"]),
        new("webhook", 50053, ["grpc_server", "engine"]),
        new("transformation", 50054, ["grpc_server", "engine"]),
        new("core", 50055, ["grpc_server", "engine", "database"]),
        new(Mesh, 50056, []),
        new("anchor", 50057, ["grpc_server", "engine", "database", "core_service", "unified_model", "watchers"]),
        new("integration", 50058, ["grpc_server", "engine", "database"]),
        new(ClientApi, 50059, ["http_server", "engine"]),
        new("mcpserver", 50060, ["database", "engine", "connections"]),
        new("stream", 50061, ["engine"]),
    ];

    public bool IsMesh => string.Equals(Name, Mesh, StringComparison.Ordinal);

    public bool IsCore => string.Equals(Name, "core", StringComparison.Ordinal);

    public bool IsClientApi => string.Equals(Name, ClientApi, StringComparison.Ordinal);

    /// <summary>What the role reports to depend on.</summary>
    public ImmutableArray<string> Dependencies =>
        Name switch
        {
            "core" => ["supervisor", "database"],
            "anchor" => ["supervisor", "database", "core", "unifiedmodel"],
            _ => ["supervisor"],
        };

    /// <summary>A role of reDB, or a plain service of that name on any free port.</summary>
    public static Role Named(string name) =>
        All.FirstOrDefault(role => string.Equals(role.Name, name, StringComparison.Ordinal))
        ?? new(name, 0, ["engine"]);

    /// <summary>The role a file is named after: <c>redb-core</c> plays <c>core</c>.</summary>
    public static string NameFromFile(string path)
    {
        const string Prefix = "redb-";
        var file = Path.GetFileNameWithoutExtension(path);
        return file.StartsWith(Prefix, StringComparison.Ordinal) ? file[Prefix.Length..] : file;
    }
}
