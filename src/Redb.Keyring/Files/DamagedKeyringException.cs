namespace Redb.Keyring.Files;

/// <summary>Carries what is wrong with the text of a keyring from its parser to whoever knows the file.</summary>
internal sealed class DamagedKeyringException(string damage) : Exception(damage);
