using Redb.Cli.Operations;

namespace Redb.Cli.Rendering;

/// <summary>Says on standard error how a change or a wait ended.</summary>
internal static class OutcomeWriter
{
    // More causes than this are for "redbctl status", which has a line for each.
    private const int Told = 3;

    /// <summary>Writes one line when all went well, else three for all services in the way together.</summary>
    /// <param name="writer">Standard error.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="goal">What was waited for.</param>
    /// <param name="group">The group that was chosen with <c>-g</c>; null for none.</param>
    /// <param name="now">The present.</param>
    public static void Write(TextWriter writer, Outcome outcome, Goal goal, string? group, DateTimeOffset now)
    {
        List<Trouble> failed = [.. outcome.Failed.Select(service => Trouble.Failed(service, outcome, now))];
        List<Trouble> overruled = [.. outcome.Overruled.Select(service => Trouble.Overruled(service, now))];
        List<Trouble> late = outcome.IsTimedOut
            ? [.. outcome.Waiting.Select(service => Trouble.Late(service, goal, outcome.Elapsed, now))]
            : [];
        if (failed.Count + overruled.Count + late.Count > 0)
        {
            var whats = Group(failed, "is", "are")
                .Concat(Group(overruled, "was", "were"))
                .Concat(Group(late, "is", "are"));
            List<Trouble> all = [.. failed, .. overruled, .. late];
            var next = Remedy.Join([.. all.Select(trouble => trouble.Next)], group);
            new CommandFailure(ExitCode.Failed, string.Join("; ", whats), CauseOf(all), next).WriteTo(writer);
        }
        else if (outcome.IsTimedOut)
        {
            writer.WriteLine($"time is over after {DurationText.Exact(outcome.Elapsed)}");
        }
        else
        {
            writer.WriteLine($"{Names(outcome)} {WordFor(goal)} after {DurationText.Exact(outcome.Elapsed)}");
        }
    }

    /// <summary>The state a goal is reached in.</summary>
    public static string WordFor(Goal goal) => goal == Goal.Restarted ? nameof(Goal.Ready) : goal.ToString();

    private static IEnumerable<string> Group(List<Trouble> troubles, string one, string many) =>
        troubles
            .GroupBy(trouble => trouble.What, StringComparer.Ordinal)
            .Select(group => $"{Names(group)} {(group.Count() == 1 ? one : many)} {group.Key}");

    private static string CauseOf(List<Trouble> troubles)
    {
        var causes = troubles
            .GroupBy(
                trouble => trouble.Cause.Length > 0 ? trouble.Cause : StateWord.Of(trouble.Service.Phase),
                StringComparer.Ordinal
            )
            .Select(group => (Names: Names(group), Text: TextOf(group.First(), group.Count())))
            .ToList();
        if (causes is [var only])
        {
            return only.Text;
        }

        var more = causes.Count > Told ? $"; and {causes.Count - Told} more" : "";
        return string.Join("; ", causes.Take(Told).Select(cause => $"{cause.Names}: {cause.Text}")) + more;
    }

    private static string TextOf(Trouble trouble, int count)
    {
        var pronoun = count == 1 ? "it is" : "they are";
        return trouble.Cause.Length > 0 ? trouble.Cause : $"{pronoun} {StateWord.Of(trouble.Service.Phase)}";
    }

    private static string Names(IEnumerable<Trouble> troubles) =>
        string.Join(", ", troubles.Select(trouble => trouble.Service.Name));

    private static string Names(Outcome outcome) =>
        outcome.Reached switch
        {
            [] => "nothing to wait for:",
            [var only] => $"{only.Name} is",
            { Length: <= 4 } few => $"{string.Join(", ", few.Select(service => service.Name))} are",
            var many => $"{many.Length} services are",
        };
}
