namespace Redb.Hosting.Service.Supervision;

/// <summary>Reads the <c>--supervisor</c> value that every reDB service takes.</summary>
internal static class SupervisorAddress
{
    /// <summary>Null for a service without a supervisor.</summary>
    /// <exception cref="UriFormatException">The text is no <c>host:port</c>.</exception>
    public static Uri? Parse(string text) => IsStandAlone(text) ? null : new Uri(WithScheme(text));

    public static bool IsValid(string text) =>
        IsStandAlone(text) || Uri.TryCreate(WithScheme(text), UriKind.Absolute, out _);

    private static bool IsStandAlone(string text) =>
        text.Length == 0 || string.Equals(text, ReDbServiceOptions.StandAlone, StringComparison.Ordinal);

    private static string WithScheme(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
}
