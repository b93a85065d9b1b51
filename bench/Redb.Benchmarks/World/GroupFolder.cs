using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Redb.Benchmarks.World;

/// <summary>A folder with the configuration of a group whose services only wait.</summary>
internal sealed class GroupFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redb-bench-").FullName;

    public GroupFolder(int services)
    {
        Port = FreePort();
        Names =
        [
            .. Enumerable.Range(0, services).Select(i => i.ToString("'service'000", CultureInfo.InvariantCulture)),
        ];
        File.WriteAllText(ConfigurationFile, Text());
    }

    /// <summary>Where the supervisor listens.</summary>
    public int Port { get; }

    public IReadOnlyList<string> Names { get; }

    public string ConfigurationFile => Path.Combine(_folder, "config.yaml");

    /// <summary>A port of loopback that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $$"""
            supervisor: {port: {{Port}}, data_dir: {{_folder}}}
            database: {name: redb}
            instance_group: {group_id: bench}
            services:
            """
        );
        foreach (var name in Names)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $$$"""
                  {{{name}}}:
                    enabled: true
                    executable: sleep
                    args: [infinity]
                    probes: {readiness: {kind: none}, liveness: {kind: none}}
                """
            );
        }

        return text.ToString();
    }
}
