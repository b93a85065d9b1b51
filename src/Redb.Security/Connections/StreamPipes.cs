using System.IO.Pipelines;

namespace Redb.Security.Connections;

/// <summary>A stream as a pair of pipes.</summary>
internal sealed class StreamPipes(Stream stream) : IDuplexPipe
{
    // A whole TLS record fits; measured no faster with more.
    private const int ReadBytes = 32 * 1024;
    private const int SmallestRead = 4 * 1024;
    private const int WriteBytes = 16 * 1024;

    public PipeReader Input { get; } = PipeReader.Create(stream, new(null, ReadBytes, SmallestRead, leaveOpen: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new(null, WriteBytes, leaveOpen: true));
}
