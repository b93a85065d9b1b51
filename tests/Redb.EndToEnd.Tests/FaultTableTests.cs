using System.Globalization;
using System.Text.RegularExpressions;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

/// <summary>Keeps <c>docs/faults.md</c> true.</summary>
public sealed class FaultTableTests
{
    private static readonly int[] s_owed =
    [
        .. Enumerable.Range(1, 16),
        18,
        19,
        20,
        21,
        24,
        28,
        30,
        31,
        32,
        33,
        34,
        .. Enumerable.Range(39, 26),
    ];

    [Fact]
    public void Every_fault_has_tests_and_every_test_exists()
    {
        var rows = File.ReadLines(Path.Combine(Programs.Root, "docs", "faults.md"))
            .Where(line => line.Length > 2 && char.IsAsciiDigit(line[2]))
            .ToList();

        rows.Select(row => int.Parse(row.Split('|')[1], CultureInfo.InvariantCulture)).Should().Equal(s_owed);
        foreach (var row in rows)
        {
            var tests = Regex.Matches(row, "`(?<file>[^`]+[.]cs)` `(?<test>[^`]+)`", RegexOptions.NonBacktracking);
            tests.Should().NotBeEmpty(row);
            tests
                .Should()
                .AllSatisfy(test =>
                    File.ReadAllText(Path.Combine(Programs.Root, "tests", test.Groups["file"].Value))
                        .Should()
                        .Contain($" {test.Groups["test"].Value}(")
                );
        }
    }
}
