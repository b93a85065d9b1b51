using System.Buffers;
using System.Text.Unicode;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Yaml;

/// <summary>Turns the bytes of a file into text, or says where they are not text.</summary>
internal static class SourceText
{
    /// <summary>Largest file that is read, in bytes: a hundred times the largest configuration anyone has written.</summary>
    public const int MaxBytes = 1 << 20;

    private const int MostTabs = 20;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\u0085\u2028\u2029");

    public static string? Decode(ReadOnlySpan<byte> content, Findings findings)
    {
        if (content.Length > MaxBytes)
        {
            findings.Error(Place.Top, "", "is larger than 1 MiB; this is not a configuration file");
            return null;
        }

        var characters = new char[content.Length];
        var status = Utf8.ToUtf16(content, characters, out var read, out var written, replaceInvalidSequences: false);
        var text = new string(characters, 0, written);
        if (status != OperationStatus.Done)
        {
            var hint = content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
                ? "; it looks like UTF-16, save it as UTF-8"
                : "";
            findings.Error(
                PlaceAt(text, written),
                "",
                $"is not UTF-8 text: byte 0x{content[read]:X2} at offset {read}{hint}"
            );
            return null;
        }

        return IsClean(text, findings) ? text.TrimStart('\uFEFF') : null;
    }

    /// <summary>Reports the tabs in the indentation of lines, which YAML does not allow, if they explain an error.</summary>
    /// <param name="text">The file.</param>
    /// <param name="firstLine">First line the error is about.</param>
    /// <param name="lastLine">Last line the error is about; beyond it tabs are reported only if there is one up to here.</param>
    /// <param name="findings">Takes the problems.</param>
    /// <returns>Whether tabs explain the error.</returns>
    public static bool ReportTabs(string text, int firstLine, int lastLine, Findings findings)
    {
        var (line, found) = (0, 0);
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indentation = content.IndexOfAnyExcept(' ', '\t');
            var tab = indentation < 0 ? -1 : content[..indentation].IndexOf('\t');
            if (found == MostTabs || (found == 0 && line > lastLine))
            {
                break;
            }

            if (tab >= 0 && line >= firstLine)
            {
                found++;
                findings.Error(new(line, tab + 1), "", "is indented with a tab; YAML wants spaces");
            }
        }

        return found > 0;
    }

    /// <summary>The place, or the end of the text if that comes first: the parser ends a file that lacks its last line end one line later.</summary>
    public static Place Within(string text, Place place)
    {
        var (lines, last) = (1, 0);
        for (var i = text.AsSpan().IndexOfAny(LineEnds); i >= 0; )
        {
            // A carriage return and a line feed are one end.
            i += text.AsSpan(i) is ['\r', '\n', ..] ? 2 : 1;
            (lines, last) = (lines + 1, i);
            var next = text.AsSpan(i).IndexOfAny(LineEnds);
            i = next < 0 ? -1 : i + next;
        }

        return place.Line <= lines ? place : new(lines, text.Length - last + 1);
    }

    /// <summary>The parser takes a NUL for the end of the file and would silently drop the rest.</summary>
    private static bool IsClean(string text, Findings findings)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\t' or '\n' or '\r' or '\u0085'))
            {
                findings.Error(
                    PlaceAt(text, i),
                    "",
                    $"contains the control character U+{(int)text[i]:X4}; this is not a text file"
                );
                return false;
            }
        }

        return true;
    }

    private static Place PlaceAt(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return new(before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
