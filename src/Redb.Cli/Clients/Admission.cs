using System.Net;
using System.Net.Sockets;
using Redb.Abstractions.Security;
using Redb.Abstractions.Supervision;
using Redb.Security;
using Redb.Security.Certificates;
using Redb.Security.Connections;

namespace Redb.Cli.Clients;

/// <summary>What this tool shows at a gateway, and how it finds out beforehand whether that suffices: Orleans tries for long and says little.</summary>
internal sealed class Admission
{
    private readonly Credentials? _credentials;
    private readonly LocalKey? _key;
    private readonly TimeProvider _time;

    private Admission(Credentials? credentials, LocalKey? key, TimeProvider time) =>
        (_credentials, _key, _time) = (credentials, key, time);

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => _credentials is null && _key is null;

    /// <summary>Takes up what an address asks for.</summary>
    /// <exception cref="CredentialFailure">Its files cannot be used.</exception>
    public static Admission For(SupervisorAddress address, TimeProvider time) =>
        address.Credentials switch
        {
            { Ca: { } authorities } files => new(
                Credentials.Open(new(authorities, files.Certificate, files.PrivateKey), time),
                null,
                time
            ),
            { LocalKey: { } key } => new(null, LocalKey.Parse(key), time),
            _ => new(null, null, time),
        };

    /// <summary>Connects once and says the greeting.</summary>
    /// <exception cref="AccessRefusedException">It is not let in, and this is why.</exception>
    public async Task TryAsync(IPEndPoint gateway, CancellationToken cancellationToken)
    {
        using var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway, cancellationToken);
        IConnectionGuard? guard =
            _credentials is not null ? new TlsConnectorGuard(_credentials, _time)
            : _key is not null ? new LocalKeyGuard(_key, isListener: false)
            : null;
        if (guard is not null)
        {
            await using var stream = new NetworkStream(socket);
            await using var inside = await guard.GreetAsync(stream, gateway, cancellationToken);
        }
    }

    /// <summary>Finds out what a gateway wants that did not answer a tool without anything to show.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="limit">How long this may take; enough for two handshakes on a busy machine.</param>
    /// <returns>Why it does not answer; null when this is not the reason.</returns>
    public async Task<AccessRefusedException?> ExplainAsync(IPEndPoint gateway, TimeSpan limit)
    {
        if (!IsEmpty)
        {
            return null;
        }

        return await AsksAsync(gateway, limit / 2, LocalKeyGuard.IsAskedForAsync)
                ? new(RefusalReason.WrongKey, $"{gateway} wants the key of the user that runs the supervisor")
            : await AsksAsync(gateway, limit / 2, ShakesHandsAsync)
                ? new(
                    RefusalReason.NoCertificate,
                    $"{gateway} wants a certificate, and no context of this tool names one for it"
                )
            : null;
    }

    private static async Task<bool> ShakesHandsAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var tls = new System.Net.Security.SslStream(stream, leaveInnerStreamOpen: true, Tls.JudgedLater);
        await tls.AuthenticateAsClientAsync(new() { TargetHost = "" }, cancellationToken);
        return true;
    }

    private async Task<bool> AsksAsync(
        IPEndPoint gateway,
        TimeSpan limit,
        Func<Stream, CancellationToken, Task<bool>> find
    )
    {
        using var late = new CancellationTokenSource(limit, _time);
        try
        {
            using var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(gateway, late.Token);
            await using var stream = new NetworkStream(socket);
            return await find(stream, late.Token);
        }
        catch (Exception error)
            when (error
                    is IOException
                        or SocketException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            return false;
        }
    }

    /// <summary>Makes a client show it.</summary>
    public void Configure(IClientBuilder client, string cluster)
    {
        if (_credentials is not null)
        {
            client.UseCertificate(_credentials, cluster, new(), _time);
        }
        else if (_key is not null)
        {
            client.UseLocalKey(_key, new(), _time);
        }
    }
}
