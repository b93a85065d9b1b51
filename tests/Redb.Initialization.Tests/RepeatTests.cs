using Redb.Initialization.Progress;
using Redb.Initialization.Steps;
using Redb.Initialization.Tests.Kit;
using Redb.Keyring.Names;

namespace Redb.Initialization.Tests;

/// <summary>An initialization may be killed anywhere and repeated at will; the end is always the same.</summary>
public sealed class RepeatTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_fresh_node_gets_everything()
    {
        (await _world.InitializeAsync()).Should().BeNull();

        _world.Database.HasSchema.Should().BeTrue();
        _world.Database.Record!.NodeId.Should().Be(_world.Database.Node!.Id);
        _world.Record.Tenant.Should().Be(_world.Database.Tenants.Should().ContainSingle().Subject);
        _world.Record.InitializedAt.Should().NotBeNull();
        var tenant = _world.Record.Tenant!.Id;
        _world
            .Keyring.Entries.Keys.Should()
            .BeEquivalentTo([
                SecretName.DatabasePassword,
                SecretName.NodePrivateKey,
                SecretName.NodePublicKey,
                SecretName.TenantJwtSecret(tenant),
                SecretName.TenantPrivateKey(tenant),
                SecretName.TenantPublicKey(tenant),
            ]);
        _world.Record.Steps.Should().OnlyContain(step => step.Standing == StepStanding.Done);
        _world.Record.Steps.Select(step => step.Name).Should().Equal(StepNames());
    }

    // Faults 52 and 53: neither the role's password nor a key changes.
    [Fact]
    public async Task Three_times_in_a_row_nothing_changes()
    {
        (await _world.InitializeAsync()).Should().BeNull();
        var first = _world.Picture();
        var changes = _world.Database.Changes;

        (await _world.InitializeAsync()).Should().BeNull();
        (await _world.InitializeAsync()).Should().BeNull();

        _world.Picture().Should().Be(first);
        _world.Database.Changes.Should().Be(changes);
    }

    // Every moment at which the world is touched, before and after; at each one killed once, and once more in the second run.
    [Fact]
    public async Task Killed_at_any_moment_twice_the_next_run_completes_to_the_same_state()
    {
        _world.Fate.Live();
        await _world.InitializeAsync();
        var moments = _world.Fate.Moments;
        var end = Shape(_world);

        for (var moment = 0; moment < moments; moment++)
        {
            using var world = new World();
            (await IsKilledAsync(world, moment)).Should().BeTrue();
            var secrets = Values(world);

            // The second run has less to do: it may be over before that moment comes.
            await IsKilledAsync(world, moment / 2);
            world.Fate.Live();

            (await world.InitializeAsync()).Should().BeNull();

            Shape(world).Should().Be(end, $"it was killed at moment {moment}");
            secrets.Should().BeSubsetOf(Values(world), "what was made before the kill is not made again");
            world.Database.RolePassword.Should().Be(world.Keyring.Entries[SecretName.DatabasePassword][0]);
        }
    }

    private string[] StepNames() =>
        [
            .. InitializationSteps
                .All(new(_world.Configuration, _world.Keyring, _world.Database) { Record = new() }, TimeProvider.System)
                .Select(step => step.Name),
        ];

    private static async Task<bool> IsKilledAsync(World world, int moment)
    {
        world.Fate.DieAt(moment);
        try
        {
            await world.InitializeAsync();
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    // What is random is left out.
    private static string Shape(World world) =>
        $"{string.Join(' ', world.Keyring.Entries.Keys.Select(key => key.Realm).Order())} {world.Keyring.Entries.Values.All(names => names[0] == names[1])} "
        + $"{world.Database.HasDatabase} {world.Database.HasSchema} {world.Database.Node is not null} {world.Database.Tenants.Count} {world.Record.InitializedAt}";

    private static List<string> Values(World world) =>
        [.. world.Keyring.Entries.Values.SelectMany(names => names).OfType<string>().Distinct(StringComparer.Ordinal)];
}
