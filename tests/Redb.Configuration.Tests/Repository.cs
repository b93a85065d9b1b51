namespace Redb.Configuration.Tests;

/// <summary>Files of the repository the tests run in.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Redb.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"Redb.sln is not above {AppContext.BaseDirectory}.");
    }
}
