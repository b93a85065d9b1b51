namespace Redb.Silo.Logs;

/// <summary>When a log file is rotated and how long its rotated files are kept.</summary>
/// <param name="File">Absolute path of the live file.</param>
/// <param name="MaxBytes">Size in bytes from which on it is rotated; 0 for never.</param>
/// <param name="RetentionDays">Days a rotated file is kept; 0 for as long as <paramref name="MaxFiles"/> allows.</param>
/// <param name="MaxFiles">Rotated files kept; 1 or more.</param>
internal sealed record RotationRule(string File, long MaxBytes, int RetentionDays, int MaxFiles);
