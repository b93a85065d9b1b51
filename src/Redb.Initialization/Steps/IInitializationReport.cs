namespace Redb.Initialization.Steps;

/// <summary>Tells whoever watches how an initialization goes.</summary>
internal interface IInitializationReport
{
    /// <summary>News of a step.</summary>
    /// <param name="place">Its number from 1, and how many there are.</param>
    /// <param name="step">Its name.</param>
    /// <param name="news">What is told.</param>
    /// <param name="text">The rest, for people.</param>
    /// <param name="elapsed">How long it took, where it was done.</param>
    void Tell((int Number, int Count) place, string step, StepNews news, string text, TimeSpan elapsed);
}
