using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Redb.Security.Certificates;

/// <summary>
/// A folder with an authority and everything it issued: <c>ca.crt</c> (all authorities believed), <c>ca.key</c>, <c>revoked</c>, <c>hosts/NAME.crt</c>,
/// <c>tools/NAME.crt</c>, each with its key beside it, and <c>replaced/</c> with what rotations put aside. Nothing is ever overwritten but the bundle and the deny list, in one step.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="time">Its clock.</param>
internal sealed class CertificateFolder(string path, TimeProvider time)
{
    private readonly string _bundle = Path.Combine(path, "ca.crt");
    private readonly string _key = Path.Combine(path, "ca.key");
    private readonly string _denied = Path.Combine(path, DenyList.FileName);

    /// <summary>The bundle that hosts and tools need.</summary>
    public string Bundle => _bundle;

    /// <summary>Makes the folder and its authority.</summary>
    /// <exception cref="CredentialFailure">There is one already.</exception>
    public void Initialize(string cluster, TimeSpan validity)
    {
        if (File.Exists(_bundle) || File.Exists(_key))
        {
            throw new CredentialFailure(
                "there is an authority already",
                $"{_key} exists, and what it signed would be worthless with another",
                "redbctl certs rotate ca replaces it without downtime; or name another folder with --dir"
            );
        }

        PrivateFile.CreateFolder(path);
        var pair = CertificateAuthority.Create(cluster, validity, time.GetUtcNow());
        PrivateFile.Create(_key, pair.PrivateKey);
        PrivateFile.Create(_bundle, pair.Certificate + "\n");
    }

    /// <summary>Issues a certificate.</summary>
    /// <returns>The file; its key lies beside it.</returns>
    /// <exception cref="CredentialFailure">There is one of that name, or no authority.</exception>
    public string Issue(CertificateOrder order)
    {
        using var authority = OpenAuthority();
        var file = FileOf(order.Identity.Kind, order.Identity.Name);
        if (File.Exists(file))
        {
            throw new CredentialFailure(
                $"{order.Identity.Describe()} has a certificate already",
                $"{file} exists",
                $"redbctl certs rotate {Word(order.Identity.Kind)} {order.Identity.Name} replaces it"
            );
        }

        Write(file, authority.Issue(order, time.GetUtcNow()));
        return file;
    }

    /// <summary>Replaces a certificate by a new one with a new key, for the same names and with the same role; the old files are put aside and stay valid.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="CredentialFailure">There is none.</exception>
    public string Rotate(IdentityKind kind, string name)
    {
        using var authority = OpenAuthority();
        var file = FileOf(kind, name);
        using var old = ReadAll(file).FirstOrDefault() ?? throw Nothing(kind, name);
        var names = old.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        var pair = authority.Issue(
            new(
                CertificateIdentity.Of(old) ?? throw Nothing(kind, name),
                [.. names.SelectMany(entry => entry.EnumerateDnsNames())],
                [.. names.SelectMany(entry => entry.EnumerateIPAddresses())],
                old.NotAfter - old.NotBefore
            ),
            time.GetUtcNow()
        );
        PutAside(file);
        PutAside(KeyOf(file));
        Write(file, pair);
        return file;
    }

    /// <summary>Makes a new authority that signs from now on; the old one is believed until <see cref="FinishRotation"/>.</summary>
    public void RotateAuthority(string cluster, TimeSpan validity)
    {
        OpenAuthority().Dispose();
        var believed = File.ReadAllText(_bundle);
        var pair = CertificateAuthority.Create(cluster, validity, time.GetUtcNow());
        PutAside(_key);
        PrivateFile.Create(_key, pair.PrivateKey);
        PrivateFile.Replace(_bundle, pair.Certificate + "\n" + believed);
    }

    /// <summary>Leaves only the newest authority in the bundle.</summary>
    /// <returns>How many were dropped.</returns>
    /// <exception cref="CredentialFailure">A certificate in the folder is still signed by one that would be dropped.</exception>
    public int FinishRotation()
    {
        OpenAuthority().Dispose();
        var believed = ReadAll(_bundle);
        var behind = List()
            .Where(file => file.Identity is not null && !IsSignedBy(file.Certificate, believed[0]))
            .Select(file => file.Identity!.Describe())
            .ToList();
        if (behind.Count > 0)
        {
            throw new CredentialFailure(
                "the old authority is still needed",
                $"it signed the certificates of {string.Join(", ", behind)}",
                "redbctl certs rotate host|tool NAME for each of them, and copy the files, first"
            );
        }

        PrivateFile.Replace(_bundle, believed[0].ExportCertificatePem() + "\n");
        return believed.Length - 1;
    }

    /// <summary>Puts a certificate on the deny list.</summary>
    /// <returns>Its serial number.</returns>
    /// <exception cref="CredentialFailure">There is none of that name.</exception>
    public string Revoke(IdentityKind kind, string name)
    {
        using var certificate = ReadAll(FileOf(kind, name)).FirstOrDefault() ?? throw Nothing(kind, name);
        var before = File.Exists(_denied) ? File.ReadAllText(_denied) : "";
        if (!DenyList.Parse(before).Contains(certificate.SerialNumber))
        {
            PrivateFile.Replace(
                _denied,
                $"{before}{certificate.SerialNumber} # {Word(kind)} {name}, {time.GetUtcNow():yyyy-MM-dd}\n"
            );
        }

        return certificate.SerialNumber;
    }

    /// <summary>Every certificate in the folder: the authorities, the hosts', the tools'.</summary>
    public ImmutableArray<IssuedFile> List()
    {
        var denied = File.Exists(_denied) ? DenyList.Parse(File.ReadAllText(_denied)) : [];
        return
        [
            .. new[] { _bundle }
                .Concat(FilesOf(IdentityKind.Host))
                .Concat(FilesOf(IdentityKind.Tool))
                .SelectMany(file => ReadAll(file).Select(certificate => (file, certificate)))
                .Select(entry => new IssuedFile(
                    entry.file,
                    entry.certificate,
                    CertificateIdentity.Of(entry.certificate),
                    denied.Contains(entry.certificate.SerialNumber)
                )),
        ];
    }

    private static string Word(IdentityKind kind) => kind == IdentityKind.Host ? "host" : "tool";

    private static string KeyOf(string file) => Path.ChangeExtension(file, ".key");

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority) =>
        certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier
            is { } signer
        && authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()
            is { SubjectKeyIdentifierBytes: var own }
        && signer.Span.SequenceEqual(own.Span);

    private static void Write(string file, KeyPair pair)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(file)!);
        PrivateFile.Create(KeyOf(file), pair.PrivateKey);
        PrivateFile.Create(file, pair.Certificate + "\n");
    }

    private static ImmutableArray<X509Certificate2> ReadAll(string file)
    {
        try
        {
            var all = new X509Certificate2Collection();
            if (File.Exists(file))
            {
                all.ImportFromPem(File.ReadAllText(file));
            }

            return [.. all];
        }
        catch (CryptographicException error)
        {
            throw new CredentialFailure(
                "a certificate cannot be read",
                $"{file}: {error.Message}",
                "move it away, and issue it anew"
            );
        }
    }

    private string FileOf(IdentityKind kind, string name) => Path.Combine(path, Word(kind) + "s", name + ".crt");

    private string[] FilesOf(IdentityKind kind)
    {
        var folder = Path.Combine(path, Word(kind) + "s");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.crt") : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private void PutAside(string file)
    {
        var folder = Path.Combine(path, "replaced");
        PrivateFile.CreateFolder(folder);
        File.Move(file, Path.Combine(folder, $"{Path.GetFileName(file)}-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}"));
    }

    private CertificateAuthority OpenAuthority()
    {
        if (!File.Exists(_bundle) || !File.Exists(_key))
        {
            throw new CredentialFailure(
                "there is no authority here",
                $"{_key} does not exist",
                "redbctl certs init makes one; or name its folder with --dir"
            );
        }

        try
        {
            // The newest authority stands first in the bundle, and is the one whose key is here.
            return CertificateAuthority.Of(new(File.ReadAllText(_bundle), File.ReadAllText(_key)));
        }
        catch (CryptographicException error)
        {
            throw new CredentialFailure(
                "the authority cannot be used",
                $"{_key} is not the key of the first certificate in {_bundle}: {error.Message}",
                "put back what belongs together; replaced/ holds what rotations put aside"
            );
        }
    }

    private CredentialFailure Nothing(IdentityKind kind, string name) =>
        new(
            $"no {Word(kind)} '{name}' has a certificate here",
            $"{FileOf(kind, name)} does not exist, or is none of ours",
            "redbctl certs show lists what there is"
        );
}
