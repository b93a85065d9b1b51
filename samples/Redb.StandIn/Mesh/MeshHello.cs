using System.Buffers.Binary;
using System.Globalization;

namespace Redb.StandIn.Mesh;

/// <summary>What both sides of a new connection say first: that they are meshes, and which node they are.</summary>
internal static class MeshHello
{
    private const int Length = 12;
    private const uint Magic = 0x72_64_62_6D;

    // What the real mesh takes when nobody says otherwise.
    private const ulong Standard = 1001;

    /// <summary>The node this process is: the mesh takes it from its environment, where the supervisor puts it.</summary>
    public static ulong OwnNode =>
        ulong.TryParse(
            Environment.GetEnvironmentVariable("MESH_ROUTING_ID"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var node
        )
            ? node
            : Standard;

    /// <summary>Says who we are and hears who the peer is.</summary>
    /// <exception cref="InvalidDataException">The peer speaks something else.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    public static async Task<ulong> ExchangeAsync(Stream stream, ulong own, CancellationToken cancellation)
    {
        var said = new byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(said, Magic);
        BinaryPrimitives.WriteUInt64BigEndian(said.AsSpan(sizeof(uint)), own);
        await stream.WriteAsync(said, cancellation);

        var heard = new byte[Length];
        await stream.ReadExactlyAsync(heard, cancellation);
        return BinaryPrimitives.ReadUInt32BigEndian(heard) == Magic
            ? BinaryPrimitives.ReadUInt64BigEndian(heard.AsSpan(sizeof(uint)))
            : throw new InvalidDataException("the peer is no mesh");
    }
}
