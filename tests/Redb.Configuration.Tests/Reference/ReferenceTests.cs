using System.Text.Json;
using System.Text.RegularExpressions;
using Redb.Configuration.Reference;

namespace Redb.Configuration.Tests.Reference;

/// <summary>The generated files. <c>REDB_REGENERATE=1</c> writes them instead of comparing.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("config/redb.schema.json")]
    [InlineData("config/reference.md")]
    public void A_generated_file_is_in_step_with_the_reader(string file)
    {
        var generated = file.EndsWith(".json", StringComparison.Ordinal)
            ? ConfigurationSchema.ToText()
            : ConfigurationReference.ToText();
        if (Environment.GetEnvironmentVariable("REDB_REGENERATE") is "1")
        {
            File.WriteAllText(Repository.PathOf(file), generated);
        }

        Repository.Text(file).Should().Be(generated, "REDB_REGENERATE=1 brings {0} up to date", file);
    }

    [Fact]
    public void Every_reference_in_the_schema_leads_somewhere()
    {
        var text = ConfigurationSchema.ToText();
        using var schema = JsonDocument.Parse(text);

        var known = schema
            .RootElement.GetProperty("$defs")
            .EnumerateObject()
            .Select(definition => $"#/$defs/{definition.Name}");
        var used = Regex
            .Matches(text, "\"\\$ref\": \"(?<to>[^\"]*)\"", RegexOptions.NonBacktracking)
            .Select(match => match.Groups["to"].Value);

        used.Distinct(StringComparer.Ordinal).Should().BeEquivalentTo(known);
    }

    [Fact]
    public void Every_pattern_in_the_schema_is_one()
    {
        using var schema = JsonDocument.Parse(ConfigurationSchema.ToText());

        var patterns = Patterns(schema.RootElement).ToList();

        patterns.Should().NotBeEmpty();
        patterns.Should().AllSatisfy(pattern => new Regex(pattern, RegexOptions.NonBacktracking).Should().NotBeNull());
    }

    private static IEnumerable<string> Patterns(JsonElement element) =>
        element.ValueKind != JsonValueKind.Object
            ? []
            : element
                .EnumerateObject()
                .SelectMany(static property =>
                    property is { Name: "pattern", Value.ValueKind: JsonValueKind.String }
                        ? [property.Value.GetString()!]
                        : Patterns(property.Value)
                );
}
