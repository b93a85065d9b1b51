using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Redb.Abstractions.Logs;
using Redb.Silo.Logs;

namespace Redb.Silo.Tests.Logs;

/// <summary>A folder with one log, and all that reads and rotates it.</summary>
internal sealed class LogFolder : IDisposable
{
    public LogFolder(TimeProvider? time = null, string? parent = null)
    {
        Folder = parent is null
            ? Directory.CreateTempSubdirectory("redb-test-").FullName
            : Directory.CreateDirectory(Path.Combine(parent, $"redb-test-{Guid.NewGuid():n}")).FullName;
        var options = Options.Create(new LogOptions { FollowInterval = TimeSpan.FromMilliseconds(5) });
        var clock = time ?? TimeProvider.System;
        Rotator = new(Shelf, clock);
        Rotation = new(Rotator, options, clock, NullLogger<LogRotation>.Instance);
        Files = new(Shelf, options, clock);
    }

    public string Folder { get; }

    public string File => Path.Combine(Folder, "core.log");

    public LogShelf Shelf { get; } = new();

    public LogRotator Rotator { get; }

    public LogRotation Rotation { get; }

    public LogFiles Files { get; }

    public void Append(string text) => System.IO.File.AppendAllText(File, text, new UTF8Encoding(false));

    public void Append(byte[] bytes) => System.IO.File.AppendAllBytes(File, bytes);

    /// <summary>All bytes of the log as they were written: rotated files, then the live one without its mark.</summary>
    public string Everything()
    {
        var text = new StringBuilder();
        foreach (var rotated in RotatedFile.Of(File))
        {
            text.Append(System.IO.File.ReadAllText(rotated.Path));
        }

        var live = System.IO.File.ReadAllText(File);
        return text.Append(
                live.StartsWith("--- continued from ", StringComparison.Ordinal)
                    ? live[(live.IndexOf('\n') + 1)..]
                    : live
            )
            .ToString();
    }

    public IAsyncEnumerable<LogLine> Read(
        CancellationToken cancellationToken,
        int? last = null,
        DateTimeOffset? since = null,
        bool follow = false
    ) => Files.ReadAsync(File, new("core", last, since, follow), cancellationToken);

    public async Task<string[]> TextsAsync(int? last = null, DateTimeOffset? since = null) =>
        await Read(TestContext.Current.CancellationToken, last, since).Select(line => line.Text).ToArrayAsync();

    public static string Numbers(int from, int count) =>
        string.Concat(Enumerable.Range(from, count).Select(number => $"{number}\n"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
