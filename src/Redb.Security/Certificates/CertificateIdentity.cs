using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Redb.Abstractions.Security;

namespace Redb.Security.Certificates;

/// <summary>Who a certificate speaks for: one URI among its subject's alternative names, and the role in its subject.</summary>
/// <param name="Kind">A silo or a tool.</param>
/// <param name="Name">The host's or the tool's name.</param>
/// <param name="Role">What it may do when it calls. A host may do everything: it holds what the others guard.</param>
internal sealed record CertificateIdentity(IdentityKind Kind, string Name, CallerRole Role)
{
    /// <summary>Longest name.</summary>
    public const int MaxNameLength = 63;

    private const string HostPrefix = "redb://host/";
    private const string ToolPrefix = "redb://tool/";
    private const string AlternativeNames = "2.5.29.17";
    private const string OrganizationalUnit = "2.5.4.11";

    /// <summary>The URI in the certificate.</summary>
    public string Uri => (Kind == IdentityKind.Host ? HostPrefix : ToolPrefix) + Name;

    /// <summary>Whether a text can be a host's or a tool's name: letters, digits, <c>.</c>, <c>-</c> and <c>_</c>, beginning with a letter or digit.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>Who a certificate speaks for; null for one that is not of our making, or leaves it open. Says nothing about whether it is genuine.</summary>
    public static CertificateIdentity? Of(X509Certificate2 certificate)
    {
        try
        {
            if (
                UrisOf(certificate).Where(uri => uri.StartsWith("redb://", StringComparison.Ordinal)).ToList()
                is not [var uri]
            )
            {
                return null;
            }

            return uri.StartsWith(HostPrefix, StringComparison.Ordinal) && IsName(uri[HostPrefix.Length..])
                    ? new(IdentityKind.Host, uri[HostPrefix.Length..], CallerRole.Admin)
                : uri.StartsWith(ToolPrefix, StringComparison.Ordinal) && IsName(uri[ToolPrefix.Length..])
                    ? new(IdentityKind.Tool, uri[ToolPrefix.Length..], RoleOf(certificate))
                : null;
        }
        catch (Exception error) when (error is AsnContentException or CryptographicException)
        {
            // Made by others, and badly: it speaks for nobody.
            return null;
        }
    }

    /// <summary>For people: <c>host alpha</c>, <c>tool alice (operator)</c>.</summary>
    public string Describe() => Kind == IdentityKind.Host ? $"host {Name}" : $"tool {Name} ({NameOf(Role)})";

    /// <summary>The role as it is written in certificates and on the command line.</summary>
    public static string NameOf(CallerRole role) =>
        role switch
        {
            CallerRole.Viewer => "viewer",
            CallerRole.Operator => "operator",
            CallerRole.Admin => "admin",
            _ => "no role",
        };

    private static CallerRole RoleOf(X509Certificate2 certificate)
    {
        var units = certificate
            .SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == OrganizationalUnit)
            .Select(part => part.GetSingleElementValue())
            .ToList();
        return units is [{ } unit]
            ? Enum.GetValues<CallerRole>().FirstOrDefault(role => role > CallerRole.None && NameOf(role) == unit)
            : CallerRole.None;
    }

    // X509SubjectAlternativeNameExtension lists DNS names and addresses, and no URIs.
    private static IEnumerable<string> UrisOf(X509Certificate2 certificate)
    {
        if (certificate.Extensions[AlternativeNames] is not { } extension)
        {
            yield break;
        }

        var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        var uri = new Asn1Tag(TagClass.ContextSpecific, 6);
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(uri))
            {
                yield return names.ReadCharacterString(UniversalTagNumber.IA5String, uri);
            }
            else
            {
                names.ReadEncodedValue();
            }
        }
    }
}
