using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// All parameters of a network as views of one vector, and their gradients as views of another: an optimiser, an average or a checkpoint
/// handles one tensor, whatever the number of layers.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] views, gradientViews;

    public FlatParameters(nn.Module module)
    {
        parameters = [.. module.parameters().Where(p => p.requires_grad)];
        if (parameters.Any(p => p.dtype != float32))
            throw new ArgumentException($"a trained network needs float32 parameters, got {parameters.First(p => p.dtype != float32).dtype}");
        var device = parameters.Length > 0 ? parameters[0].device : CPU;
        long count = parameters.Sum(p => p.numel());
        Values = zeros([count], float32, device).DetachFromDisposeScope();
        Gradients = zeros([count], float32, device).DetachFromDisposeScope();
        views = Views(Values);
        gradientViews = Views(Gradients);
        foreach (var view in views.Concat(gradientViews))
            view.DetachFromDisposeScope();
        Adopt();
    }

    /// <summary>θ, [P].</summary>
    public Tensor Values { get; }

    /// <summary>The gradient of the last loss by θ, [P].</summary>
    public Tensor Gradients { get; }

    public IReadOnlyList<Tensor> Parameters => parameters;

    /// <summary>
    /// Makes the network's parameters views of <see cref="Values"/>, with the values that they have now. Called again before each run: in between
    /// another trainer may have adopted them.
    /// </summary>
    public void Adopt()
    {
        using var noGradient = no_grad();
        for (int i = 0; i < parameters.Length; i++)
        {
            views[i].copy_(parameters[i]);
            parameters[i].set_(views[i]);
            parameters[i].grad = gradientViews[i];
        }
    }

    /// <summary>A flat vector cut and shaped like the parameters, in their order.</summary>
    public Tensor[] Views(Tensor flat)
    {
        var result = new Tensor[parameters.Length];
        long start = 0;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = flat.narrow(0, start, parameters[i].numel()).view(parameters[i].shape);
            start += parameters[i].numel();
        }
        return result;
    }

    public void ZeroGradients() => Gradients.zero_();

    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        return Gradients.norm().item<float>();
    }

    // The network keeps its parameters: they share the storage, which lives as long as any view of it.
    public void Dispose()
    {
        foreach (var parameter in parameters)
        {
            if (!parameter.IsInvalid)
                parameter.grad = null;
        }
        foreach (var tensor in views.Concat(gradientViews).Append(Values).Append(Gradients))
            tensor.Dispose();
    }
}
