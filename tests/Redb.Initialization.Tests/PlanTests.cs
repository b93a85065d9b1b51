using Redb.Initialization.Tests.Kit;

namespace Redb.Initialization.Tests;

public sealed class PlanTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_plan_names_every_step_and_changes_nothing()
    {
        (await _world.InitializeAsync(Manner.Plan)).Should().BeNull();

        _world
            .Lines.Should()
            .Contain(line =>
                line.Contains("role", StringComparison.Ordinal)
                && line.Contains("would: create role redb", StringComparison.Ordinal)
            );
        _world.Lines[^1].Should().EndWith("11 steps are to be done; nothing was changed");
        _world.Database.Changes.Should().Be(0);
        _world.Keyring.Entries.Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(_world.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task The_plan_of_an_initialized_node_is_empty()
    {
        await _world.InitializeAsync();

        (await _world.InitializeAsync(Manner.Plan)).Should().BeNull();

        _world.Lines[^1].Should().Be("nothing is to be done");
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_guessed()
    {
        var failure = await _world.InitializeAsync(Manner.Ask);

        failure!.Kind.Should().Be(FailureKind.Unanswered);
        failure.Next.Should().Contain("--yes").And.Contain("--autoinitialize");
        _world.Database.Changes.Should().Be(0);
    }

    [Fact]
    public async Task A_yes_on_the_command_line_needs_no_terminal()
    {
        (await _world.InitializeAsync(Manner.Ask, isConfirmed: true)).Should().BeNull();

        _world.Record.InitializedAt.Should().NotBeNull();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("y", true)]
    [InlineData("Yes", true)]
    [InlineData("n", false)]
    [InlineData("what?", false)]
    [InlineData(null, false)]
    public async Task Whoever_sits_there_is_shown_the_plan_and_asked_once(string? answer, bool isDone)
    {
        _world.Terminal.IsInteractive = true;
        _world.Terminal.Answers.Enqueue(answer);

        var failure = await _world.InitializeAsync(Manner.Ask);

        _world.Terminal.Asked.Should().Equal("Do this now? [Y/n]: ");
        _world.Database.HasSchema.Should().Be(isDone);
        failure?.Kind.Should().Be(FailureKind.Declined);
        (failure is null).Should().Be(isDone);
    }
}
