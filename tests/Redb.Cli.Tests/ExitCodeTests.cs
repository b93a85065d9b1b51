namespace Redb.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("Done", 0)]
    [InlineData("Failed", 1)]
    [InlineData("Usage", 2)]
    [InlineData("Unhealthy", 3)]
    [InlineData("NotFound", 4)]
    [InlineData("Conflict", 5)]
    [InlineData("ConfigurationInvalid", 6)]
    [InlineData("PermissionDenied", 7)]
    [InlineData("Unavailable", 8)]
    [InlineData("TimedOut", 9)]
    [InlineData("PartlyDone", 10)]
    [InlineData("Interrupted", 130)]
    public void The_numbers_scripts_depend_on_stay(string name, int number) =>
        Enum.Parse<ExitCode>(name).Should().HaveValue(number);
}
