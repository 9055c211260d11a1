namespace Microsoft.DotNet.Interactive;

public static class KernelInvocationContextExtensions
{
    public static DisplayedValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes)
    {
        var displayed = new DisplayedValue(value, mimeTypes);
        context.Outputs.Add(displayed);
        return displayed;
    }
}
