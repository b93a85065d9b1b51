using System.Globalization;
using System.Net;
using Redb.Hosting.Service.Configuration;

namespace Redb.StandIn.Roles;

/// <summary>The HTTP side of clientapi: <c>GET /health</c>.</summary>
internal sealed class RestListener(LiveConfiguration configuration, TimeProvider time) : IAsyncDisposable
{
    private const int DefaultPort = 8080;
    private WebApplication? _app;

    public async Task<int> StartAsync(CancellationToken stopping)
    {
        var port = Port();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync(stopping);
        return port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Path != "/health")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json";
        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);
        return context.Response.WriteAsync(
            $$"""{"status":"healthy","service":"clientapi","timestamp":"{{now}}"}""",
            context.RequestAborted
        );
    }

    // The order in which clientapi itself looks.
    private int Port()
    {
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("REST_API_PORT"),
            Environment.GetEnvironmentVariable("EXTERNAL_PORT"),
            configuration["services.clientapi.http_port"],
        ];
        return candidates
            .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var port) ? port : 0)
            .FirstOrDefault(port => port > 0, DefaultPort);
    }
}
