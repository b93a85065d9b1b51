using System.Text;

namespace Redb.Security.Calls;

/// <summary>What a token is for: one call of one method of one grain, by one sender, in one cluster.</summary>
/// <param name="Cluster">The cluster's id.</param>
/// <param name="Sender">Id of the sender, to whom the answer goes.</param>
/// <param name="Grain">Id of the grain.</param>
/// <param name="Method">Interface and method.</param>
internal readonly record struct CallFacts(string Cluster, string Sender, string Grain, string Method)
{
    // Named first, so that a signature of ours can never be taken for one made for something else.
    private const string Purpose = "redb call 1";

    /// <summary>The bytes that are signed. Each text is preceded by its length: nothing can be moved from one into the next.</summary>
    public byte[] ToBytes(long issuedMilliseconds, ReadOnlySpan<byte> nonce)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Purpose);
        writer.Write(Cluster);
        writer.Write(Sender);
        writer.Write(Grain);
        writer.Write(Method);
        writer.Write(issuedMilliseconds);
        writer.Write(nonce);
        writer.Flush();
        return bytes.ToArray();
    }
}
