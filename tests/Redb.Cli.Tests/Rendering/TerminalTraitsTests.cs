using Redb.Cli.Rendering;

namespace Redb.Cli.Tests.Rendering;

public sealed class TerminalTraitsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    [InlineData("NO_COLOR=1 CLICOLOR_FORCE=1", false)]
    [InlineData("TERM=dumb CLICOLOR_FORCE=1", true)]
    public void Colour_follows_the_conventions(string environment, bool isColoured) =>
        Read(environment).IsColoured.Should().Be(isColoured);

    [Theory]
    [InlineData("", 0, 80)]
    [InlineData("COLUMNS=132", 0, 132)]
    [InlineData("COLUMNS=132", 100, 100)]
    [InlineData("COLUMNS=wide", 0, 80)]
    public void The_width_is_the_terminals_or_80(string environment, int terminal, int width) =>
        Read(environment, terminal).Width.Should().Be(width);

    private static TerminalTraits Read(string environment, int width = 0)
    {
        var variables = environment
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return TerminalTraits.Read(variables.GetValueOrDefault, isOutputTerminal: true, isErrorTerminal: true, width);
    }
}
