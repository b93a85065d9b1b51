using CsCheck;

namespace Redb.Grains.Tests.Mesh;

public sealed class LinkPropertyTests
{
    // Longer than the longest back-off and a look together.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    [Fact]
    public void Whatever_was_lost_cut_or_restarted_in_the_end_everybody_has_a_session_with_everybody() =>
        Gen.Select(Gen.Int[2, 7], Gen.Int[0, int.MaxValue].Array[0, 40])
            .Sample(
                (count, dice) =>
                {
                    var mesh = new MeshSimulation(count);
                    foreach (var die in dice)
                    {
                        Disturb(mesh, die);
                    }

                    mesh.Heal();
                    mesh.Pass(Quiet);

                    mesh.IsWhole.Should().BeTrue();
                },
                iter: 300
            );

    private static void Disturb(MeshSimulation mesh, int die)
    {
        var (one, other) = (die / 8 % mesh.Count, die / 64 % mesh.Count);
        switch (die % 8)
        {
            case 0:
                mesh.Restart(one);
                break;
            case 1 or 2 when one != other:
                mesh.Lose(one, other);
                break;
            case 3 or 4 when one != other:
                mesh.Cut(one, other);
                break;
            case 5:
                mesh.Heal();
                break;
            default:
                mesh.Pass(TimeSpan.FromMilliseconds(die % 3000));
                break;
        }
    }
}
