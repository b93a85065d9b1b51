using System.Collections.Immutable;
using System.Globalization;
using Redb.Cli.Commands;
using Redb.Cli.Rendering.Documents;
using Redb.Security.Certificates;

namespace Redb.Cli.Rendering;

/// <summary>Prints the certificates of a folder, and warns of those that end soon.</summary>
internal static class CertificateList
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    /// <summary>Prints them.</summary>
    public static void Write(
        Terminal terminal,
        OutputFormat format,
        ImmutableArray<IssuedFile> files,
        DateTimeOffset now
    )
    {
        ImmutableArray<CertificateDocument> rows = [.. files.Select(file => DocumentOf(file, now))];
        if (format == OutputFormat.Json)
        {
            JsonWriter.Write(terminal.Output, new CertificatesDocument(rows));
        }
        else
        {
            string[] head = ["WHO", "STATE", "UNTIL", "SERIAL"];
            var table = rows.Select(row => new[] { row.Who, row.State, row.NotAfter[..10], row.Serial })
                .Prepend(head)
                .ToList();
            var widths = head.Select((_, column) => table.Max(row => row[column].Length)).ToList();
            foreach (var row in table)
            {
                terminal.Output.WriteLine(
                    string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()
                );
            }
        }

        foreach (var row in rows.Where(row => row.State is "expired" or "expires soon"))
        {
            terminal.Error.WriteLine($"warning: the certificate of {row.Who} {row.State}: {row.NotAfter}");
        }
    }

    private static CertificateDocument DocumentOf(IssuedFile file, DateTimeOffset now)
    {
        var end = new DateTimeOffset(file.Certificate.NotAfter);
        return new(
            file.Identity?.Describe() ?? $"authority {file.Certificate.GetNameInfo(default, forIssuer: false)}",
            file.IsRevoked ? "revoked"
                : end <= now ? "expired"
                : end - now <= s_soon ? "expires soon"
                : "valid",
            end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            file.Certificate.SerialNumber,
            file.Path
        );
    }
}
