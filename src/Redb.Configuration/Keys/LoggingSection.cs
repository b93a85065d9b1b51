using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>logging</c> section.</summary>
internal static class LoggingSection
{
    internal static readonly WholeShape<int> Days = new(0, 36_500);
    internal static readonly WholeShape<long> Megabytes = new(0, 1 << 20);
    internal static readonly WholeShape<int> Files = new(1, 10_000);

    private static readonly LoggingConfiguration Default = new();

    private static readonly Key<string> Level = new(
        "level",
        new ChoiceShape<string>([("debug", "debug"), ("info", "info"), ("warn", "warn"), ("error", "error")]),
        Default.Level,
        "Least important level the supervisor logs."
    );

    private static readonly Key<int> RetentionDays = new(
        "retention_days",
        Days,
        Default.RetentionDays,
        "Days a rotated log file is kept; 0 for no limit."
    );

    private static readonly Key<long> MaxSizeMb = new(
        "max_size_mb",
        Megabytes,
        Default.MaxSizeMb,
        "Size in MiB at which the log file of a service is rotated; 0 for never."
    );

    private static readonly Key<int> MaxFiles = new(
        "max_files",
        Files,
        Default.MaxFiles,
        "Rotated log files kept per service."
    );

    public static Section Section { get; } = new("logging", [Level, RetentionDays, MaxSizeMb, MaxFiles]);

    public static LoggingConfiguration Read(SectionReader section) =>
        new()
        {
            Level = section.Get(Level),
            RetentionDays = section.Get(RetentionDays),
            MaxSizeMb = section.Get(MaxSizeMb),
            MaxFiles = section.Get(MaxFiles),
        };
}
