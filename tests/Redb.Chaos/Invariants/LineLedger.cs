using System.Globalization;
using System.Text.RegularExpressions;

namespace Redb.Chaos.Invariants;

/// <summary>What a service wrote, read from its log files as they lie on the disk: every line has a number and a pid.</summary>
internal sealed partial class LineLedger
{
    private readonly Dictionary<int, int> _last = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _doubled = [];
    private readonly Dictionary<int, Dictionary<int, int>> _entries = [];

    private LineLedger() { }

    /// <summary>The pids of those who wrote, each with the number of its last line.</summary>
    public IReadOnlyDictionary<int, int> Writers => _last;

    /// <summary>Lines that are missing, stand twice or in the wrong place.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Lines that stand twice or in the wrong place.</summary>
    public IReadOnlyList<string> Doubled => _doubled;

    /// <summary>Streamed log entries of which there is no trace.</summary>
    public int EntriesLost => _entries.Values.Sum(numbers => numbers.Keys.Max() - numbers.Count);

    /// <summary>Streamed log entries that stand more than once.</summary>
    public int EntriesDoubled => _entries.Values.Sum(numbers => numbers.Values.Count(times => times > 1));

    /// <summary>All streamed log entries.</summary>
    public int Entries => _entries.Values.Sum(numbers => numbers.Count);

    /// <summary>Rotated files that were read besides the live one.</summary>
    public int Rotations { get; private set; }

    /// <summary>Reads all of a service's log, rotated files first.</summary>
    public static LineLedger Read(string folder, string service)
    {
        var ledger = new LineLedger();
        var rotated = Directory.GetFiles(folder, $"{service}-*.log");
        Array.Sort(rotated, StringComparer.Ordinal);
        ledger.Rotations = rotated.Length;
        foreach (var file in (string[])[.. rotated, Path.Combine(folder, $"{service}.log")])
        {
            foreach (var line in File.ReadLines(file))
            {
                ledger.Take(line, Path.GetFileName(file));
            }
        }

        return ledger;
    }

    private void Take(string line, string file)
    {
        if (Numbered().Match(line) is { Success: true } printed)
        {
            TakePrinted(Value(printed, "number"), Value(printed, "pid"), file);
        }
        else if (Entry().Match(line) is { Success: true } streamed)
        {
            TakeStreamed(Value(streamed, "number"), Value(streamed, "pid"));
        }
    }

    private static int Value(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private void TakeStreamed(int number, int pid)
    {
        if (!_entries.TryGetValue(pid, out var numbers))
        {
            _entries[pid] = numbers = [];
        }

        numbers[number] = numbers.GetValueOrDefault(number) + 1;
    }

    private void TakePrinted(int number, int pid, string file)
    {
        var last = _last.GetValueOrDefault(pid);
        if (number != last + 1)
        {
            var fault = $"{file}: after line {last} of pid {pid} comes line {number}";
            _faults.Add(fault);
            if (number <= last)
            {
                _doubled.Add(fault);
            }
        }

        _last[pid] = number;
    }

    [GeneratedRegex(
        @"^line (?<number>\d+) of pid (?<pid>\d+) ",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Numbered();

    [GeneratedRegex(
        @"\] entry (?<number>\d+) of pid (?<pid>\d+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Entry();
}
