using System.Runtime.InteropServices;

namespace Redb.Silo.Processes;

/// <summary>The Linux error numbers that the launcher tells apart.</summary>
internal static class Errno
{
    public const int NoPermission = 1;
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int TooBig = 7;
    public const int BadFormat = 8;
    public const int NoChild = 10;
    public const int TryAgain = 11;
    public const int NoMemory = 12;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int NotDirectory = 20;
    public const int Invalid = 22;
    public const int TextBusy = 26;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int QuotaExceeded = 122;

    /// <summary>The system's own words: <c>Permission denied</c>.</summary>
    public static string Describe(int number) => Marshal.GetPInvokeErrorMessage(number);
}
