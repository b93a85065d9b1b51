using System.Security.Cryptography;

namespace Redb.Security.Certificates;

/// <summary>
/// What a process shows and whom it believes, read again when its files change: a new certificate, a new authority or a new line in the deny list takes
/// effect with the next connection or call, without a restart. Files that cannot be used leave what was read before in force.
/// </summary>
internal sealed class Credentials
{
    // Long enough to cost nothing under a flood of connections, short enough to be "at once" for whoever copied a file.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TlsFiles _files;
    private readonly TimeProvider _time;
    private CredentialSet _set;
    private string _stamp;
    private long _looked;

    private Credentials(TlsFiles files, TimeProvider time)
    {
        _files = files;
        _time = time;
        _stamp = StampOf(files);
        _looked = time.GetTimestamp();
        _set = CredentialSet.Read(files);
    }

    /// <summary>Why the files as they are now are not used; empty while they are.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>What is in force. Replaced ones are left to the collector: connections may still use them.</summary>
    public CredentialSet Current
    {
        get
        {
            lock (_gate)
            {
                if (_time.GetElapsedTime(_looked) >= LookAgain)
                {
                    _looked = _time.GetTimestamp();
                    Refresh();
                }

                return _set;
            }
        }
    }

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="CredentialFailure">They cannot be used.</exception>
    public static Credentials Open(TlsFiles files, TimeProvider time) => new(files, time);

    private void Refresh()
    {
        var stamp = StampOf(_files);
        if (stamp == _stamp)
        {
            return;
        }

        try
        {
            _set = CredentialSet.Read(_files);
            _stamp = stamp;
            Trouble = "";
        }
        catch (CredentialFailure failure)
        {
            // Most likely one of two files is copied already and the other is not: the next look will find both.
            Trouble = failure.Describe();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Trouble = error.Message;
        }
    }

    private static string StampOf(TlsFiles files) =>
        string.Join(
            '|',
            files.All.Select(file =>
            {
                var entry = new FileInfo(file);
                return entry.Exists ? $"{entry.LastWriteTimeUtc.Ticks}:{entry.Length}" : "-";
            })
        );
}
