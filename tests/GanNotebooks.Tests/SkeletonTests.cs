namespace GanNotebooks.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void Lab_Type_IsPublic() => Assert.True(typeof(Lab).IsPublic);
}
