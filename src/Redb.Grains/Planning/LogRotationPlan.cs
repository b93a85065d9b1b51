namespace Redb.Grains.Planning;

/// <summary>When a log file is rotated, and what is kept.</summary>
/// <param name="MaxBytes">Size at which it is rotated; 0 for never.</param>
/// <param name="RetentionDays">Age at which a rotated file is deleted; 0 for never.</param>
/// <param name="MaxFiles">Rotated files kept.</param>
internal sealed record LogRotationPlan(long MaxBytes, int RetentionDays, int MaxFiles);
