using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Security;
using Redb.Security.Certificates;
using Redb.Security.Connections;
using Redb.Security.Tests.Kit;

namespace Redb.Security.Tests.Connections;

public sealed class TlsTests : IDisposable
{
    private readonly Authority _authority = new();
    private readonly TlsFiles _host;

    public TlsTests() => _host = _authority.Host("alpha");

    private FakeTimeProvider Time => _authority.Time;

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(CallerRole.Viewer)]
    [InlineData(CallerRole.Admin)]
    public async Task A_tool_is_let_in_at_the_gateway(CallerRole role) =>
        (await Handshake.TryAsync(Gateway(_host), Connector(_authority.Tool("alice", role))))
            .Should()
            .Be(new Handshake(null, null));

    [Fact]
    public async Task A_host_is_let_in_everywhere()
    {
        var other = Connector(_authority.Host("beta"));

        (await Handshake.TryAsync(Gateway(_host), other)).Listener.Should().BeNull();
        (await Handshake.TryAsync(SiloPort(_host), other)).Listener.Should().BeNull();
    }

    [Fact]
    public async Task A_tool_cannot_act_as_a_silo() =>
        await BothKnowAsync(
            RefusalReason.WrongKind,
            SiloPort(_host),
            Connector(_authority.Tool("alice", CallerRole.Admin)),
            "tool alice (admin)"
        );

    [Fact]
    public async Task Nobody_without_a_certificate_is_let_in() =>
        await BothKnowAsync(
            RefusalReason.NoCertificate,
            Gateway(_host),
            Connector(new(_authority.Folder.Bundle, null, null)),
            "no certificate was shown"
        );

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var strange = new Authority();
        var stranger = strange.Tool("alice", CallerRole.Admin) with { Authorities = _authority.Folder.Bundle };

        await BothKnowAsync(RefusalReason.UnknownAuthority, Gateway(_host), Connector(stranger), "CN=alice");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        var tool = _authority.Tool("alice", CallerRole.Admin, TimeSpan.FromDays(1));
        Time.Advance(TimeSpan.FromDays(2));

        await BothKnowAsync(RefusalReason.Expired, Gateway(_host), Connector(tool), "is valid from");
    }

    [Fact]
    public async Task A_revoked_certificate_is_refused_from_the_next_connection_on()
    {
        var (gateway, tool) = (Gateway(_host), Connector(_authority.Tool("alice", CallerRole.Admin)));
        (await Handshake.TryAsync(gateway, tool)).Listener.Should().BeNull();

        _authority.Folder.Revoke(IdentityKind.Tool, "alice");
        Time.Advance(TimeSpan.FromSeconds(2));

        await BothKnowAsync(RefusalReason.Revoked, gateway, tool, "is revoked");
    }

    [Fact]
    public async Task A_tool_does_not_believe_a_host_of_another_authority()
    {
        using var strange = new Authority();
        var end = await Handshake.TryAsync(
            Gateway(strange.Host("alpha")),
            Connector(_authority.Tool("alice", CallerRole.Admin))
        );

        end.Connector!.Reason.Should().Be(RefusalReason.UnknownAuthority);
        end.Connector.Message.Should().Contain("is not signed by an authority of this cluster");
    }

    [Fact]
    public async Task A_tool_does_not_believe_another_tool()
    {
        var mallory = _authority.Tool("mallory", CallerRole.Admin);
        var end = await Handshake.TryAsync(Gateway(mallory), Connector(_authority.Tool("alice", CallerRole.Admin)));

        end.Connector!.Reason.Should().Be(RefusalReason.WrongKind);
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("127.0.0.5", true)]
    [InlineData("10.0.0.2", false)]
    public void A_host_whose_certificate_names_addresses_is_believed_at_no_other(string address, bool believed)
    {
        var files = _authority.Host("beta", IPAddress.Parse("10.0.0.1"));

        CredentialSet.IsBelievedAt(CredentialSet.Read(files).Own!, IPAddress.Parse(address)).Should().Be(believed);
        CredentialSet.IsBelievedAt(CredentialSet.Read(_host).Own!, IPAddress.Parse(address)).Should().BeTrue();
    }

    [Fact]
    public async Task Who_does_not_speak_TLS_is_sent_away()
    {
        var end = await Handshake.TryAsync(
            Gateway(_host),
            async (stream, cancellationToken) =>
                await stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), cancellationToken)
        );

        end.Listener!.Reason.Should().Be(RefusalReason.NoHandshake);
    }

    [Fact]
    public async Task A_listener_that_does_not_speak_TLS_is_named()
    {
        var end = await Handshake.TryAsync(new Parrot(), Connector(_authority.Tool("alice", CallerRole.Admin)));

        end.Connector!.Reason.Should().Be(RefusalReason.NoHandshake);
    }

    [Fact]
    public async Task A_host_shows_its_new_certificate_without_a_restart()
    {
        var gateway = Gateway(_host);
        var before = await SerialShownAsync(gateway);

        _authority.Folder.Rotate(IdentityKind.Host, "alpha");
        Time.Advance(TimeSpan.FromSeconds(2));

        (await SerialShownAsync(gateway)).Should().NotBe(before);
    }

    [Fact]
    public async Task The_old_and_the_new_authority_are_believed_until_the_rotation_is_finished()
    {
        var old = _authority.Tool("old", CallerRole.Viewer);
        var gateway = Gateway(_host);

        _authority.Folder.RotateAuthority(Authority.Cluster, TimeSpan.FromDays(3650));
        Time.Advance(TimeSpan.FromSeconds(2));
        var fresh = _authority.Tool("fresh", CallerRole.Viewer);

        (await Handshake.TryAsync(gateway, Connector(old))).Listener.Should().BeNull();
        (await Handshake.TryAsync(gateway, Connector(fresh))).Listener.Should().BeNull();
        _authority.Folder.Invoking(folder => folder.FinishRotation()).Should().Throw<CredentialFailure>();
        var behind = Connector(old with { Certificate = Copy(old.Certificate!), PrivateKey = Copy(old.PrivateKey!) });
        _authority.Folder.Rotate(IdentityKind.Host, "alpha");
        _authority.Folder.Rotate(IdentityKind.Tool, "old");

        _authority.Folder.FinishRotation().Should().Be(1);
        Time.Advance(TimeSpan.FromSeconds(2));

        (await Handshake.TryAsync(gateway, Connector(fresh))).Listener.Should().BeNull();
        (await Handshake.TryAsync(gateway, behind)).Listener!.Reason.Should().Be(RefusalReason.UnknownAuthority);

        string Copy(string file)
        {
            var copy = Path.Combine(_authority.Path, "copy-of-" + Path.GetFileName(file));
            File.Copy(file, copy);
            return copy;
        }
    }

    [Fact]
    public async Task Files_that_cannot_be_used_leave_what_was_read_before_in_force()
    {
        var credentials = Credentials.Open(_host, Time);
        var gateway = new TlsListenerGuard(credentials, [IdentityKind.Tool], Time);
        await File.WriteAllTextAsync(_host.Certificate!, "half a certifi", TestContext.Current.CancellationToken);
        Time.Advance(TimeSpan.FromSeconds(2));

        var end = await Handshake.TryAsync(gateway, Connector(_authority.Tool("alice", CallerRole.Viewer)));

        end.Listener.Should().BeNull();
        credentials.Trouble.Should().Contain(_host.Certificate);
    }

    private TlsListenerGuard Gateway(TlsFiles files) =>
        new(Credentials.Open(files, Time), [IdentityKind.Tool, IdentityKind.Host], Time);

    private TlsListenerGuard SiloPort(TlsFiles files) => new(Credentials.Open(files, Time), [IdentityKind.Host], Time);

    private TlsConnectorGuard Connector(TlsFiles files) => new(Credentials.Open(files, Time), Time);

    private static async Task BothKnowAsync(
        RefusalReason reason,
        IConnectionGuard listener,
        IConnectionGuard connector,
        string text
    )
    {
        var end = await Handshake.TryAsync(listener, connector);

        end.Listener!.Reason.Should().Be(reason);
        end.Connector!.Reason.Should().Be(reason);
        end.Connector.Message.Should().Contain(text);
    }

    private static async Task<string> SerialShownAsync(TlsListenerGuard gateway)
    {
        var serial = "";
        await Handshake.TryAsync(
            gateway,
            async (stream, cancellationToken) =>
            {
                using var tls = new SslStream(stream, leaveInnerStreamOpen: true, Tls.JudgedLater);
                await tls.AuthenticateAsClientAsync(new() { TargetHost = "" }, cancellationToken);
                serial = tls.RemoteCertificate!.GetSerialNumberString();
            }
        );
        return serial;
    }

    /// <summary>Says back what it hears.</summary>
    private sealed class Parrot : IConnectionGuard
    {
        public async Task<Stream?> GreetAsync(Stream raw, EndPoint? remote, CancellationToken cancellationToken)
        {
            var heard = new byte[8];
            await raw.ReadExactlyAsync(heard, cancellationToken);
            await raw.WriteAsync(heard, cancellationToken);
            throw new AccessRefusedException(RefusalReason.NoHandshake, "enough");
        }
    }
}
