using Redb.Initialization.Tests.Kit;

namespace Redb.Initialization.Tests.Steps;

public sealed class ClusterStepTests : IDisposable
{
    private readonly World _world = new();
    private readonly FakeClusterTables _tables;

    public ClusterStepTests() => _world.Cluster = _tables = new(_world.Fate);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_nodes_own_role_finds_the_others_with_the_password_in_the_keyring()
    {
        (await _world.InitializeAsync()).Should().BeNull();

        _tables.Password.Should().NotBeNull().And.Be(_world.Database.RolePassword);
    }

    [Fact]
    public async Task A_plan_counts_it_before_there_is_a_password()
    {
        (await _world.InitializeAsync(Manner.Plan)).Should().BeNull();

        _world.Lines[^1].Should().EndWith("12 steps are to be done; nothing was changed");
        _tables.Password.Should().BeNull();
    }

    [Fact]
    public async Task Another_role_needs_a_password_from_outside()
    {
        Connect(password: "");

        var failure = await _world.InitializeAsync();

        failure!.Kind.Should().Be(FailureKind.Unanswered);
        failure.Next.Should().Contain("REDB_CLUSTER_PASSWORD");
        _tables.Password.Should().BeNull();
    }

    [Fact]
    public async Task A_password_from_outside_goes_before_the_keyrings()
    {
        Connect(password: "from-outside");

        (await _world.InitializeAsync()).Should().BeNull();

        _tables.Password.Should().Be("from-outside");
    }

    private void Connect(string password) =>
        _world.Configuration = _world.Configuration with
        {
            Cluster = new()
            {
                Connection = new() { User = "another", Password = password },
            },
        };
}
