using System.CommandLine;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Redb.Abstractions.Security;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Security.Certificates;
using Redb.Security.Connections;

namespace Redb.Cli.Contexts;

/// <summary>Finds a supervisor of the cluster that a context names: the first of its gateways that lets this tool in.</summary>
internal static class ContextDoor
{
    /// <summary>Environment variable that names a context.</summary>
    public const string Variable = "REDBCTL_CONTEXT";

    // An Orleans cluster of supervisors is always called so; what tells clusters apart is their authority.
    private const string ClusterId = "redb";

    /// <summary>The supervisor; null where no context holds, and this machine's are meant.</summary>
    /// <exception cref="CommandFailure">There is no such context, or none of its gateways lets this tool in.</exception>
    public static async Task<LocalSupervisor?> FindAsync(
        CommandContext context,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        if (Chosen(context, parsed) is not { } chosen)
        {
            return null;
        }

        var guard = new TlsConnectorGuard(
            Credentials.Open(new(chosen.Ca, chosen.Certificate, chosen.Key), context.Time),
            context.Time
        );
        CommandFailure? failure = null;
        foreach (var gateway in chosen.Gateways.Select(IPEndPoint.Parse))
        {
            try
            {
                var host = await HostAtAsync(gateway, guard, context.Time, cancellationToken);
                return new(
                    $"(context {chosen.Name})",
                    new(
                        0,
                        host,
                        [parsed.GetValue(CommonOptions.Group) ?? "default"],
                        $"{gateway}",
                        ClusterId,
                        ClusterId,
                        ""
                    )
                    {
                        Credentials = new(null, chosen.Ca, chosen.Certificate, chosen.Key),
                    }
                );
            }
            catch (AccessRefusedException refusal)
            {
                failure = Refusal.Describe(refusal);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failure ??= Unavailable(chosen, gateway, error);
            }
        }

        throw failure!;
    }

    /// <summary>Whether a context holds.</summary>
    public static bool IsMeant(CommandContext context, ParseResult parsed) => Chosen(context, parsed) is not null;

    // An explicit data folder means this machine whatever context holds.
    private static ToolContext? Chosen(CommandContext context, ParseResult parsed)
    {
        var named = parsed.GetValue(CommonOptions.Context) ?? context.Variable(Variable);
        if (named is not { Length: > 0 } && parsed.GetValue(CommonOptions.DataDirectory) is not null)
        {
            return null;
        }

        var set = ContextFile.Of(context.Variable).Read();
        return (named is { Length: > 0 } ? named : set.Current) is { } name ? set.Get(name) : null;
    }

    // Who answers says in its certificate which host it is.
    private static async Task<string> HostAtAsync(
        IPEndPoint gateway,
        TlsConnectorGuard guard,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var late = new CancellationTokenSource(AnswerBound.Value, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway, either.Token);
        await using var stream = new NetworkStream(socket);
        await using var inside = await guard.GreetAsync(stream, gateway, either.Token);
        return CertificateIdentity.Of((X509Certificate2)((SslStream)inside!).RemoteCertificate!)!.Name;
    }

    private static CommandFailure Unavailable(ToolContext chosen, IPEndPoint gateway, Exception error) =>
        new(
            ExitCode.Unavailable,
            $"no supervisor of context {chosen.Name} answers",
            error is SocketException
                ? $"{gateway}: {error.Message}"
                : $"{gateway} did not answer within {AnswerBound.Value.TotalSeconds} s",
            "redbctl context list shows the gateways; redbctl context use goes back to this machine"
        )
        {
            MayPass = true,
        };
}
