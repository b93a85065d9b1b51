using System.Globalization;

namespace Redb.Chaos.Kit;

/// <summary>How often something is killed, and what was measured each time.</summary>
/// <param name="usual">Rounds where none were asked for. The short form is part of every test run: on a slow machine fewer have to do.</param>
/// <param name="longest">Time after which these are enough.</param>
internal sealed class Rounds(int usual, TimeSpan longest)
{
    private const string Variable = "REDB_CHAOS_ROUNDS";

    private readonly List<TimeSpan> _adoptions = [];
    private readonly List<TimeSpan> _replacements = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly int? _asked = int.TryParse(
        Environment.GetEnvironmentVariable(Variable),
        CultureInfo.InvariantCulture,
        out var rounds
    )
        ? rounds
        : null;

    /// <summary>Rounds so far.</summary>
    public int Done { get; private set; }

    /// <summary>Time since the first one began.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Goes on to the next round: as many as were asked for, else as many as are usual and fit.</summary>
    public bool Next()
    {
        var isEnough = _asked is { } asked ? Done >= asked : Done >= usual || Elapsed > longest;
        Done += isEnough ? 0 : 1;
        return !isEnough;
    }

    /// <summary>Time from the start of a supervisor until it had adopted all services.</summary>
    public void Adopted(TimeSpan time) => _adoptions.Add(time);

    /// <summary>Time from the start of a supervisor until a service that had died meanwhile was there again.</summary>
    public void Replaced(TimeSpan time) => _replacements.Add(time);

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Done} rounds in {Elapsed.TotalSeconds:0} s; start -> all adopted {Spread(_adoptions)}; start -> first restart {Spread(_replacements)}"
        );

    private static string Spread(List<TimeSpan> times)
    {
        if (times.Count == 0)
        {
            return "-";
        }

        var sorted = times.Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"median {sorted[sorted.Length / 2].TotalMilliseconds:0} ms, longest {sorted[^1].TotalMilliseconds:0} ms (n={sorted.Length})"
        );
    }
}
