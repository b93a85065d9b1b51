namespace Redb.Silo.Logs;

/// <summary>Cuts a stream of bytes into lines, and lines that are too long into pieces.</summary>
internal sealed class LineSplitter
{
    public const int LongestPiece = 64 * 1024;

    private const int LongestCharacter = 4;

    private readonly List<byte> _rest = [];

    /// <summary>Takes bytes and hands out every line they complete, without its end.</summary>
    public void Push(ReadOnlySpan<byte> bytes, Action<ReadOnlyMemory<byte>> take)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            while (_rest.Count + part.Length > LongestPiece)
            {
                part = TakePiece(part, take);
            }

            _rest.AddRange(part);
            if (end < 0)
            {
                return;
            }

            Flush(take);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Hands out what came without a line end so far; to be called where no more can come.</summary>
    public void Finish(Action<ReadOnlyMemory<byte>> take)
    {
        if (_rest.Count > 0)
        {
            Flush(take);
        }
    }

    private void Flush(Action<ReadOnlyMemory<byte>> take)
    {
        var length = _rest is [.., (byte)'\r'] ? _rest.Count - 1 : _rest.Count;
        take(_rest.ToArray().AsMemory(0, length));
        _rest.Clear();
    }

    private ReadOnlySpan<byte> TakePiece(ReadOnlySpan<byte> part, Action<ReadOnlyMemory<byte>> take)
    {
        var room = LongestPiece - _rest.Count;
        _rest.AddRange(part[..room]);
        var piece = _rest.ToArray();

        // A character is not torn: what has begun of it goes to the next piece.
        var length = WholeCharacters(piece);
        take(piece.AsMemory(0, length));
        _rest.Clear();
        _rest.AddRange(piece.AsSpan(length));
        return part[room..];
    }

    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back < LongestCharacter; back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80)
            {
                continue;
            }

            var length = lead switch
            {
                >= 0xF0 => 4,
                >= 0xE0 => 3,
                >= 0xC0 => 2,
                _ => 1,
            };
            return length > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }
}
