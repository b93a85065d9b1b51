using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Rules;

/// <summary>What must hold between the groups of one supervisor: names and ports of their own.</summary>
internal sealed class SetRules
{
    private readonly Dictionary<string, Written> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Written> _databases = new(StringComparer.Ordinal);
    private readonly PortClaims<Written> _ports = new();
    private ConfigurationResult? _first;

    private SetRules() { }

    /// <summary>The problems of files that are fine by themselves, each told of the later file.</summary>
    public static IEnumerable<Problem> Check(IEnumerable<ConfigurationResult> files)
    {
        var rules = new SetRules();
        return files.Where(static file => file.Configuration is not null).SelectMany(rules.CheckFile).ToList();
    }

    private IEnumerable<Problem> CheckFile(ConfigurationResult file) =>
        CheckGroup(file).Concat(CheckDatabase(file)).Concat(CheckPorts(file)).Concat(CheckCluster(file));

    private IEnumerable<Problem> CheckGroup(ConfigurationResult file)
    {
        var group = file.Configuration!.InstanceGroup.GroupId;
        var where = Written.Of(file, "instance_group.group_id");
        if (!_groups.TryAdd(group, where))
        {
            yield return where.Error($"group {group} is already configured at {_groups[group]}");
        }
    }

    private IEnumerable<Problem> CheckDatabase(ConfigurationResult file)
    {
        var database = file.Configuration!.Database.Name;
        var where = Written.Of(file, "database.name");
        if (!_databases.TryAdd(database, where))
        {
            yield return where.Warning(
                $"database {database} is also that of {_databases[database]}; give each group its own"
            );
        }
    }

    private IEnumerable<Problem> CheckPorts(ConfigurationResult file)
    {
        // Looked up before any is added: collisions within the file are the file's own problem.
        var planned = PlannedPort.Of(file.Configuration!).ToList();
        foreach (var port in planned)
        {
            if (_ports.FindOther(port.Endpoint) is { } taken)
            {
                yield return Written
                    .Of(file, port.Path)
                    .Error($"port {port} is already used at {taken}; choose another instance_group.port_offset");
            }
        }

        planned.ForEach(port => _ports.Add(port.Endpoint, Written.Of(file, port.Path)));
    }

    private IEnumerable<Problem> CheckCluster(ConfigurationResult file)
    {
        _first ??= file;
        var (own, other) = (file.Configuration!.Cluster, _first.Configuration!.Cluster);
        if (own != other)
        {
            var connection =
                own.Connection == other.Connection
                    ? ""
                    : " (what cluster.connection leaves out is that of each file's own database section)";
            yield return Written
                .Of(file, "cluster")
                .Error(
                    $"differs from that of {Written.Of(_first, "cluster")}{connection}; one supervisor is in one cluster, so its files say the same"
                );
        }
    }
}
