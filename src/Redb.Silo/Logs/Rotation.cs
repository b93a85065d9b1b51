namespace Redb.Silo.Logs;

/// <summary>One rotation that was done.</summary>
/// <param name="Path">The rotated file.</param>
/// <param name="Skipped">Bytes at the head of the live file that were left out of the rotated file: an earlier mark.</param>
/// <param name="Copied">Where in the live file the copy ended.</param>
/// <param name="Removed">Bytes taken away at the head of the live file; what is copied and not removed is covered by a mark.</param>
internal sealed record Rotation(string Path, long Skipped, long Copied, long Removed);
