using System.Text.Json;

namespace Redb.Initialization.Progress;

/// <summary>
/// The progress file of one group: <c>FOLDER/initialization/GROUP.json</c>, mode 0600. A write is whole or absent: it goes to a file beside, to
/// the disk, and into place.
/// </summary>
public sealed class ProgressFile(string folder, string group)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "initialization", $"{group}.json");

    /// <summary>What stands in it; an empty record when there is no file.</summary>
    /// <returns>The record, or why the file cannot be used; it is never replaced then.</returns>
    public (NodeRecord? Record, Failure? Failure) Read()
    {
        try
        {
            if (!File.Exists(Path))
            {
                return (new() { Group = group }, null);
            }

            using var file = File.OpenRead(Path);
            var record = JsonSerializer.Deserialize(file, ProgressJsonContext.Default.NodeRecord);
            return record switch
            {
                null => (null, Damaged("it is empty")),
                { Version: > NodeRecord.CurrentVersion } => (null, Newer(record.Version)),
                _ => (record, null),
            };
        }
        catch (JsonException damage)
        {
            return (null, Damaged(damage.Message));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, Unusable("read", failure));
        }
    }

    /// <summary>Writes the record in the place of what stands there.</summary>
    /// <exception cref="InitializationException">The disk refuses.</exception>
    internal void Write(NodeRecord record)
    {
        var draft = $"{Path}.new";
        try
        {
            using (var file = Begin(draft))
            {
                JsonSerializer.Serialize(file, record, ProgressJsonContext.Default.NodeRecord);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, Path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InitializationException(Unusable("written", failure));
        }
    }

    // Nobody but its owner reads it; Windows inherits that from the data folder.
    private static FileStream Begin(string draft)
    {
        var folder = System.IO.Path.GetDirectoryName(draft)!;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            options.UnixCreateMode = OwnerOnly;
        }

        return new(draft, options);
    }

    private Failure Unusable(string verb, Exception cause) =>
        new(
            FailureKind.Failed,
            $"the progress file {Path} cannot be {verb}",
            cause.Message,
            "see that the data folder is writable and its disk not full, then start again: it goes on where it is"
        );

    private Failure Damaged(string cause) =>
        new(
            FailureKind.Failed,
            $"the progress file {Path} is damaged, and was left as it is",
            cause,
            $"mv {Path} {Path}.damaged, then redb-supervisor --initialize: it finds what is there and changes none of it"
        );

    private Failure Newer(int version) =>
        new(
            FailureKind.Failed,
            $"the progress file {Path} is of version {version}",
            $"this supervisor knows versions up to {NodeRecord.CurrentVersion}",
            "start the newer redb-supervisor that wrote it"
        );
}
