using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// Random changes of every image that D sees, real and generated, in the steps of both players, so that few images serve D longer
/// (DiffAugment, Zhao et al. 2020, equations 5 to 7). Each change is differentiable: G's gradient passes through it. Each is made with
/// probability p for each image on its own, as in ADA (Karras et al. 2020, section 2.2); DiffAugment has p = 1. Colour has no place here:
/// brightness would turn the black ground of a digit grey, and a grey image has no saturation.
/// </summary>
public sealed record Augmentation
{
    private const int Draws = 6;

    /// <summary>Largest shift r as a fraction of the side: shifts are whole pixels, uniform from −r to r on each axis; 1/8 in
    /// DiffAugment; 0 for none.</summary>
    public double Translation { get; init; } = 0.125;

    /// <summary>Side of the square that is covered, as a fraction of the image's side; 1/2 in DiffAugment; 0 for none. Its centre is
    /// uniform over the image, so that squares at the border are cut off.</summary>
    public double Cutout { get; init; }

    /// <summary>Probability p of each change, in [0, 1], if it is fixed.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The rule that moves p during the run; null for a fixed p.</summary>
    public AdaptiveProbability? Adaptive { get; init; }

    /// <summary>Value of pixels that come in from outside and of the covered square. The default is that of DiffAugment's program: 0, which
    /// is mid-grey where pixels lie in [−1, 1], so that D sees by how much an image was moved. With −1 on a black ground it does
    /// not.</summary>
    public double Fill { get; init; }

    /// <summary>Probability of each change at the first step.</summary>
    internal double Start => Adaptive?.Start ?? Probability;

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or nothing would be changed.</exception>
    public void Validate()
    {
        foreach (var (name, value) in new[] { (nameof(Translation), Translation), (nameof(Cutout), Cutout),
            (nameof(Probability), Probability) })
        {
            if (!(value is >= 0 and <= 1))
                throw new ArgumentException($"{nameof(Augmentation)}.{name} must lie in [0, 1], got {value}");
        }
        if (!double.IsFinite(Fill))
            throw new ArgumentException($"{nameof(Augmentation)}.{nameof(Fill)} must be a number, got {Fill}");
        if (Translation == 0 && Cutout == 0)
            throw new ArgumentException("an Augmentation without Translation and Cutout changes nothing; leave Augmentation null");
        if (Adaptive is not null && Probability != 1)
            throw new ArgumentException("Adaptive moves the probability from its Start; leave Probability out");
        Adaptive?.Validate();
    }

    /// <summary>Largest shift in pixels, r: 4 for 28 pixels and 1/8, rounded as the program of DiffAugment rounds.</summary>
    /// <param name="side">Side of the image in pixels.</param>
    public int Shift(int side) => Pixels(side, Translation);

    /// <summary>Side of the covered square in pixels: 14 for 28 pixels and 1/2.</summary>
    /// <param name="side">Side of the image in pixels.</param>
    public int Square(int side) => Pixels(side, Cutout);

    /// <summary>Changes each image with its own random numbers; the result is differentiable in the images.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="probability">p, the probability of each change.</param>
    /// <param name="random">Source of the random numbers, on the CPU wherever the images are. Always 6 N numbers are drawn.</param>
    /// <returns>[N, C, H, W].</returns>
    /// <exception cref="ArgumentException">The samples are not images.</exception>
    public Tensor Apply(Tensor images, double probability, Generator random)
    {
        RequireImages(images);
        var (height, width) = ((int)images.size(2), (int)images.size(3));
        var u = empty([images.size(0), Draws]).FillUniform(0, 1, random); // [N, 6] on the CPU
        var result = images;
        if (Translation > 0)
        {
            var chosen = u.select(1, 0) < probability; // [N]
            result = Translate(result, Whole(u, 1, Shift(height), chosen), Whole(u, 2, Shift(width), chosen), Fill);
        }
        if (Cutout > 0)
        {
            var chosen = u.select(1, 3) < probability; // [N]
            result = Cover(result, Centre(u, 4, height), Centre(u, 5, width), chosen, Square(height), Square(width), Fill);
        }
        return result;
    }

    /// <summary>
    /// Moves each image by whole pixels. What leaves it is lost, and what comes in has the value <paramref name="fill"/>.
    /// </summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="down">Shift of each image towards higher rows, [N], int64, on the CPU.</param>
    /// <param name="right">Shift of each image towards higher columns, [N], int64, on the CPU.</param>
    /// <param name="fill">Value of the pixels that come in.</param>
    /// <returns>y[n, c, i, j] = x[n, c, i − down[n], j − right[n]], [N, C, H, W].</returns>
    public static Tensor Translate(Tensor images, Tensor down, Tensor right, double fill)
    {
        RequireImages(images);
        using var scope = NewDisposeScope();
        var (n, channels, height, width) = (images.size(0), images.size(1), images.size(2), images.size(3));
        var rows = arange(height).unsqueeze(0) - down.unsqueeze(1); // [N, H]
        var columns = arange(width).unsqueeze(0) - right.unsqueeze(1); // [N, W]
        var inside = (rows.ge(0) & rows.lt(height)).unsqueeze(2) & (columns.ge(0) & columns.lt(width)).unsqueeze(1); // [N, H, W]
        var source = rows.clamp(0, height - 1).unsqueeze(2) * width + columns.clamp(0, width - 1).unsqueeze(1); // [N, H, W]
        var index = source.reshape(n, 1, height * width).expand(n, channels, height * width).to(images.device);
        var moved = images.reshape(n, channels, height * width).gather(2, index).reshape(images.shape);
        return where(inside.unsqueeze(1).to(images.device), moved, full_like(moved, fill)).MoveToOuterDisposeScope();
    }

    private static Tensor Cover(Tensor images, Tensor row, Tensor column, Tensor chosen, int high, int wide, double fill)
    {
        using var scope = NewDisposeScope();
        var rows = Within(images.size(2), row, high) & chosen.unsqueeze(1); // [N, H]
        var columns = Within(images.size(3), column, wide); // [N, W]
        var covered = (rows.unsqueeze(2) & columns.unsqueeze(1)).unsqueeze(1).to(images.device); // [N, 1, H, W]
        return where(covered, full_like(images, fill), images).MoveToOuterDisposeScope();
    }

    // The pixels centre − size/2, …, centre + size/2 − 1, as in the program of DiffAugment.
    private static Tensor Within(long side, Tensor centre, int size)
    {
        var from = centre.unsqueeze(1) - size / 2; // [N, 1]
        var pixels = arange(side).unsqueeze(0); // [1, side]
        return pixels.ge(from) & pixels.lt(from + size);
    }

    // Uniform on −r, …, r; 0 for an image that is left as it is.
    private static Tensor Whole(Tensor u, int draw, int largest, Tensor chosen) =>
        ((u.select(1, draw) * (2 * largest + 1)).floor().clamp(0, 2 * largest).to(int64) - largest) * chosen.to(int64);

    // Uniform on 0, …, side for an even square, as in the program of DiffAugment: as many positions on either side of the middle.
    private static Tensor Centre(Tensor u, int draw, int side) => (u.select(1, draw) * (side + 1)).floor().clamp(0, side).to(int64);

    private static int Pixels(int side, double fraction) => (int)(side * fraction + 0.5);

    private static void RequireImages(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4)
            throw new ArgumentException($"expected images [N, C, H, W], got {Shape.Text(images.shape)}", nameof(images));
    }
}

/// <summary>
/// ADA's rule for the probability p of an augmentation (Karras et al. 2020, section 3): r_t is the mean sign of D's logits on the training
/// images it sees, augmented as they are. After every so many batches p rises by a fixed amount if r_t exceeds its target, because D then
/// knows its training images too well, and falls by as much if r_t is below.
/// </summary>
/// <param name="Target">Target of r_t; 0.6 in the paper.</param>
/// <param name="ImagesPerUnit">Number of training images in which p could rise from 0 to 1; 500,000 in the paper. A short run needs
/// fewer.</param>
/// <param name="Every">Number of batches between two changes of p; 4 in the paper.</param>
/// <param name="Start">p at the first step; 0 in the paper.</param>
public sealed record AdaptiveProbability(double Target = 0.6, double ImagesPerUnit = 500_000, int Every = 4, double Start = 0)
{
    /// <summary>
    /// Returns p after one change: p + sign(r_t − target) · batch · every / images per unit, kept in [0, 1]. NVIDIA's program keeps it
    /// above 0 only: there p may exceed 1, acts as 1, and needs as long to come back.
    /// </summary>
    /// <param name="probability">p before the change.</param>
    /// <param name="sign">r_t, the mean sign of D on training images since the last change, in [−1, 1].</param>
    /// <param name="batchSize">Number of training images in a batch.</param>
    public double Next(double probability, double sign, int batchSize) =>
        Math.Clamp(probability + Math.Sign(sign - Target) * batchSize * (double)Every / ImagesPerUnit, 0, 1);

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        if (!(Target is > -1 and < 1))
            throw new ArgumentException($"{nameof(AdaptiveProbability)}.{nameof(Target)} must lie in (−1, 1), got {Target}");
        if (!(ImagesPerUnit > 0) || !double.IsFinite(ImagesPerUnit))
            throw new ArgumentException($"{nameof(AdaptiveProbability)}.{nameof(ImagesPerUnit)} must be positive, got {ImagesPerUnit}");
        if (Every < 1)
            throw new ArgumentException($"{nameof(AdaptiveProbability)}.{nameof(Every)} must be at least 1, got {Every}");
        if (!(Start is >= 0 and <= 1))
            throw new ArgumentException($"{nameof(AdaptiveProbability)}.{nameof(Start)} must lie in [0, 1], got {Start}");
    }
}
