namespace Redb.Configuration;

/// <summary>Settings given on the command line, which win over the environment and the file.</summary>
public sealed record FlagOverrides
{
    /// <summary><c>--port</c>: replaces <c>supervisor.port</c>, a base port, to which the group's offset is added.</summary>
    public int? Port { get; init; }

    /// <summary><c>--data-dir</c>: replaces <c>supervisor.data_dir</c>.</summary>
    public string? DataDirectory { get; init; }
}
