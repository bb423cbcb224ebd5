using System.ComponentModel;

namespace ActorJobs.Hocon.Tests.Configuration;

public sealed class HoconDurationConverterTests
{
    [Theory]
    [InlineData("10 seconds")]
    [InlineData("PT10S")]
    [InlineData("00:00:10")]
    [InlineData("10")]
    [InlineData("10000ms")]
    public void Options_bind_every_documented_form(string text)
    {
        var provider = TypeDescriptor.AddAttributes(typeof(TimeSpan), new TypeConverterAttribute(typeof(HoconDurationConverter)));
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Lease", text)]).Build();
            Assert.Equal(TimeSpan.FromSeconds(10), configuration.GetValue<TimeSpan>("Lease"));
        }
        finally
        {
            TypeDescriptor.RemoveProvider(provider, typeof(TimeSpan));
        }
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("10 weeks")]
    [InlineData("1:2:3:4:5")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<FormatException>(() => new HoconDurationConverter().ConvertFrom(text));
}
