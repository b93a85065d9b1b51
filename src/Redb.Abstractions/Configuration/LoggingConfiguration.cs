namespace Redb.Abstractions.Configuration;

/// <summary>The <c>logging</c> section.</summary>
public sealed record LoggingConfiguration
{
    /// <summary>Least important level the supervisor logs: debug, info, warn or error. Default info.</summary>
    public string Level { get; init; } = "info";

    /// <summary>Days a rotated log file is kept. 0, the default, keeps files until <see cref="MaxFiles"/> pushes them out.</summary>
    public int RetentionDays { get; init; }

    /// <summary>Size in MiB (2^20 bytes) at which a service's log file is rotated. 0, the default, never rotates.</summary>
    public long MaxSizeMb { get; init; }

    /// <summary>Rotated files kept per service. Default 20; 1 or more.</summary>
    public int MaxFiles { get; init; } = 20;
}
