using CsCheck;
using Redb.Configuration.Durations;

namespace Redb.Configuration.Tests.Durations;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", "0s")]
    [InlineData("0s", "0s")]
    [InlineData("+0", "0s")]
    [InlineData("300ms", "300ms")]
    [InlineData("10s", "10s")]
    [InlineData("1m30s", "1m30s")]
    [InlineData("90s", "1m30s")]
    [InlineData("1.5h", "1h30m0s")]
    [InlineData("2h45m", "2h45m0s")]
    [InlineData("-1.5h", "-1h30m0s")]
    [InlineData("+5s", "5s")]
    [InlineData(".5s", "500ms")]
    [InlineData("1.s", "1s")]
    [InlineData("1.5s", "1.5s")]
    [InlineData("200ns", "200ns")]
    [InlineData("15us", "15µs")]
    [InlineData("15\u00b5s", "15µs")]
    [InlineData("15\u03bcs", "15µs")]
    [InlineData("1500us", "1.5ms")]
    [InlineData("1s1s", "2s")]
    [InlineData("1h1ms", "1h0m0.001s")]
    [InlineData("1ns", "100ns")]
    [InlineData("2562047h", "2562047h0m0s")]
    public void A_duration_reads_and_writes_as_in_Go(string text, string written)
    {
        GoDuration.TryParse(text, out var duration, out var complaint).Should().BeTrue(complaint);

        GoDuration.Format(duration).Should().Be(written);
    }

    [Theory]
    [InlineData("", "is not a duration")]
    [InlineData("-", "is not a duration")]
    [InlineData("s", "is not a duration")]
    [InlineData(".s", "is not a duration")]
    [InlineData("abc", "is not a duration")]
    [InlineData("1.2.3s", "is not a duration")]
    [InlineData("30", "has no unit after 30; write it as 30s")]
    [InlineData("1m30", "has no unit after 30")]
    [InlineData("0.0", "has no unit")]
    [InlineData("30 s", "unknown unit \" s\"")]
    [InlineData("1d", "unknown unit \"d\"; units are ns, us, ms, s, m and h")]
    [InlineData("1S", "unknown unit \"S\"")]
    [InlineData("1sec", "unknown unit \"sec\"")]
    [InlineData("--1s", "is not a duration")]
    [InlineData("3000000h", "longer than 292 years")]
    [InlineData("99999999999999999999999999999999999h", "longer than 292 years")]
    public void What_is_no_duration_is_told_why(string text, string why)
    {
        GoDuration.TryParse(text, out _, out var complaint).Should().BeFalse();

        complaint.Should().Contain(why);
    }

    [Fact]
    public void Every_duration_reads_back_as_written() =>
        Gen.Long[-long.MaxValue / 200, long.MaxValue / 200]
            .Select(TimeSpan.FromTicks)
            .Sample(duration =>
                GoDuration.TryParse(GoDuration.Format(duration), out var read, out _) && read == duration
            );

    [Fact]
    public void No_text_is_too_strange() =>
        Gen.OneOf(Gen.String, Gen.Char["0123456789.+-hmsnuµ "].Array[0, 20].Select(static text => new string(text)))
            .Sample(static text => GoDuration.TryParse(text, out _, out var complaint) == (complaint.Length == 0));
}
