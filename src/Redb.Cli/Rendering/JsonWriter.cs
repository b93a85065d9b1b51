using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Rendering;

/// <summary>Writes documents to standard output: indented alone, one a line in a stream.</summary>
internal static class JsonWriter
{
    // What is printed goes to terminals and jq, never into HTML: umlauts and quotes stay readable.
    private static readonly DocumentJsonContext Lines = new(Options(indented: false));
    private static readonly DocumentJsonContext Indented = new(Options(indented: true));

    /// <summary>Writes one document.</summary>
    public static void Write<T>(TextWriter writer, T document)
        where T : class => writer.WriteLine(JsonSerializer.Serialize(document, TypeOf<T>(Indented)));

    /// <summary>Writes one document of a stream, in one line.</summary>
    public static void WriteLine<T>(TextWriter writer, T document)
        where T : class => writer.WriteLine(JsonSerializer.Serialize(document, TypeOf<T>(Lines)));

    private static JsonTypeInfo<T> TypeOf<T>(DocumentJsonContext context) =>
        (JsonTypeInfo<T>)context.GetTypeInfo(typeof(T))!;

    private static JsonSerializerOptions Options(bool indented) =>
        new()
        {
            WriteIndented = indented,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
}
