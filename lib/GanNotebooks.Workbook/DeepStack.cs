using System.Runtime.ExceptionServices;

namespace GanNotebooks.Workbook;

/// <summary>
/// Runs what calls itself as deeply as a text is nested. A stack that overflows ends the process and nothing can catch it; with the limits
/// of <c>CodeShape</c> this one is never full.
/// </summary>
internal static class DeepStack
{
    // 20,000 levels of the compiler's parser with up to 3 KB each. Memory is taken only as far as the stack grows.
    private const int Bytes = 128 << 20;

    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception error)
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
