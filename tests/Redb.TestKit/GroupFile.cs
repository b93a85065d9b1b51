using System.Globalization;
using System.Text;

namespace Redb.TestKit;

/// <summary>A configuration file under construction: a group of stand-ins in a few lines.</summary>
internal sealed class GroupFile
{
    private readonly StringBuilder _services = new();
    private string _supervisor = "";
    private string _logging = "";
    private string _level = "info";

    /// <summary>Added to every port of the group.</summary>
    public int Offset { get; } = PortLane.NextOffset();

    public int SupervisorPort => 50_000 + Offset;

    /// <summary>Settings of the <c>supervisor</c> section, one per line: <c>heartbeat_timeout: 1s</c>.</summary>
    public GroupFile Supervisor(params string[] settings)
    {
        _supervisor = Indented(settings, 2);
        return this;
    }

    /// <summary>Settings of the <c>logging</c> section.</summary>
    public GroupFile Logging(params string[] settings)
    {
        _logging = Indented(settings, 2);
        return this;
    }

    /// <summary>How much the supervisor says; most tests wait for what it says at <c>info</c>.</summary>
    public GroupFile Level(string level)
    {
        _level = level;
        return this;
    }

    /// <summary>A stand-in of a reDB role, at its usual port, with further settings of its section.</summary>
    public GroupFile StandIn(string role, int basePort, string environment = "", params string[] settings) =>
        Service(
            role,
            [
                $"executable: {Programs.StandIn}",
                $"args: [--role, {role}, --port={basePort}, '--supervisor=localhost:50000']",
                $"environment: {{{environment}}}",
                .. settings,
            ]
        );

    /// <summary>A program of the system.</summary>
    public GroupFile Program(string name, string executable, string arguments, params string[] settings) =>
        Service(name, [$"executable: {executable}", $"args: [{arguments}]", .. settings]);

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            supervisor:
            {_supervisor}
              port: 50000
            database:
              name: redb
            logging:
            {_logging}
              level: {_level}
            instance_group:
              group_id: e2e
              port_offset: {Offset}
            services:
            {_services}
            """
        );

    private GroupFile Service(string name, string[] settings)
    {
        string[] usual = ["enabled: true", "required: true"];
        var unsaid = usual.Where(setting =>
            !Array.Exists(settings, own => own.StartsWith(setting[..^4], StringComparison.Ordinal))
        );
        _services.AppendLine(CultureInfo.InvariantCulture, $"  {name}:");
        _services.AppendLine(Indented([.. unsaid, .. settings], 4));
        return this;
    }

    private static string Indented(string[] settings, int depth) =>
        string.Join('\n', settings.Select(setting => new string(' ', depth) + setting));
}
