namespace Redb.Security.Calls;

/// <summary>Remembers which tokens were used. Two halves: when the younger one is as old as a token can be, the older one is forgotten.</summary>
/// <param name="span">How long a used token has to be remembered.</param>
/// <param name="most">How many are remembered at most.</param>
/// <param name="time">Its clock.</param>
internal sealed class ReplayWindow(TimeSpan span, int most, TimeProvider time)
{
    private readonly Lock _gate = new();
    private HashSet<UInt128> _older = [];
    private HashSet<UInt128> _younger = [];
    private long _since = time.GetTimestamp();

    /// <summary>What became of a token.</summary>
    public enum Entry
    {
        /// <summary>It is new, and used from now on.</summary>
        New,

        /// <summary>It was used before.</summary>
        Used,

        /// <summary>There is no room to remember it.</summary>
        Full,
    }

    /// <summary>Uses a token.</summary>
    public Entry Use(ReadOnlySpan<byte> nonce)
    {
        var token = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(nonce);
        lock (_gate)
        {
            Forget();
            if (_older.Contains(token) || _younger.Contains(token))
            {
                return Entry.Used;
            }

            if (_older.Count + _younger.Count >= most)
            {
                return Entry.Full;
            }

            _younger.Add(token);
            return Entry.New;
        }
    }

    private void Forget()
    {
        var age = time.GetElapsedTime(_since);
        if (age < span)
        {
            return;
        }

        // After twice the span nothing of the younger half is needed either.
        _older = age < span * 2 ? _younger : [];
        _younger = [];
        _since = time.GetTimestamp();
    }
}
