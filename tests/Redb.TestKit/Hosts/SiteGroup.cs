using System.Globalization;

namespace Redb.TestKit.Hosts;

/// <summary>A group of a <see cref="ClusterSite"/>: one sleeping service, and a mesh service where it is to have one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Added to its ports.</param>
/// <param name="MeshNode">Id of its mesh node; null for none.</param>
internal sealed record SiteGroup(string Name, int Offset, ulong? MeshNode)
{
    private const int MeshBase = 50_056;

    /// <summary>Where its mesh service is asked, on its host's loopback.</summary>
    public int MeshPort => MeshBase + Offset;

    /// <summary>Name of its file.</summary>
    public string File => $"{Name}.yaml";

    /// <summary>How many services it has.</summary>
    public int Services => MeshNode is null ? 1 : 2;

    /// <summary>Its configuration. Deaths follow each other here faster than failures of a service do: none is counted as the next in a row.</summary>
    /// <param name="host">Name of its host.</param>
    /// <param name="folder">Folder of its host.</param>
    /// <param name="address">Where other hosts reach its mesh service.</param>
    /// <param name="cluster">Lines of its <c>cluster</c> section.</param>
    public string Text(string host, string folder, string address, IEnumerable<string> cluster) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            supervisor: {port: 50000}
            database: {name: redb_{{Name}}, user: redb_{{Name}}, provider: embedded}
            keyring: {backend: file, path: {{folder}}/keys/keyring.json}
            instance_group: {group_id: {{Name}}, port_offset: {{Offset}}}
            cluster:
              host_name: {{host}}
            {{string.Join('\n', cluster.Select(setting => $"  {setting}"))}}
            services:
              sleeper:
                enabled: true
                required: true
                executable: /bin/sleep
                args: ['100000']
                dependencies: []
                restart: {stable_after: 0s}
                probes:
                  readiness: {kind: none}
            {{Mesh(address)}}
            """
        );

    private string Mesh(string address) =>
        MeshNode is not { } node
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                  mesh:
                    enabled: true
                    required: true
                    executable: {{Programs.StandIn}}
                    args: [--role, mesh, '--grpc-bind=127.0.0.1:{{MeshBase}}', --enable-grpc, '--listen={{address}}:10001', '--supervisor=localhost:50000']
                    dependencies: []
                    restart: {stable_after: 0s}
                    config: {services.mesh.node_id: '{{node}}', services.mesh.external_port: '10001'}
                """
            );
}
