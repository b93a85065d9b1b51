namespace Redb.Abstractions.Configuration;

/// <summary>The <c>services.NAME.log</c> section.</summary>
public sealed record ServiceLogConfiguration
{
    /// <summary>Log file. Default empty: <c>DATA_DIR/logs/NAME.log</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>Size in MiB at which the file is rotated. Default: <see cref="LoggingConfiguration.MaxSizeMb"/>.</summary>
    public long? MaxSizeMb { get; init; }

    /// <summary>Days a rotated file is kept. Default: <see cref="LoggingConfiguration.RetentionDays"/>.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Rotated files kept. Default: <see cref="LoggingConfiguration.MaxFiles"/>.</summary>
    public int? MaxFiles { get; init; }
}
