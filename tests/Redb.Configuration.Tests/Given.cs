using System.Collections.Immutable;
using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Tests;

/// <summary>Inputs for the reader, and the shortest way to what comes out.</summary>
internal static class Given
{
    /// <summary>The one thing a configuration must say.</summary>
    public const string Minimum = "database: {name: redb}\n";

    public static ReaderInput File(string text, params (string Name, string Value)[] environment) =>
        new ReaderInput
        {
            File = "config.yaml",
            WorkingDirectory = "/srv",
            Files = new FakeFiles(),
            Dev = true,
            Environment = environment.ToImmutableDictionary(
                static variable => variable.Name,
                static variable => variable.Value,
                StringComparer.Ordinal
            ),
        }.WithText(text);

    /// <summary>The configuration of a file without a single problem.</summary>
    public static RedbConfiguration Good(string text, params (string Name, string Value)[] environment)
    {
        var result = ConfigurationReader.Read(File(text, environment));
        result.Problems.Should().BeEmpty();
        return result.Configuration!;
    }

    /// <summary>The problems of a file as they are shown.</summary>
    public static string[] Problems(string text, params (string Name, string Value)[] environment) =>
        Problems(File(text, environment));

    public static string[] Problems(ReaderInput input) =>
        [.. ConfigurationReader.Read(input).Problems.Select(static problem => problem.ToString())];

    /// <summary>A configuration with one service.</summary>
    public static string Service(string body, string name = "core") =>
        $"{Minimum}services:\n  {name}: {{enabled: true, {body}}}\n";
}
