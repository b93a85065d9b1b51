using System.Net;
using System.Security.Cryptography;
using Redb.Abstractions.Security;

namespace Redb.Security.Connections;

/// <summary>
/// Proof of a common secret between two processes of one machine. The listener speaks first, so that one without a key and one with it tell each other
/// apart. <c>listener: greeting, 32 drawn bytes; connector: 32 drawn bytes, proof; listener: answer, proof</c>.
/// </summary>
/// <param name="key">The secret.</param>
/// <param name="isListener">Which end this is.</param>
internal sealed class LocalKeyGuard(LocalKey key, bool isListener) : IConnectionGuard
{
    private const string ListenerEnd = "listener";
    private const string ConnectorEnd = "connector";

    private static ReadOnlySpan<byte> Greeting => "redb key 1\n"u8;

    /// <summary>Whether who listens asks for a local key.</summary>
    public static async Task<bool> IsAskedForAsync(Stream stream, CancellationToken cancellationToken) =>
        IsEqual(await ReadAsync(stream, Greeting.Length, cancellationToken), Greeting.ToArray());

    public async Task<Stream?> GreetAsync(Stream raw, EndPoint? remote, CancellationToken cancellationToken)
    {
        try
        {
            await (isListener ? ListenAsync(raw, cancellationToken) : ConnectAsync(raw, cancellationToken));
            return null;
        }
        catch (IOException error)
        {
            throw new AccessRefusedException(
                RefusalReason.NoHandshake,
                $"{remote} ended the connection: {error.Message}",
                error
            );
        }
    }

    private static bool IsEqual(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);

    private static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private async Task ListenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var own = RandomNumberGenerator.GetBytes(LocalKey.Bytes);
        await stream.WriteAsync((byte[])[.. Greeting, .. own], cancellationToken);
        var challenge = await ReadAsync(stream, LocalKey.Bytes, cancellationToken);
        var proof = await ReadAsync(stream, LocalKey.Bytes, cancellationToken);
        if (!IsEqual(proof, key.Prove(ConnectorEnd, own, challenge)))
        {
            const string Wrong = "it does not know the key of this user's supervisors";
            await Answer.RefuseAsync(stream, RefusalReason.WrongKey, Wrong, cancellationToken);
            throw new AccessRefusedException(RefusalReason.WrongKey, Wrong);
        }

        await Answer.WelcomeAsync(stream, cancellationToken);
        await stream.WriteAsync(key.Prove(ListenerEnd, challenge, own), cancellationToken);
    }

    private async Task ConnectAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (!IsEqual(await ReadAsync(stream, Greeting.Length, cancellationToken), Greeting.ToArray()))
        {
            throw new AccessRefusedException(
                RefusalReason.NoHandshake,
                "what answers there is no supervisor with a key"
            );
        }

        var challenge = await ReadAsync(stream, LocalKey.Bytes, cancellationToken);
        var own = RandomNumberGenerator.GetBytes(LocalKey.Bytes);
        await stream.WriteAsync((byte[])[.. own, .. key.Prove(ConnectorEnd, challenge, own)], cancellationToken);
        await Answer.AwaitAsync(stream, cancellationToken);
        var proof = await ReadAsync(stream, LocalKey.Bytes, cancellationToken);
        if (!IsEqual(proof, key.Prove(ListenerEnd, own, challenge)))
        {
            throw new AccessRefusedException(RefusalReason.WrongKey, "what answers there does not know the key itself");
        }
    }
}
