using System.Buffers.Binary;
using System.Text;
using Redb.Abstractions.Security;

namespace Redb.Security.Connections;

/// <summary>
/// The first thing a listener says once it knows who is there: welcome, or why not. TLS itself tells a refused peer no more than that the connection
/// ended. One byte of the reason (0 for welcome), two bytes of length, so many bytes of text.
/// </summary>
internal static class Answer
{
    private const int HeaderBytes = 3;
    private const int MostTextBytes = 512;

    /// <summary>Lets the peer in.</summary>
    public static Task WelcomeAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(new byte[HeaderBytes], cancellationToken).AsTask();

    /// <summary>Sends the peer away, and waits until it has gone: a connection that is cut while the answer is on its way loses the answer.</summary>
    public static async Task RefuseAsync(
        Stream stream,
        RefusalReason reason,
        string text,
        CancellationToken cancellationToken
    )
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(bytes.Length, MostTextBytes);
        var answer = new byte[HeaderBytes + length];
        answer[0] = (byte)reason;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(1), (ushort)length);
        bytes.AsSpan(0, length).CopyTo(answer.AsSpan(HeaderBytes));
        try
        {
            await stream.WriteAsync(answer, cancellationToken);
            _ = await stream.ReadAtLeastAsync(answer.AsMemory(0, 1), 1, throwOnEndOfStream: false, cancellationToken);
        }
        catch (IOException)
        {
            // It has gone without a word.
        }
    }

    /// <summary>Waits to be let in.</summary>
    /// <exception cref="AccessRefusedException">The listener says no.</exception>
    public static async Task AwaitAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(1));
        if (length > MostTextBytes)
        {
            throw new AccessRefusedException(RefusalReason.NoHandshake, "the answer makes no sense");
        }

        var text = new byte[length];
        await stream.ReadExactlyAsync(text, cancellationToken);
        if (header[0] != 0)
        {
            var reason = (RefusalReason)header[0];
            throw new AccessRefusedException(
                Enum.IsDefined(reason) ? reason : RefusalReason.Unknown,
                Encoding.UTF8.GetString(text)
            );
        }
    }
}
