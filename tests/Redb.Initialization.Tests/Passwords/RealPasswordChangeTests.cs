using Redb.Abstractions.Configuration;
using Redb.Database.Postgres;
using Redb.Initialization.Passwords;
using Redb.Initialization.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.Initialization.Tests.Passwords;

/// <summary>The same with a real server and a real keyring: killed between every two phases, nobody is ever locked out.</summary>
public sealed class RealPasswordChangeTests : IAsyncLifetime
{
    private const string Master = "master of the test";
    private const string Kept = "keyring.json redb-database:postgres-password";
    private const string Next = "keyring.json redb-database:postgres-password-next";

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-password-").FullName;
    private PostgresServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RedbConfiguration Configuration =>
        new()
        {
            File = "config.yaml",
            Database = new()
            {
                Name = "redb",
                Provider = DatabaseProvider.Postgres,
                Postgres = new()
                {
                    Host = _server.Host,
                    Port = _server.Port,
                    Password = _server.Password,
                },
            },
            Keyring = new()
            {
                Backend = "file",
                Path = Path.Combine(_folder, "keyring.json"),
                MasterKey = Master,
            },
        };

    private InitializationRequest Request =>
        new()
        {
            Configuration = Configuration,
            Folder = _folder,
            NodeFolder = _folder,
            Manner = Manner.Silent,
        };

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        (await Initializer.RunAsync(Request, TimeProvider.System, Cancellation)).Should().BeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Killed_after_each_phase_a_start_or_another_change_brings_it_to_an_end()
    {
        foreach (var phase in new[] { PasswordPhase.Kept, PasswordPhase.Taken, PasswordPhase.Promoted })
        {
            foreach (var isStarted in new[] { true, false })
            {
                await KillAfterAsync(phase);
                (await IsAnyTakenAsync())
                    .Should()
                    .BeTrue($"after {phase} the keyring has a password that the server takes");

                (await (isStarted ? StartAsync() : ChangeAsync())).Should().BeNull($"it was killed after {phase}");

                var secrets = Secrets();
                secrets.Should().NotContainKey(Next);
                (await TakesAsync(secrets[Kept])).Should().BeTrue($"it was killed after {phase}");
                (await StartAsync()).Should().BeNull();
            }
        }
    }

    [Fact]
    public async Task The_old_password_is_worth_nothing_afterwards()
    {
        var old = Secrets()[Kept];

        (await ChangeAsync()).Should().BeNull();

        (await TakesAsync(old)).Should().BeFalse();
        Secrets().Values.Should().NotContain(old);
        (await StartAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Two_changes_at_once_are_done_one_after_the_other()
    {
        var both = await Task.WhenAll(ChangeAsync(), ChangeAsync());

        both.Should().OnlyContain(failure => failure == null);
        (await TakesAsync(Secrets()[Kept])).Should().BeTrue();
        Secrets().Should().NotContainKey(Next);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_changed_and_a_start_goes_on()
    {
        await KillAfterAsync(PasswordPhase.Taken);
        var before = Secrets();
        await _server.StopAsync();

        var change = await ChangeAsync();
        var start = await StartAsync();

        change!.Kind.Should().Be(FailureKind.Unavailable);
        start.Should().BeNull("services are watched whether the database answers or not");
        Secrets().Should().Equal(before);
        await _server.StartAgainAsync();
        (await StartAsync()).Should().BeNull();
        (await TakesAsync(Secrets()[Kept])).Should().BeTrue();
    }

    // Between two phases: what is thrown there ends the change as a kill would.
    private async Task KillAfterAsync(PasswordPhase last)
    {
        var change = () =>
            Initializer.ChangePasswordAsync(
                Request,
                phase => _ = phase == last ? throw new KilledException((int)phase) : phase,
                TimeProvider.System,
                Cancellation
            );
        await change.Should().ThrowAsync<KilledException>();
    }

    private Task<Failure?> ChangeAsync() =>
        Initializer.ChangePasswordAsync(Request, static _ => { }, TimeProvider.System, Cancellation);

    private async Task<Failure?> StartAsync() =>
        (await Initializer.PrepareAsync(Request, isAsked: false, TimeProvider.System, Cancellation)).Failure;

    private Dictionary<string, string> Secrets() => KeyringPeek.ReadAll(_folder, Master);

    private async Task<bool> IsAnyTakenAsync()
    {
        var secrets = Secrets();
        return await TakesAsync(secrets[Kept]) || (secrets.TryGetValue(Next, out var next) && await TakesAsync(next));
    }

    private async Task<bool> TakesAsync(string password) =>
        (
            await PostgresRole.HasPasswordAsync(
                Configuration.Database.Postgres,
                new("redb", password, "redb"),
                Cancellation
            )
        ).Value;
}
