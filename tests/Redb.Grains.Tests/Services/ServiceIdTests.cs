using Redb.Grains.Services;

namespace Redb.Grains.Tests.Services;

public sealed class ServiceIdTests
{
    [Fact]
    public void An_id_says_whose_it_is_and_is_never_given_twice()
    {
        var id = ServiceId.New("core");

        ServiceId.NameIn(id).Should().Be("core");
        id.Should().MatchRegex("^core/[0-9a-f-]{36}$");
        ServiceId.New("core").Should().NotBe(id);
    }

    [Theory]
    [InlineData("core", "core")]
    [InlineData("", "")]
    [InlineData("/x", "")]
    public void A_plain_name_stands_for_itself(string id, string name) => ServiceId.NameIn(id).Should().Be(name);

    [Theory]
    [InlineData("core", true)]
    [InlineData("my-app_2.x", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    public void A_name_is_letters_digits_dots_dashes_and_underscores(string text, bool expected) =>
        ServiceId.IsName(text).Should().Be(expected);

    [Fact]
    public void A_name_has_at_most_sixty_three_letters()
    {
        ServiceId.IsName(new string('a', 63)).Should().BeTrue();
        ServiceId.IsName(new string('a', 64)).Should().BeFalse();
    }
}
