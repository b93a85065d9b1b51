using System.Text.Json;

namespace Redb.Benchmarks.World;

/// <summary>Writes figures where the table of all benchmarks is made.</summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Writes the figures as JSON; to the standard output when no file is named.</summary>
    public static async Task WriteAsync<T>(T figures, string? file)
    {
        var text = JsonSerializer.Serialize(figures, Json);
        if (file is null)
        {
            Console.WriteLine(text);
        }
        else
        {
            await File.WriteAllTextAsync(file, text);
        }
    }
}
