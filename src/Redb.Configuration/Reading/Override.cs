namespace Redb.Configuration.Reading;

/// <summary>A value from the command line or the environment that replaces what the file says.</summary>
internal readonly record struct Override(string Text, ValueOrigin Origin, string Source);
