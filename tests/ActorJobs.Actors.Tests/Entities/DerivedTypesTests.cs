using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class DerivedTypesTests
{
    public static TheoryData<Type> Roots =>
    [
        typeof(AccountEvent), typeof(Shape), typeof(Flat), typeof(IShape), typeof(Wrapped<int>), typeof(Generic<>), typeof(Alone), typeof(IEntityCodec<,>), typeof(Exception),
    ];

    /// <summary>What the runtime says when it loads everything is the truth.</summary>
    [Theory]
    [MemberData(nameof(Roots))]
    public void They_are_those_that_a_search_of_all_types_finds(Type root) => Assert.Equal(
        root.Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(root)).OrderBy(type => type.FullName),
        DerivedTypes.Of(root).OrderBy(type => type.FullName));

    [Fact]
    public void Levels_abstract_ones_and_generic_ones_between_do_not_hide_a_type() =>
        Assert.Equal([typeof(Circle), typeof(Cube), typeof(Disc)], DerivedTypes.Of(typeof(Shape)).Where(type => !type.ContainsGenericParameters));

    // deeper ones first, so that order is no help
    private sealed record Circle : Flat;

    private sealed record Cube : Shape, IShape;

    private abstract record Flat : Shape;

    private sealed record Wrapped<T> : Shape;

    private sealed record Disc : Generic<int>;

    private abstract record Generic<T> : Flat;

    private abstract record Shape;

    private interface IShape;

    private sealed record Alone;
}
