using Redb.Abstractions.Security;
using Redb.Security.Connections;
using Redb.Security.Tests.Kit;

namespace Redb.Security.Tests.Connections;

public sealed class LocalKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redb-key-");
    private readonly LocalKey _key = LocalKey.Draw();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Who_knows_the_key_is_let_in() =>
        (await Handshake.TryAsync(Listener(_key), Connector(_key))).Should().Be(new Handshake(null, null));

    [Fact]
    public async Task Who_does_not_know_the_key_is_refused_and_told()
    {
        var end = await Handshake.TryAsync(Listener(_key), Connector(LocalKey.Draw()));

        end.Listener!.Reason.Should().Be(RefusalReason.WrongKey);
        end.Connector!.Message.Should().Be("it does not know the key of this user's supervisors");
    }

    [Fact]
    public async Task A_listener_that_only_pretends_is_found_out()
    {
        var end = await Handshake.TryAsync(new Pretender(), Connector(_key));

        end.Connector!.Message.Should().Be("what answers there does not know the key itself");
    }

    [Fact]
    public async Task Garbage_is_refused()
    {
        var end = await Handshake.TryAsync(
            Listener(_key),
            async (stream, cancellationToken) => await stream.WriteAsync(new byte[1000], cancellationToken)
        );

        end.Listener!.Reason.Should().Be(RefusalReason.WrongKey);
    }

    [Fact]
    public void Silos_that_start_together_agree_on_one_key()
    {
        for (var round = 0; round < 20; round++)
        {
            var folder = _folder.CreateSubdirectory($"{round}");
            var keys = new string[8];

            Parallel.For(0, keys.Length, index => keys[index] = LocalKeyFile.Open(folder.FullName).Text);

            keys.Distinct(StringComparer.Ordinal).Should().ContainSingle();
            File.GetUnixFileMode(Path.Combine(folder.FullName, LocalKeyFile.FileName))
                .Should()
                .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            folder.GetFiles().Should().ContainSingle();
        }
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        LocalKeyFile.Open(_folder.FullName);
        var file = Path.Combine(_folder.FullName, LocalKeyFile.FileName);
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);

        FluentActions
            .Invoking(() => LocalKeyFile.Open(_folder.FullName))
            .Should()
            .Throw<CredentialFailure>()
            .Which.Describe()
            .Should()
            .Contain(file);
    }

    private static LocalKeyGuard Listener(LocalKey key) => new(key, isListener: true);

    private static LocalKeyGuard Connector(LocalKey key) => new(key, isListener: false);

    /// <summary>Plays a supervisor without knowing the key.</summary>
    private sealed class Pretender : IConnectionGuard
    {
        public async Task<Stream?> GreetAsync(
            Stream raw,
            System.Net.EndPoint? remote,
            CancellationToken cancellationToken
        )
        {
            await raw.WriteAsync((byte[])[.. "redb key 1\n"u8, .. new byte[LocalKey.Bytes]], cancellationToken);
            await raw.ReadExactlyAsync(new byte[2 * LocalKey.Bytes], cancellationToken);
            await Answer.WelcomeAsync(raw, cancellationToken);
            await raw.WriteAsync(new byte[LocalKey.Bytes], cancellationToken);
            throw new AccessRefusedException(RefusalReason.Unknown, "caught");
        }
    }
}
