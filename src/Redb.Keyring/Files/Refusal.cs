using System.Runtime.InteropServices;

namespace Redb.Keyring.Files;

/// <summary>Turns what the operating system refuses into the words of a keyring.</summary>
internal static class Refusal
{
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>The failure for an error of .NET's.</summary>
    public static KeyringException Of(string what, string path, Exception error) =>
        error is UnauthorizedAccessException
            ? new(
                KeyringFault.Refused,
                what,
                $"this user may not: {error.Message}",
                $"run it as the user that {Path.GetDirectoryName(path)} belongs to, or choose another keyring.path"
            )
            : Of(what, path, error.HResult, error.Message);

    /// <summary>The failure for an error number of the system's.</summary>
    public static KeyringException OfNumber(string what, string path, int error) =>
        Of(what, path, error, Marshal.GetPInvokeErrorMessage(error));

    private static KeyringException Of(string what, string path, int error, string message)
    {
        var folder = Path.GetDirectoryName(path);
        var next = error switch
        {
            NoSpace or QuotaExceeded => $"free space (df {folder}); what was kept before is unharmed",
            ReadOnly => $"have {folder} mounted writable, or choose another keyring.path",
            _ => $"see that {folder} can be written (ls -ld {folder}); what was kept before is unharmed",
        };
        return new(KeyringFault.Refused, what, message, next);
    }
}
