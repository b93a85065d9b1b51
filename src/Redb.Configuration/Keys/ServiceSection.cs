using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>One entry of the <c>services</c> section.</summary>
internal static partial class ServiceSection
{
    /// <summary>What a service may be called.</summary>
    public static readonly TextShape Names = new()
    {
        Words = "1 to 63 letters, digits, -, _ or ., a letter or digit first",
        Pattern = Name(),
    };

    public static readonly Key<ImmutableArray<DependencyConfiguration>> Dependencies = new(
        "dependencies",
        new ListShape<DependencyConfiguration>(new DependencyShape(), "dependencies"),
        [],
        "What must be ready before this service is started."
    )
    {
        ComputedDefault = "the built-in order of reDB's own services, as far as they are enabled",
    };

    private static readonly TextShape VariableNames = new()
    {
        Words = "the name of an environment variable, without = and not empty",
        Pattern = VariableName(),
    };

    private static readonly ServiceConfiguration Default = new() { Name = "" };
    private static readonly WholeShape<int> OptionalPort = new(0, PortTable.Highest);

    private static readonly Key<bool> Enabled = new(
        "enabled",
        new FlagShape(),
        Default.Enabled,
        "Whether the service takes part at all."
    );
    private static readonly Key<bool> Required = new(
        "required",
        new FlagShape(),
        Default.Required,
        "Whether the group is Failed (true) or only Degraded (false) without it."
    );
    private static readonly Key<string> Executable = new(
        "executable",
        TextShape.Any,
        Default.Executable,
        "Program: a path relative to the supervisor's working directory, or a bare name looked up in PATH."
    );
    private static readonly Key<ImmutableArray<string>> Arguments = new(
        "args",
        new ListShape<string>(TextShape.Any, "text"),
        Default.Arguments,
        "Arguments, with base ports."
    );
    private static readonly Key<ImmutableDictionary<string, string>> Environment = new(
        "environment",
        new TextMapShape(VariableNames),
        Default.Environment,
        "Environment variables of the service."
    );
    private static readonly Key<string> WorkingDirectory = new(
        "working_directory",
        TextShape.Any,
        Default.WorkingDirectory,
        "Working directory; empty for the supervisor's own."
    );
    private static readonly Key<ImmutableDictionary<string, string>> Config = new(
        "config",
        new TextMapShape(TextShape.NotEmpty),
        Default.Config,
        "Settings the service receives when it registers."
    );
    private static readonly Key<int> ExternalPort = new(
        "external_port",
        OptionalPort,
        Default.ExternalPort,
        "Exported as EXTERNAL_PORT; 0 for none."
    );
    private static readonly Key<int> RestApiPort = new(
        "rest_api_port",
        OptionalPort,
        Default.RestApiPort,
        "Exported as REST_API_PORT; 0 for none."
    );
    private static readonly SectionKey Restart = new(
        "restart",
        RestartSection.Section,
        "When and how fast a dead process is started again."
    );
    private static readonly SectionKey Probes = new(
        "probes",
        ProbesSection.Section,
        "How the service is found started, ready and alive."
    );
    private static readonly SectionKey Stop = new("stop", StopSection.Section, "How the service is stopped.");
    private static readonly SectionKey Resources = new(
        "resources",
        ResourceSection.Section,
        "Limits on what the service may use; 0 for no limit."
    );
    private static readonly SectionKey Log = new("log", ServiceLogSection.Section, "Where the service's output goes.");

    public static Section Section { get; } =
        new(
            "service",
            [
                Enabled,
                Required,
                Executable,
                Arguments,
                Environment,
                WorkingDirectory,
                Dependencies,
                Config,
                ExternalPort,
                RestApiPort,
                Restart,
                Probes,
                Stop,
                Resources,
                Log,
            ]
        );

    public static ServiceConfiguration Read(
        string name,
        SectionReader section,
        SupervisorConfiguration supervisor,
        ReadContext context
    ) =>
        new()
        {
            Name = name,
            Enabled = section.Get(Enabled),
            Required = section.Get(Required),
            Executable = section.Get(Executable),
            Arguments = section.Get(Arguments),
            Environment = section.Get(Environment),
            WorkingDirectory = section.Get(WorkingDirectory),
            Dependencies = section.Get(Dependencies),
            Config = section.Get(Config),
            ExternalPort = section.Get(ExternalPort),
            RestApiPort = section.Get(RestApiPort),
            Restart = RestartSection.Read(section.Get(Restart), context),
            Probes = ProbesSection.Read(section.Get(Probes), supervisor, context),
            Stop = StopSection.Read(section.Get(Stop)),
            Resources = ResourceSection.Read(section.Get(Resources)),
            Log = ServiceLogSection.Read(section.Get(Log)),
        };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$", RegexOptions.None, TextShape.PatternTimeout)]
    private static partial Regex Name();

    [GeneratedRegex("^[^=]+$", RegexOptions.None, TextShape.PatternTimeout)]
    private static partial Regex VariableName();
}
