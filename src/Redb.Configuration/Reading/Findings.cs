using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Reading;

/// <summary>Collects the problems of one file.</summary>
internal sealed class Findings(string file)
{
    // Beyond this nobody reads on, and a file of garbage would fill the memory with complaints.
    private const int Most = 500;

    private readonly List<Problem> _problems = [];
    private int _left;

    public string File => file;

    public bool HasErrors { get; private set; }

    public void Error(Place place, string path, string message)
    {
        HasErrors = true;
        Add(place, path, message, ProblemSeverity.Error);
    }

    public void Warning(Place place, string path, string message) => Add(place, path, message, ProblemSeverity.Warning);

    /// <summary><c>; did you mean "x"?</c>, or nothing; also nothing once no further problem is shown, for guessing takes time.</summary>
    public string Suggest(string written, IEnumerable<string> known) =>
        _problems.Count < Most ? NearestName.Suggest(written, known) : "";

    /// <summary>The problems in the order of the file.</summary>
    public ImmutableArray<Problem> ToProblems()
    {
        var ordered = _problems.OrderBy(static problem => problem.Line).ThenBy(static problem => problem.Column);
        return _left == 0
            ? [.. ordered]
            :
            [
                .. ordered,
                new(
                    file,
                    Place.Top.Line,
                    Place.Top.Column,
                    "",
                    $"{_left} more problems are not shown",
                    ProblemSeverity.Warning
                ),
            ];
    }

    private void Add(Place place, string path, string message, ProblemSeverity severity)
    {
        if (_problems.Count < Most)
        {
            _problems.Add(new(file, place.Line, place.Column, path, message, severity));
        }
        else
        {
            _left++;
        }
    }
}
