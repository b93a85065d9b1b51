using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Redb.Security.Calls;

namespace Redb.Security.Tests.Calls;

public sealed class ReplayWindowTests
{
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_token_is_remembered_for_as_long_as_it_is_good_whenever_it_comes() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 59])
            .Sample(
                (first, later) =>
                {
                    var time = new FakeTimeProvider();
                    var window = new ReplayWindow(s_span, 1000, time);
                    var nonce = new byte[CallToken.NonceBytes];
                    for (var second = 0; second < first; second++)
                    {
                        time.Advance(TimeSpan.FromSeconds(1));
                        window.Use(BitConverter.GetBytes((UInt128)(second + 1)));
                    }

                    var fresh = window.Use(nonce);
                    time.Advance(TimeSpan.FromSeconds(later));

                    return fresh == ReplayWindow.Entry.New && window.Use(nonce) == ReplayWindow.Entry.Used;
                }
            );

    [Fact]
    public void There_are_never_more_than_allowed_and_old_ones_make_room()
    {
        var time = new FakeTimeProvider();
        var window = new ReplayWindow(s_span, 2, time);
        window.Use(BitConverter.GetBytes((UInt128)1));
        window.Use(BitConverter.GetBytes((UInt128)2));

        window.Use(BitConverter.GetBytes((UInt128)3)).Should().Be(ReplayWindow.Entry.Full);
        time.Advance(s_span * 2);
        window.Use(BitConverter.GetBytes((UInt128)3)).Should().Be(ReplayWindow.Entry.New);
    }
}
