using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>services.NAME.log</c> section.</summary>
internal static class ServiceLogSection
{
    private static readonly Key<string> Path = new("path", TextShape.Any, "", "Log file.")
    {
        ComputedDefault = "DATA_DIR/logs/NAME.log",
    };

    private static readonly Key<long?> MaxSizeMb = new(
        "max_size_mb",
        new OptionalShape<long>(LoggingSection.Megabytes),
        null,
        "Size in MiB at which the file is rotated; 0 for never."
    )
    {
        ComputedDefault = "logging.max_size_mb",
    };

    private static readonly Key<int?> RetentionDays = new(
        "retention_days",
        new OptionalShape<int>(LoggingSection.Days),
        null,
        "Days a rotated file is kept; 0 for no limit."
    )
    {
        ComputedDefault = "logging.retention_days",
    };

    private static readonly Key<int?> MaxFiles = new(
        "max_files",
        new OptionalShape<int>(LoggingSection.Files),
        null,
        "Rotated files kept."
    )
    {
        ComputedDefault = "logging.max_files",
    };

    public static Section Section { get; } = new("log", [Path, MaxSizeMb, RetentionDays, MaxFiles]);

    public static ServiceLogConfiguration Read(SectionReader section) =>
        new()
        {
            Path = section.Get(Path),
            MaxSizeMb = section.Get(MaxSizeMb),
            RetentionDays = section.Get(RetentionDays),
            MaxFiles = section.Get(MaxFiles),
        };
}
