using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Redb.Cli.Clients;

/// <summary>Tells Orleans where it runs, without the file watching of a real host environment.</summary>
internal sealed class ToolEnvironment : IHostEnvironment
{
    public string EnvironmentName { get; set; } = Environments.Production;

    public string ApplicationName { get; set; } = "redbctl";

    public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
