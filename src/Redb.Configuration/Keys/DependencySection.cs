using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>One item of <c>services.NAME.dependencies</c> in its long form.</summary>
internal static class DependencySection
{
    public static readonly Key<OnLost> OnLost = new(
        "on_lost",
        new ChoiceShape<OnLost>([
            ("ignore", Abstractions.Services.OnLost.Ignore),
            ("hold", Abstractions.Services.OnLost.Hold),
            ("restart", Abstractions.Services.OnLost.Restart),
            ("stop", Abstractions.Services.OnLost.Stop),
        ]),
        Abstractions.Services.OnLost.Ignore,
        "What happens to this service when the dependency stops being ready."
    );

    private static readonly Key<string> Service = new(
        "service",
        ServiceSection.Names,
        "",
        "The service that must be ready first."
    )
    {
        IsRequired = true,
    };

    public static Section Section { get; } = new("dependency", [Service, OnLost]);

    public static DependencyConfiguration Read(SectionReader section) => new(section.Get(Service), section.Get(OnLost));
}
