using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Makes any network conditional by giving it the condition as further input (Mirza and Osindero 2014, figure 1). A vector is appended to
/// an input [N, d]; an input [N, C, H, W] gets one constant plane for each number of it. A condition [N, K, H, W] is appended as K
/// channels, as pix2pix does (Isola et al. 2017, section 3.2.2).
/// </summary>
public sealed class ConcatenatedCondition : ConditionalNetwork
{
    private readonly nn.Module<Tensor, Tensor> body;

    /// <summary>Wraps a network.</summary>
    /// <param name="body">Network whose input is as much wider as the condition has numbers, or channels.</param>
    public ConcatenatedCondition(nn.Module<Tensor, Tensor> body)
        : base(nameof(ConcatenatedCondition))
    {
        ArgumentNullException.ThrowIfNull(body);
        this.body = body;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor condition)
    {
        ArgumentNullException.ThrowIfNull(input);
        return body.call(cat([input, Beside(input, condition)], 1));
    }

    /// <summary>The condition in a shape that can stand beside an input.</summary>
    internal static Tensor Beside(Tensor input, Tensor condition) => (input.dim(), condition.dim()) switch
    {
        (2, 2) or (4, 4) => condition,
        (4, 2) => condition[.., .., TensorIndex.None, TensorIndex.None]
            .expand(condition.size(0), condition.size(1), input.size(2), input.size(3)), // [N, K, H, W]
        _ => throw new ArgumentException(
            $"a condition {Shape.Text(condition.shape)} cannot stand beside an input {Shape.Text(input.shape)}", nameof(condition)),
    };
}

/// <summary>
/// Gives a conditional network its condition once more, beside its input: as the generator of BigGAN-deep (Brock and others 2019, appendix
/// B), which has the class in scale and shift of its layers, and beside the noise at its start.
/// </summary>
public sealed class ConditionAtInput : ConditionalNetwork
{
    private readonly ConditionalNetwork body;

    /// <summary>Wraps a network.</summary>
    /// <param name="body">Network whose input is as much wider as the condition has numbers.</param>
    public ConditionAtInput(ConditionalNetwork body)
        : base(nameof(ConditionAtInput))
    {
        ArgumentNullException.ThrowIfNull(body);
        this.body = body;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor condition)
    {
        ArgumentNullException.ThrowIfNull(input);
        return body.call(cat([input, ConcatenatedCondition.Beside(input, condition)], 1), condition);
    }
}

/// <summary>
/// Gives a network without a condition the form of a conditional one. It ignores the condition: the control that shows what a condition
/// does.
/// </summary>
public sealed class IgnoredCondition : ConditionalNetwork
{
    private readonly nn.Module<Tensor, Tensor> body;

    /// <summary>Wraps a network.</summary>
    /// <param name="body">Network without a condition.</param>
    public IgnoredCondition(nn.Module<Tensor, Tensor> body)
        : base(nameof(IgnoredCondition))
    {
        ArgumentNullException.ThrowIfNull(body);
        this.body = body;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor condition) => body.call(input);
}

/// <summary>
/// Encodes the condition by a network, for example captions by a recurrent one, and gives the code to a conditional network.
/// </summary>
public sealed class EncodedCondition : ConditionalNetwork
{
    private readonly nn.Module<Tensor, Tensor> encoder;
    private readonly ConditionalNetwork inner;

    /// <summary>Joins encoder and network; both are trained.</summary>
    /// <param name="encoder">Maps conditions [N, ...] to codes [N, K].</param>
    /// <param name="inner">Network that takes the codes as its conditions.</param>
    public EncodedCondition(nn.Module<Tensor, Tensor> encoder, ConditionalNetwork inner)
        : base(nameof(EncodedCondition))
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(inner);
        (this.encoder, this.inner) = (encoder, inner);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor condition) => inner.call(input, encoder.call(condition));
}
