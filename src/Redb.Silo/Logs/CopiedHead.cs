using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>The head of a live file that is copied and about to be taken away, marked as such; as it was again if that fails.</summary>
internal sealed class CopiedHead
{
    private readonly SafeFileHandle _live;
    private readonly List<(long Offset, byte[] Bytes)> _before = [];

    /// <summary>Marks the whole as copied, and then what is to stay of it.</summary>
    /// <param name="live">The live file.</param>
    /// <param name="rotation">What is copied.</param>
    /// <param name="whole">How much of it can be taken away; what is between that and the end of the copy stays.</param>
    public CopiedHead(SafeFileHandle live, Rotation rotation, long whole)
    {
        _live = live;
        var cover = ContinuationMark.Cover(rotation);
        if (cover.Length > rotation.Copied)
        {
            return;
        }

        // First: whoever finds the other one finds that the copy counts, too.
        Put(0, cover);
        var left = (int)(rotation.Copied - whole);
        if (whole > 0 && left > 0)
        {
            Put(whole, ContinuationMark.Write(Path.GetFileName(rotation.Path), left));
        }
    }

    /// <summary>Undoes it, the other way round.</summary>
    public void Restore()
    {
        foreach (var (offset, bytes) in Enumerable.Reverse(_before))
        {
            RandomAccess.Write(_live, bytes, offset);
        }
    }

    private void Put(long offset, byte[] bytes)
    {
        var before = new byte[bytes.Length];
        _ = RandomAccess.Read(_live, before, offset);
        _before.Add((offset, before));
        RandomAccess.Write(_live, bytes, offset);
    }
}
