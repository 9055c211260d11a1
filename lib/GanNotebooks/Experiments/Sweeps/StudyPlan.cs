using GanNotebooks.Studies;

namespace GanNotebooks.Experiments;

/// <summary>Plans of sweeps that repeat a study of the notebooks on other data: its rows are the variants of the sweep.</summary>
public static class StudyPlan
{
    // A plan lists its seeds by themselves; the one of its base is the recipes' own.
    private static readonly int UsualSeed = new TrainingRecipe("", "").Seed;

    /// <summary>The remedies against mode collapse, on other points.</summary>
    /// <param name="setup">Networks and settings of the plain GAN, such as <see cref="CollapseSetup.DroppedModes"/>.</param>
    /// <param name="methods">The rows. The table compares the others with the first one.</param>
    /// <param name="data">Name of the points, such as <c>csv:points.csv</c>.</param>
    /// <param name="steps">Updates of G in each run.</param>
    /// <param name="seeds">Seeds of each row.</param>
    /// <exception cref="ArgumentException">There are no rows, no recipe has the networks of the set-up, or the data are no
    /// points.</exception>
    public static SweepPlan Of(
        CollapseSetup setup, IReadOnlyList<CollapseMethod> methods, string data, int steps, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(methods);
        return Of([.. methods.Select(m => (m.Name, m.Recipe(setup, data) with { Steps = steps }))], seeds);
    }

    /// <summary>The networks of stacked MNIST, on other images.</summary>
    /// <param name="methods">The rows (<see cref="StackedStudy.Methods"/>). The table compares the others with the first one.</param>
    /// <param name="data">Name of the images, such as <c>folder:photos,side=32,channels=3</c>.</param>
    /// <param name="steps">Updates of G in each run.</param>
    /// <param name="seeds">Seeds of each row.</param>
    /// <exception cref="ArgumentException">There are no rows, a row is unknown, or the data are no images.</exception>
    public static SweepPlan OfStacked(IReadOnlyList<string> methods, string data, int steps, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(methods);
        var (study, images) = (new StackedStudy("", ""), RecipeData.Named(data).Name);
        return Of([.. methods.Select(m => (m, study.Recipe(m, UsualSeed) with { Data = images, Steps = steps }))], seeds);
    }

    private static SweepPlan Of(IReadOnlyList<(string Name, TrainingRecipe Recipe)> rows, IReadOnlyList<int> seeds)
    {
        if (rows.Count == 0)
            throw new ArgumentException("a study needs a row");
        var first = rows[0].Recipe;
        return new SweepPlan(first)
        {
            Variants = [.. rows.Select(row => new SweepVariant(row.Name, first.ChangesTo(row.Recipe)))], Seeds = seeds,
        };
    }
}
