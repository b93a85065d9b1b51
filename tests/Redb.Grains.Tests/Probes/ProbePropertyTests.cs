using CsCheck;
using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Grains.Probes;
using static Redb.Grains.Services.ServiceInput;

namespace Redb.Grains.Tests.Probes;

public sealed class ProbePropertyTests
{
    private static readonly Gen<ProbeConfiguration> Probes = Gen.Select(
            Gen.Enum<ProbeKind>(),
            Gen.Int[1, 3],
            Gen.Int[1, 3]
        )
        .Select(
            (kind, failures, passes) =>
                new ProbeConfiguration
                {
                    Kind = kind,
                    FailureThreshold = failures,
                    SuccessThreshold = passes,
                }
        );

    private static readonly Gen<ProbeInput> Inputs = Gen.OneOf<ProbeInput>(
        Gen.Enum<ServiceHealth>().Select(ProbeInput (health) => new ProbeInput.Heartbeat(health)),
        Gen.Select(Gen.Enum<ProbeRole>(), Gen.Bool)
            .Select(ProbeInput (role, passed) => new ProbeInput.Attempted(role, new(passed, "asked"))),
        Gen.Const<ProbeInput>(new ProbeInput.Notified()),
        Gen.Const<ProbeInput>(new ProbeInput.SilenceDue()),
        Gen.Const<ProbeInput>(new ProbeInput.StartupDue())
    );

    [Fact]
    public void Whatever_is_seen_and_heard_the_facts_told_make_sense() =>
        Gen.Select(Probes, Probes, Probes, Inputs.Array[0, 60], Gen.Double[0, 2].Array[60])
            .Sample(
                (startup, readiness, liveness, inputs, pauses) =>
                {
                    var run = new ProbeScript(
                        new()
                        {
                            Startup = startup,
                            Readiness = readiness,
                            Liveness = liveness,
                        }
                    ).Began();

                    foreach (var (input, pause) in inputs.Zip(pauses))
                    {
                        run.After(pause).Play(input);
                    }

                    run.Told.OfType<StartedUp>().Count().Should().BeLessThanOrEqualTo(1);
                    run.Told.OfType<ProbeFailed>().Count().Should().BeLessThanOrEqualTo(1);
                    run.Told.SkipLast(1).Should().NotContain(news => news is ProbeFailed);
                    run.Told.TakeWhile(news => news is not StartedUp).Should().OnlyContain(news => news is ProbeFailed);
                    run.Told.Zip(run.Told.Skip(1))
                        .Should()
                        .OnlyContain(pair => pair.First.GetType() != pair.Second.GetType(), "each of them is news");
                    run.Told.SkipWhile(news => news is not StartedUp)
                        .Skip(1)
                        .Take(1)
                        .Should()
                        .NotContain(news => news is LostReadiness, "nobody loses what he never had");
                },
                iter: 5000
            );
}
