using System.Text;

namespace Redb.Configuration.Tests;

/// <summary>A file system that holds what a test puts there.</summary>
internal sealed class FakeFiles : IConfigurationFiles
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileStatus> _statuses = new(StringComparer.Ordinal);

    public FakeFiles With(string path, FileStatus status)
    {
        _statuses[path] = status;
        return this;
    }

    public FakeFiles WithText(string path, string text)
    {
        _texts[path] = text;
        return With(path, FileStatus.File);
    }

    public byte[]? Read(string path, int limit, out string complaint)
    {
        var found = _texts.TryGetValue(path, out var text);
        complaint = found ? "" : "no such file";
        return found ? Encoding.UTF8.GetBytes(text!) : null;
    }

    public FileStatus Look(string path) => _statuses.GetValueOrDefault(path);
}
