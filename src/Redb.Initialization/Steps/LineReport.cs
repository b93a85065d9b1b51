using System.Globalization;

namespace Redb.Initialization.Steps;

/// <summary>One line for each piece of news: <c>[ 4/11] role         done in 0.1 s: redb takes the keyring's password</c>.</summary>
internal sealed class LineReport(TextWriter writer) : IInitializationReport
{
    private const int NameWidth = 12;

    public void Tell((int Number, int Count) place, string step, StepNews news, string text, TimeSpan elapsed) =>
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"[{place.Number, 2}/{place.Count}] {step.PadRight(NameWidth)} {Word(news, elapsed)}: {text}"
            )
        );

    private static string Word(StepNews news, TimeSpan elapsed) =>
        news switch
        {
            StepNews.AlreadySo => "is so",
            StepNews.Doing => "begins",
            StepNews.Done => string.Create(CultureInfo.InvariantCulture, $"done in {elapsed.TotalSeconds:0.0} s"),
            StepNews.Planned => "would",
            StepNews.Failed => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(news), news, "is no news"),
        };
}
