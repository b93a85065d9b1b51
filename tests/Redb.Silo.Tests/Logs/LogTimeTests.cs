using System.Globalization;
using System.Text;
using Redb.Silo.Logs;

namespace Redb.Silo.Tests.Logs;

public sealed class LogTimeTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone(
        "test",
        TimeSpan.FromHours(2),
        "test",
        "test"
    );

    [Theory]
    [InlineData("[2026-11-23 13:01:38.123] [core] [INFO] up", "2026-11-23T13:01:38.123+02:00")]
    [InlineData("\u001b[36m[2026-11-23 13:01:38.123] [core] up", "2026-11-23T13:01:38.123+02:00")]
    [InlineData("\u001b[0m\u001b[1;36m[2026-11-23 13:01:38.123]", "2026-11-23T13:01:38.123+02:00")]
    [InlineData("2026-11-23T13:01:38Z up", "2026-11-23T13:01:38Z")]
    [InlineData("2026-11-23T13:01:38.123456789-05:00\tup", "2026-11-23T13:01:38.1234568-05:00")]
    [InlineData("2026-11-23T13:01:38Z", "2026-11-23T13:01:38Z")]
    public void A_time_at_the_beginning_is_read(string line, string expected)
    {
        var at = LogTime.Read(Encoding.UTF8.GetBytes(line), Zone);

        at.Should().Be(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("\u001b[36")]
    [InlineData("at 2026-11-23T13:01:38Z")]
    [InlineData("[2026-13-23 13:01:38.123] up")]
    [InlineData("[2026-11-23 13:01:38.123 up")]
    [InlineData("2026-11-23 up")]
    [InlineData("12345678901234567890")]
    public void Anything_else_is_no_time(string line)
    {
        LogTime.Read(Encoding.UTF8.GetBytes(line), Zone).Should().BeNull();
    }
}
