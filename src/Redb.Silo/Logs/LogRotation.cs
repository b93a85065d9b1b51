using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Redb.Silo.Logs;

/// <summary>Looks at the watched log files again and again, rotates those that are too large and deletes what is kept no longer.</summary>
internal sealed partial class LogRotation(
    LogRotator rotator,
    IOptions<LogOptions> options,
    TimeProvider time,
    ILogger<LogRotation> logger
) : BackgroundService
{
    private readonly ConcurrentDictionary<string, RotationRule> _rules = new(StringComparer.Ordinal);

    /// <summary>Sets the rule of a file, instead of an earlier one.</summary>
    public void Watch(RotationRule rule) => _rules[rule.File] = rule;

    /// <summary>Leaves a file alone from now on; its rotated files stay.</summary>
    public void Forget(string file) => _rules.TryRemove(file, out _);

    /// <summary>One look at all files.</summary>
    public void Look()
    {
        foreach (var rule in _rules.Values)
        {
            try
            {
                Rotate(rule);
                Retain(rule);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                LogFailed(rule.File, failure);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RotationInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the supervisor.
        }
    }

    private void Rotate(RotationRule rule)
    {
        if (rule.MaxBytes <= 0 || !File.Exists(rule.File))
        {
            return;
        }

        // A service may write faster than we copy; what it writes meanwhile is for the next look. Twice, since a rotated file may be
        // shorter than the limit.
        var times = 2 * (new FileInfo(rule.File).Length / rule.MaxBytes);
        for (var i = 0L; i < times && rotator.Rotate(rule.File, rule.MaxBytes) is { } rotation; i++)
        {
            LogRotated(rule.File, rotation.Path);
        }
    }

    private void Retain(RotationRule rule)
    {
        var rotated = RotatedFile.Of(rule.File);
        var oldest = rule.RetentionDays > 0 ? time.GetUtcNow().AddDays(-rule.RetentionDays) : DateTimeOffset.MinValue;
        for (var i = 0; i < rotated.Length; i++)
        {
            if (i < rotated.Length - rule.MaxFiles || rotated[i].At < oldest)
            {
                File.Delete(rotated[i].Path);
            }
        }
    }

    [LoggerMessage(30, LogLevel.Debug, "Rotated {File} to {Rotated}.")]
    private partial void LogRotated(string file, string rotated);

    [LoggerMessage(31, LogLevel.Warning, "The log file {File} could not be rotated.")]
    private partial void LogFailed(string file, Exception failure);
}
