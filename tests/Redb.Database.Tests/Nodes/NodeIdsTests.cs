using CsCheck;
using Redb.Database.Nodes;

namespace Redb.Database.Tests.Nodes;

public sealed class NodeIdsTests
{
    private static readonly Gen<DateTimeOffset> s_times = Gen.Long[
            DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds(),
            new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()
        ]
        .Select(DateTimeOffset.FromUnixTimeMilliseconds);

    [Fact]
    public void Every_id_is_positive_and_above_those_of_people() =>
        Gen.Select(s_times, Gen.Int)
            .Sample((now, chance) => NodeIds.Next(now, chance).Should().BeGreaterThanOrEqualTo(NodeIds.Lowest));

    [Fact]
    public void Time_and_chance_are_all_that_is_in_it() =>
        Gen.Select(s_times, Gen.Int)
            .Sample(
                (now, chance) =>
                {
                    // The words of the contract, in numbers that do not overflow.
                    var raw =
                        (((UInt128)now.ToUnixTimeMilliseconds() & ((1UL << 40) - 1)) << 24) | (uint)(chance & 0xFFFFFF);
                    var signed = raw >= (UInt128)1 << 63 ? ((UInt128)1 << 64) - raw : raw;
                    var expected = signed < 1000 ? signed + 1000 : signed;

                    ((UInt128)NodeIds.Next(now, chance))
                        .Should()
                        .Be(expected == (UInt128)1 << 63 ? long.MaxValue : expected);
                }
            );

    [Fact]
    public void The_one_number_without_a_positive_counterpart_has_one_all_the_same() =>
        NodeIds.Next(DateTimeOffset.FromUnixTimeMilliseconds(1L << 39), 0).Should().Be(long.MaxValue);

    [Fact]
    public void Today_it_has_eighteen_digits_or_more() =>
        NodeIds.Next(new(2026, 11, 25, 18, 0, 0, TimeSpan.Zero), 4711).Should().BeGreaterThan(100_000_000_000_000_000);

    [Fact]
    public void Ids_of_rows_sort_by_time_and_are_those_of_tenants()
    {
        var now = new DateTimeOffset(2026, 11, 25, 18, 0, 0, TimeSpan.Zero);

        var first = Ulids.Next("tenant", now, [255, 255, 255, 255, 255, 255, 255]);
        var second = Ulids.Next("tenant", now.AddMilliseconds(1), [0, 0, 0, 0, 0, 0, 0]);

        string.CompareOrdinal(first, second).Should().BeNegative();
        Ulids.IsTenant(first).Should().BeTrue();
        Ulids.IsTenant("default-tenant").Should().BeFalse();
    }
}
