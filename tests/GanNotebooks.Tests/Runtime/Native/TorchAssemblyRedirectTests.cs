using System.Reflection;
using GanNotebooks.Runtime;
using TorchSharp;

namespace GanNotebooks.Tests.Runtime;

public sealed class TorchAssemblyRedirectTests
{
    [Theory]
    [InlineData("TorchSharp, Version=0.103.0.0")]
    [InlineData("TorchSharp")]
    public void Serve_OlderOrAnyVersion_IsTheOneThatIsLoaded(string wanted) =>
        Assert.Same(typeof(torch).Assembly, TorchAssemblyRedirect.Serve(new AssemblyName(wanted)));

    [Theory]
    [InlineData("TorchSharp, Version=99.0.0.0")]
    [InlineData("TorchSharp.PyBridge, Version=0.1.0.0")]
    public void Serve_NewerVersionOrAnotherName_IsNothing(string wanted) =>
        Assert.Null(TorchAssemblyRedirect.Serve(new AssemblyName(wanted)));
}
