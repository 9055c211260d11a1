using System.Runtime.InteropServices;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// All parameters of a network as views of one vector, and their gradients as views of another. An optimiser, an average or a checkpoint
/// therefore handles one tensor, for any number of layers. Parameters in bfloat16 are roundings of θ instead of views: <see cref="Gather"/>
/// copies their gradients, and <see cref="Scatter"/> rounds θ into them.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] views, gradientViews;
    private readonly (int Index, Tensor Gradient)[] rounded; // the parameters in bfloat16

    public FlatParameters(nn.Module module)
    {
        parameters = [.. module.parameters().Where(p => p.requires_grad)];
        if (parameters.FirstOrDefault(p => p.dtype != float32 && p.dtype != bfloat16) is { } other)
        {
            throw new ArgumentException(
                $"a trained network needs parameters in float32, or in bfloat16 by {nameof(ReducedPrecision.InBFloat16)}(), got "
                    + $"{other.dtype}");
        }

        var device = parameters.Length > 0 ? parameters[0].device : CPU;
        long count = parameters.Sum(p => p.numel());
        Values = zeros([count], float32, device).DetachFromDisposeScope();
        Gradients = zeros([count], float32, device).DetachFromDisposeScope();
        views = Views(Values);
        gradientViews = Views(Gradients);
        foreach (var view in views.Concat(gradientViews))
            view.DetachFromDisposeScope();
        rounded = [.. parameters.Index().Where(p => p.Item.dtype == bfloat16)
            .Select(p => (p.Index, zeros_like(p.Item, requires_grad: false).DetachFromDisposeScope()))];
        Adopt();
    }

    /// <summary>The parameters θ as one vector, [P].</summary>
    public Tensor Values { get; }

    /// <summary>The gradient of the last loss by θ, [P].</summary>
    public Tensor Gradients { get; }

    /// <summary>Returns the memory of a contiguous float32 tensor on the CPU. The span is valid as long as the tensor.</summary>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    public IReadOnlyList<Tensor> Parameters => parameters;

    /// <summary>Precision in which the network's layers compute.</summary>
    public ScalarType Precision => rounded.Length > 0 ? bfloat16 : float32;

    /// <summary>
    /// Makes the network's parameters views of <see cref="Values"/>, with their current values. It is called again before each run,
    /// because another trainer may have adopted them since.
    /// </summary>
    public void Adopt()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].dtype != float32)
                continue;
            views[i].copy_(parameters[i]);
            parameters[i].set_(views[i]);
            parameters[i].grad = gradientViews[i];
        }
        foreach (var (i, gradient) in rounded)
        {
            // an unchanged parameter is skipped, so that θ keeps the digits that rounding drops
            if (parameters[i].ne(views[i].to(bfloat16)).any().item<bool>())
                views[i].copy_(parameters[i]);
            parameters[i].grad = gradient;
        }
    }

    /// <summary>Adopts values that were written into rounded parameters. The other parameters are views and need no copy.</summary>
    public void AdoptRounded()
    {
        if (rounded.Length > 0)
            Adopt();
    }

    /// <summary>Copies the gradients of rounded parameters into <see cref="Gradients"/>.</summary>
    public void Gather()
    {
        foreach (var (i, gradient) in rounded)
            gradientViews[i].copy_(gradient);
    }

    /// <summary>Rounds <see cref="Values"/> into the parameters in bfloat16. The other parameters are views.</summary>
    public void Scatter()
    {
        using var noGradient = no_grad();
        foreach (var (i, _) in rounded)
            parameters[i].copy_(views[i]);
    }

    /// <summary>Splits a flat vector into views with the shapes of the parameters, in their order.</summary>
    public Tensor[] Views(Tensor flat)
    {
        var result = new Tensor[parameters.Length];
        long start = 0;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = flat.narrow(0, start, parameters[i].numel()).view_as(parameters[i]);
            start += parameters[i].numel();
        }
        return result;
    }

    /// <summary>
    /// Computes the gradient of a loss by these parameters and no others. The graph is kept, so that another loss of the same pass can be
    /// differentiated.
    /// </summary>
    public void Differentiate(Tensor loss)
    {
        ZeroGradients();
        if (parameters.Length == 0) // a FixedGenerator
            return;
        var gradients = Gradient.Of(loss, parameters, retainGraph: true);
        using var noGradient = no_grad();
        foreach (var (parameter, gradient) in parameters.Zip(gradients))
            parameter.grad!.copy_(gradient);
    }

    public void ZeroGradients()
    {
        Gradients.zero_();
        foreach (var (_, gradient) in rounded)
            gradient.zero_();
    }

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
        foreach (var tensor in views.Concat(gradientViews).Concat(rounded.Select(r => r.Gradient)).Append(Values).Append(Gradients))
            tensor.Dispose();
    }
}
