using Redb.Abstractions.Configuration;
using Redb.Initialization.Start;

namespace Redb.Initialization.Tests.Start;

public sealed class StartRuleTests
{
    [Theory]
    [InlineData("./redb-core", true)]
    [InlineData("/opt/redb/bin/redb-mesh", true)]
    [InlineData("redb-security", true)]
    [InlineData("/bin/sleep", false)]
    [InlineData("artifacts/redb-standin", false)]
    [InlineData("redb-", false)]
    [InlineData("core", false)]
    public void A_program_of_reDBs_own_needs_the_database(string executable, bool needs) =>
        StartRule.NeedsDatabase(Service(executable)).Should().Be(needs);

    [Fact]
    public void A_disabled_service_needs_nothing() =>
        StartRule.NeedsDatabase(Service("./redb-core") with { Enabled = false }).Should().BeFalse();

    [Theory]
    // Foreign programs on a node that never was initialized.
    [InlineData("/bin/sleep", false, false, false, StartDecision.Run)]
    [InlineData("/bin/sleep", false, false, true, StartDecision.Run)]
    // Whoever initialized a node means it.
    [InlineData("/bin/sleep", true, false, false, StartDecision.Validate)]
    [InlineData("./redb-core", true, false, true, StartDecision.Validate)]
    // reDB's own programs would die one after the other.
    [InlineData("./redb-core", false, false, false, StartDecision.Validate)]
    // A machine of a developer comes up by itself.
    [InlineData("./redb-core", false, false, true, StartDecision.Initialize)]
    // Asked for is asked for.
    [InlineData("/bin/sleep", false, true, false, StartDecision.Initialize)]
    [InlineData("./redb-core", true, true, false, StartDecision.Initialize)]
    public void A_start_sees_to_the_database_where_somebody_needs_it(
        string executable,
        bool isInitialized,
        bool isAsked,
        bool isDev,
        StartDecision expected
    ) =>
        StartRule
            .Decide(new() { Services = [Service(executable)] }, isInitialized, isAsked, isDev)
            .Should()
            .Be(expected);

    private static ServiceConfiguration Service(string executable) =>
        new()
        {
            Name = "core",
            Enabled = true,
            Executable = executable,
        };
}
