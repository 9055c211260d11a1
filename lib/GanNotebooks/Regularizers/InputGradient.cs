using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>The gradient of a logit by its input, itself differentiable in the discriminator's parameters.</summary>
public static class InputGradient
{
    /// <summary>∇ₓ l(x) for each sample of a batch.</summary>
    /// <param name="discriminator">Maps samples [N, ...] to logits [N, 1].</param>
    /// <param name="samples">The points [N, ...] at which the gradient is taken; they count as constants.</param>
    /// <returns>[N, d], d the numbers in a sample.</returns>
    /// <exception cref="ArgumentException">The discriminator does not return [N, 1].</exception>
    public static Tensor Of(Func<Tensor, Tensor> discriminator, Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(samples);
        var x = samples.detach().requires_grad_(true);
        var logits = discriminator(x); // [N, 1]
        if (logits.shape is not [var n, 1] || n != x.size(0))
            throw new ArgumentException($"expected logits [{x.size(0)}, 1], got {Shape.Text(logits.shape)}");
        // Each logit depends on its own sample, so the gradient of the sum holds all of them. Where D ignores its input, it is 0.
        var gradient = Gradient.Of(logits.sum(), [x], retainGraph: true, createGraph: true)[0];
        return gradient.flatten(1); // [N, d]
    }

    internal static void RequireSameShape(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        if (!real.shape.SequenceEqual(fake.shape))
            throw new ArgumentException($"expected real and fake of one shape, got {Shape.Text(real.shape)} and {Shape.Text(fake.shape)}");
    }
}
