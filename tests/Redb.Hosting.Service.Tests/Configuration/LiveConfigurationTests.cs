using CsCheck;
using Redb.Hosting.Service.Configuration;

namespace Redb.Hosting.Service.Tests.Configuration;

public sealed class LiveConfigurationTests
{
    private static readonly Gen<Dictionary<string, string>> Update = Gen.Dictionary(
        Gen.Char['a', 'h'].Select(key => key.ToString()),
        Gen.Char['x', 'z'].Select(value => value.ToString())
    )[0, 4];

    [Fact]
    public void It_holds_the_last_value_of_every_key_and_tells_exactly_the_changes() =>
        Update.Array.Sample(updates =>
        {
            var configuration = new LiveConfiguration();
            var told = new List<IReadOnlySet<string>>();
            configuration.Changed += (_, change) => told.Add(change.Keys);
            var expected = new Dictionary<string, string>(StringComparer.Ordinal);
            var changes = new List<IReadOnlySet<string>>();
            foreach (var update in updates)
            {
                var changed = update
                    .Where(pair =>
                        !expected.TryGetValue(pair.Key, out var old)
                        || !old.Equals(pair.Value, StringComparison.Ordinal)
                    )
                    .Select(pair => pair.Key)
                    .ToHashSet(StringComparer.Ordinal);
                changes.AddRange(changed.Count > 0 ? [changed] : []);
                foreach (var (key, value) in update)
                {
                    expected[key] = value;
                }

                configuration.Merge(update);
            }

            configuration.Snapshot.Should().BeEquivalentTo(expected);
            told.Select(Listed).Should().Equal(changes.Select(Listed));
        });

    [Fact]
    public void A_key_never_sent_has_no_value() => new LiveConfiguration()["instance_group.group_id"].Should().BeNull();

    [Fact]
    public void A_snapshot_does_not_change_later()
    {
        var configuration = new LiveConfiguration();
        configuration.Merge([new("a", "1")]);
        var snapshot = configuration.Snapshot;

        configuration.Merge([new("a", "2")]);

        snapshot["a"].Should().Be("1");
    }

    private static string Listed(IEnumerable<string> keys) => string.Join(',', keys.Order(StringComparer.Ordinal));
}
