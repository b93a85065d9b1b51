using CsCheck;
using Redb.Hosting.Service.Logging;
using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Tests.Logging;

public sealed class ConsoleLineTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 23, 59, 58, 7, TimeSpan.FromHours(2));

    [Fact]
    public void A_line_has_time_name_and_level() =>
        ConsoleLine
            .Format(At, "core", LogLevel.Error, "disk full")
            .Should()
            .Be("[2026-01-31 23:59:58.007] [core                ] [ERROR] disk full");

    [Fact]
    public void A_long_name_is_cut_to_twenty_characters() =>
        ConsoleLine
            .Format(At, "transformation-of-everything", LogLevel.Info, "")
            .Should()
            .Contain("[transformation-of-e…]");

    [Fact]
    public void The_message_of_every_service_starts_in_the_same_column() =>
        Gen.String.AlphaNumeric.Sample(name =>
            ConsoleLine
                .Format(At, name, LogLevel.Info, "x")
                .Length.Should()
                .Be(ConsoleLine.Format(At, "core", LogLevel.Info, "x").Length)
        );
}
