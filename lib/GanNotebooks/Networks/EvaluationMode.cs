using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Puts a network into evaluation mode while it lives - batch normalisation takes its running statistics and leaves them alone, dropout
/// passes everything - and then puts every part back into the mode that it was in.
/// </summary>
public sealed class EvaluationMode : IDisposable
{
    private readonly List<(nn.Module Part, bool Training)> modes;

    /// <summary>Puts the network into evaluation mode.</summary>
    /// <param name="module">The network.</param>
    public EvaluationMode(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        modes = [.. module.modules().Prepend(module).Select(part => (part, part.training))];
        module.eval();
    }

    /// <summary>Restores the mode of every part.</summary>
    public void Dispose()
    {
        foreach (var (part, training) in modes) // a module hands its mode down, and comes before its parts here
            part.train(training);
    }
}
