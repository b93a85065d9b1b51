using Redb.Silo.Cluster;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Cluster;

public sealed class FailedJoinTests : IDisposable
{
    public void Dispose() => FailedJoin.Take();

    [Fact]
    public void The_next_life_learns_of_it_once()
    {
        var failed = new FailedJoin("the silo cannot start: no\n  start again", TimeSpan.FromSeconds(2.5));

        failed.Note();

        FailedJoin.Take().Should().Be(failed);
        FailedJoin.Take().Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("soon enough")]
    [InlineData("-1 cause")]
    [InlineData("86400001 cause")]
    public void What_somebody_else_wrote_is_nothing(string note)
    {
        Environment.SetEnvironmentVariable(FailedJoin.Variable, note);

        FailedJoin.Take().Should().BeNull();
    }

    [Fact]
    public void A_child_is_not_told() => ChildEnvironment.OursAlone.Should().Contain(FailedJoin.Variable);
}
