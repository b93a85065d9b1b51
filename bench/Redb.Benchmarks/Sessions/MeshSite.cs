using System.Globalization;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Sessions;

/// <summary>A folder with the supervisors of one cluster, each with two groups that have nothing but a mesh service.</summary>
internal sealed class MeshSite : IAsyncDisposable
{
    private const int Supervisors = 3;
    private const int GroupsEach = 2;
    private const ulong FirstNode = 9_007_199_254_740_993;

    // Above the ports that the system gives to outgoing connections.
    private const int FirstOffset = 11_000;
    private const int PortsPerGroup = 100;
    private const int MeshPort = 50_056;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-bench-").FullName;
    private readonly MeshService[] _meshes;

    public MeshSite(string supervisor, string standIn)
    {
        _meshes =
        [
            .. Enumerable.Range(0, Supervisors * GroupsEach).Select(group => new MeshService(MeshPort + Offset(group))),
        ];
        for (var group = 0; group < _meshes.Length; group++)
        {
            File.WriteAllText(Path.Combine(_folder, $"g{group}.yaml"), Text(group, standIn));
        }

        Members =
        [
            .. Enumerable
                .Range(0, Supervisors)
                .Select(index => new MeshSupervisor(
                    supervisor,
                    _folder,
                    index,
                    [.. Enumerable.Range(index * GroupsEach, GroupsEach).Select(group => $"g{group}")]
                )),
        ];
    }

    public IReadOnlyList<MeshSupervisor> Members { get; }

    /// <summary>Waits until every mesh service has a session with every other one.</summary>
    /// <exception cref="TimeoutException">They have not within a minute.</exception>
    public async Task WholeAsync()
    {
        await Until.TrueAsync(
            async () =>
                (await Task.WhenAll(_meshes.Select(mesh => mesh.CountAsync()))).All(count =>
                    count == _meshes.Length - 1
                ),
            "a session of every mesh service with every other one",
            Patience
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            await member.DisposeAsync();
        }

        foreach (var mesh in _meshes)
        {
            mesh.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int Offset(int group) => FirstOffset + (group * PortsPerGroup);

    private static string Text(int group, string standIn) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            database: {name: g{{group}}}
            instance_group: {group_id: g{{group}}, port_offset: {{Offset(group)}}}
            services:
              mesh:
                enabled: true
                required: true
                executable: {{standIn}}
                args: [--role, mesh, '--grpc-bind=127.0.0.1:50056', --enable-grpc, '--listen=127.0.0.1:10001', '--supervisor=localhost:50000']
                config: {services.mesh.node_id: '{{FirstNode + (ulong)group}}', services.mesh.external_port: '10001'}
            """
        );
}
