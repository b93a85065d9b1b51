using Redb.Abstractions.Configuration;
using Redb.Initialization.Passwords;
using Redb.Initialization.Tests.Kit;
using Redb.Keyring.Names;

namespace Redb.Initialization.Tests.Passwords;

/// <summary>The database password may be changed and the change killed anywhere: the keyring always has one that the server takes.</summary>
public sealed class PasswordChangeTests : IAsyncLifetime
{
    private readonly World _world = new();

    private string? Kept => _world.Keyring.Entries.GetValueOrDefault(SecretName.DatabasePassword)?[0];

    private string? Next => _world.Keyring.Entries.GetValueOrDefault(SecretName.NextDatabasePassword)?[0];

    public async ValueTask InitializeAsync() => (await _world.InitializeAsync()).Should().BeNull();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Role_and_keyring_have_another_password_afterwards_and_nothing_of_the_change_is_left()
    {
        var before = Kept;

        var phases = await _world.ChangePasswordAsync();

        phases.Should().Equal(PasswordPhase.Kept, PasswordPhase.Taken, PasswordPhase.Promoted, PasswordPhase.Finished);
        Kept.Should().NotBe(before).And.Be(_world.Database.RolePassword).And.HaveLength(32);
        Next.Should().BeNull();
        (await _world.StartAsync()).Failure.Should().BeNull();
    }

    // Every moment at which the world is touched, before and after; then a start, an initialization or another change.
    [Theory]
    [InlineData("start")]
    [InlineData("initialize")]
    [InlineData("change")]
    public async Task Killed_at_any_moment_it_is_brought_to_an_end_by_whatever_comes_next(string next)
    {
        _world.Fate.Live();
        await _world.ChangePasswordAsync();
        var moments = _world.Fate.Moments;

        for (var moment = 0; moment < moments; moment++)
        {
            _world.Fate.DieAt(moment);
            await _world.Invoking(world => world.ChangePasswordAsync()).Should().ThrowAsync<KilledException>();
            _world.Fate.Live();
            _world.Database.RolePassword.Should().BeOneOf([Kept!, Next!], $"it was killed at moment {moment}");

            await GoOnAsync(next);

            Kept.Should().Be(_world.Database.RolePassword, $"it was killed at moment {moment}");
            _world.Keyring.Entries[SecretName.DatabasePassword].Should().OnlyContain(password => password == Kept);
            Next.Should().BeNull();
        }
    }

    // Killed while it is brought to an end, too.
    [Fact]
    public async Task Killed_while_a_start_brings_it_to_an_end_the_next_start_does()
    {
        for (var until = PasswordPhase.Kept; until < PasswordPhase.Finished; until++)
        {
            for (var moment = 0; ; moment++)
            {
                await _world.ChangePasswordAsync(until);
                _world.Fate.DieAt(moment);
                var isKilled = await IsKilledAsync(_world.StartAsync);
                _world.Fate.Live();

                (await _world.StartAsync()).Failure.Should().BeNull();

                Kept.Should().Be(_world.Database.RolePassword, $"it was killed at moment {moment} after {until}");
                Next.Should().BeNull();
                if (!isKilled)
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public async Task At_a_start_the_password_wins_that_opens_the_database_and_people_are_told()
    {
        var old = Kept;
        await _world.ChangePasswordAsync(PasswordPhase.Kept);
        var (unbegun, _) = await _world.StartAsync();
        var afterwards = Kept;
        await _world.ChangePasswordAsync(PasswordPhase.Taken);
        var (interrupted, _) = await _world.StartAsync();

        afterwards.Should().Be(old);
        unbegun
            .Notices.Should()
            .ContainSingle(notice => notice.Contains("the old password holds", StringComparison.Ordinal));
        Kept.Should().NotBe(old);
        interrupted
            .Notices.Should()
            .ContainSingle(notice => notice.Contains("is finished now", StringComparison.Ordinal));
        interrupted.NodeId.Should().Be(_world.Database.Node!.Id);
    }

    // With trust it takes both: then it is told once more, so that it works too once somebody asks for passwords.
    [Fact]
    public async Task A_server_that_asks_for_no_password_has_the_keyrings_in_the_end()
    {
        _world.Database.TrustsAnybody = true;
        await _world.ChangePasswordAsync(PasswordPhase.Taken);

        (await _world.StartAsync()).Failure.Should().BeNull();

        Kept.Should().Be(_world.Database.RolePassword);
        Next.Should().BeNull();
    }

    [Fact]
    public async Task Where_neither_opens_nothing_is_changed_and_the_way_out_is_told()
    {
        await _world.ChangePasswordAsync(PasswordPhase.Kept);
        _world.Database.RolePassword = "by hand";
        var before = _world.Picture();

        var (_, start) = await _world.StartAsync();
        var change = await _world
            .Invoking(world => world.ChangePasswordAsync())
            .Should()
            .ThrowAsync<InitializationException>();

        start!.Kind.Should().Be(FailureKind.Refused);
        change.Which.Failure.Next.Should().Contain("--replace-role-password");
        _world.Picture().Should().Be(before);
        (await _world.InitializeAsync(mayReplace: true)).Should().BeNull();
        (await _world.StartAsync()).Failure.Should().BeNull();
        (Kept, Next).Should().Be((_world.Database.RolePassword, null));
    }

    [Fact]
    public async Task The_embedded_database_has_no_password_and_that_is_said()
    {
        using var world = new World(DatabaseProvider.Embedded);
        await world.InitializeAsync();

        var refusal = await world
            .Invoking(embedded => embedded.ChangePasswordAsync())
            .Should()
            .ThrowAsync<InitializationException>();

        refusal.Which.Failure.Kind.Should().Be(FailureKind.Conflict);
        refusal.Which.Failure.Next.Should().Contain("redbctl keyring rotate");
    }

    [Fact]
    public async Task A_plan_tells_of_a_change_that_was_interrupted_and_leaves_it_alone()
    {
        await _world.ChangePasswordAsync(PasswordPhase.Taken);
        var before = _world.Picture();

        (await _world.InitializeAsync(Manner.Plan)).Should().BeNull();

        _world
            .Lines.Should()
            .ContainSingle(line => line.Contains("bring a change of the database password", StringComparison.Ordinal));
        _world.Picture().Should().Be(before);
    }

    private async Task GoOnAsync(string next)
    {
        switch (next)
        {
            case "start":
                (await _world.StartAsync()).Failure.Should().BeNull();
                break;
            case "initialize":
                (await _world.InitializeAsync()).Should().BeNull();
                break;
            default:
                (await _world.ChangePasswordAsync())[^1].Should().Be(PasswordPhase.Finished);
                break;
        }
    }

    private static async Task<bool> IsKilledAsync(Func<Task> action)
    {
        try
        {
            await action();
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }
}
