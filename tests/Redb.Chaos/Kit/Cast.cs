using System.Globalization;
using Redb.TestKit;

namespace Redb.Chaos.Kit;

/// <summary>A group of services that write numbered lines, and who of them depends on whom.</summary>
/// <param name="File">Its configuration.</param>
/// <param name="Services">Their names.</param>
/// <param name="Edges">Who depends on whom.</param>
internal sealed record Cast(
    GroupFile File,
    IReadOnlyList<string> Services,
    IReadOnlyList<(string Service, string Dependency)> Edges
)
{
    private const string Talker = "talker.sh";

    // A shell that forks nothing: it costs next to nothing and its lines are written in one piece each.
    private const string TalkerScript = """
        exec 9<> <(:)
        number=0
        while :; do
            number=$((number + 1))
            printf 'line %d of pid %d %0300d\n' $number $$ 0
            read -t 0.02 -u 9
        done
        """;

    private static readonly (string Name, int Port, string[] Dependencies)[] s_redb =
    [
        ("security", 50051, []),
        ("unifiedmodel", 50052, []),
        ("webhook", 50053, []),
        ("transformation", 50054, []),
        ("mesh", 50056, ["security", "unifiedmodel", "webhook", "transformation"]),
        ("anchor", 50057, ["mesh"]),
        ("core", 50055, ["mesh", "anchor"]),
        ("stream", 50061, ["mesh", "anchor"]),
        ("integration", 50058, ["core"]),
        ("clientapi", 50059, ["core"]),
        ("mcpserver", 50060, ["core"]),
    ];

    /// <summary>reDB's eleven services, played by stand-ins that register, send heartbeats, stream logs and print numbered lines.</summary>
    public static Cast Redb(params string[] supervisor)
    {
        var file = Begin(supervisor);
        foreach (var (name, port, dependencies) in s_redb)
        {
            StandIn(file, name, port, dependencies);
        }

        return new(
            file,
            [.. s_redb.Select(service => service.Name)],
            [.. s_redb.SelectMany(service => service.Dependencies.Select(dependency => (service.Name, dependency)))]
        );
    }

    /// <summary>Some of reDB's services, without what they depend on.</summary>
    public static Cast Some(string[] supervisor, params string[] services)
    {
        var file = Begin(supervisor);
        foreach (
            var (name, port, _) in s_redb.Where(service => services.Contains(service.Name, StringComparer.Ordinal))
        )
        {
            StandIn(file, name, port, []);
        }

        return new(file, services, []);
    }

    /// <summary>Shells in a row, each dependent on the one before, that do nothing but write numbered lines.</summary>
    public static Cast Talkers(int count)
    {
        var file = Begin([]);
        string[] names = [.. Enumerable.Range(1, count).Select(number => $"talker{number}")];
        foreach (var (index, name) in names.Index())
        {
            file.Program(
                name,
                "/bin/bash",
                Talker,
                $"environment: {{SERVICE_NAME: {name}}}",
                "probes: {readiness: {kind: none}}",
                $"dependencies: [{(index > 0 ? names[index - 1] : "")}]",
                RestartAtOnce
            );
        }

        return new(file, names, [.. names.Zip(names.Skip(1), (first, second) => (second, first))]);
    }

    /// <summary>Writes what the services need into the folder they work in.</summary>
    public static void Prepare(string folder) =>
        System.IO.File.WriteAllText(Path.Combine(folder, Talker), TalkerScript);

    // Every kill counts as a first one: the tests kill far more often than anything dies.
    private const string RestartAtOnce = "restart: {stable_after: 0s}";

    private static GroupFile Begin(string[] supervisor) =>
        new GroupFile().Supervisor(supervisor).Logging("max_size_mb: 1", "max_files: 10000");

    private static void StandIn(GroupFile file, string name, int port, string[] dependencies)
    {
        string[] environment =
        [
            $"SERVICE_NAME: {name}",
            "STANDIN_LOG_EVERY: 20ms",
            "STANDIN_LOG_LINE_BYTES: '2000'",
            "STANDIN_STREAM_EVERY: 100ms",
            "STANDIN_HEARTBEAT_EVERY: 500ms",
            .. Own(file, name),
        ];
        file.StandIn(
            name,
            port,
            string.Join(", ", environment),
            $"dependencies: [{string.Join(", ", dependencies)}]",
            RestartAtOnce
        );
    }

    private static string[] Own(GroupFile file, string name) =>
        name switch
        {
            "mesh" => ["STANDIN_LISTEN: '127.0.0.1:0'", "STANDIN_ENABLE_GRPC: 'true'"],
            "clientapi" => [string.Create(CultureInfo.InvariantCulture, $"REST_API_PORT: '{50_080 + file.Offset}'")],
            _ => [],
        };
}
