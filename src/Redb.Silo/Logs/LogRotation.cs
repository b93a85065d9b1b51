using System.Collections.Concurrent;
using System.Collections.Immutable;
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

    /// <summary>Sets the rule of a file, instead of an earlier one, and ends a rotation that a kill has cut short.</summary>
    public void Watch(RotationRule rule)
    {
        try
        {
            LogRotator.Finish(rule.File);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailed(rule.File, failure);
        }

        _rules[rule.File] = rule;
    }

    /// <summary>Leaves a file alone from now on; its rotated files stay.</summary>
    public void Forget(string file) => _rules.TryRemove(file, out _);

    /// <summary>One look at all files.</summary>
    public void Look()
    {
        // One listing for all files of a folder: with one for each, a thousand services would keep a core busy with nothing.
        foreach (var rules in _rules.Values.GroupBy(rule => Path.GetDirectoryName(rule.File)!, StringComparer.Ordinal))
        {
            Look(rules.Key, rules);
        }
    }

    private void Look(string folder, IEnumerable<RotationRule> rules)
    {
        ILookup<string, RotatedFile>? rotated = null;
        foreach (var rule in rules)
        {
            try
            {
                rotated ??= RotatedFile.In(folder);
                Retain(rule, Rotate(rule) ? RotatedFile.Of(rule.File) : [.. rotated[Path.GetFileName(rule.File)]]);
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

    /// <summary>Rotates as often as the size asks for; whether there are new rotated files.</summary>
    private bool Rotate(RotationRule rule)
    {
        if (rule.MaxBytes <= 0 || new FileInfo(rule.File) is not { Exists: true, Length: var size })
        {
            return false;
        }

        // A service may write faster than we copy; what it writes meanwhile is for the next look. Twice, since a rotated file may be
        // shorter than the limit.
        var times = 2 * (size / rule.MaxBytes);
        var done = 0L;
        for (; done < times && rotator.Rotate(rule.File, rule.MaxBytes) is { } rotation; done++)
        {
            LogRotated(rule.File, rotation.Path);
        }

        return done > 0;
    }

    private void Retain(RotationRule rule, ImmutableArray<RotatedFile> rotated)
    {
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
