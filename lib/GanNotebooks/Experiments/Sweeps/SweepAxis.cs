using System.Globalization;
using GanNotebooks.Studies;

namespace GanNotebooks.Experiments;

/// <summary>A setting of a sweep and the values that it takes.</summary>
/// <param name="Key">Name of the setting, as <see cref="TrainingRecipe.With"/> takes it.</param>
/// <param name="Values">The values as text. A random search chooses one of them.</param>
public sealed record SweepAxis(string Key, params IReadOnlyList<string> Values);

/// <summary>A setting of a random search and the range that its values come from.</summary>
/// <param name="Key">Name of the setting, as <see cref="TrainingRecipe.With"/> takes it.</param>
/// <param name="Scale">Law of the values.</param>
/// <param name="From">Smallest value.</param>
/// <param name="To">Largest value.</param>
public sealed record SearchRange(string Key, SearchScale Scale, double From, double To)
{
    /// <summary>Reads a range such as <c>0.1..10</c>, <c>log:1e-5..1e-2</c> or <c>whole:16..128</c>.</summary>
    /// <param name="key">Name of the setting.</param>
    /// <param name="text">The range.</param>
    /// <exception cref="ArgumentException">The text is no range.</exception>
    public static SearchRange Parse(string key, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] ends = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Split("..");
        SearchScale? scale = text.Contains(':', StringComparison.Ordinal)
            ? text.Split(':')[0].ToLowerInvariant() switch { "log" => SearchScale.LogUniform, "whole" => SearchScale.Whole, _ => null }
            : SearchScale.Uniform;
        return scale is { } law && ends is [var first, var last]
            && double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out double from)
            && double.TryParse(last, NumberStyles.Float, CultureInfo.InvariantCulture, out double to)
            ? new SearchRange(key, law, from, to)
            : throw new ArgumentException($"{key}: '{text}' is no range such as 0.1..10, log:1e-5..1e-2 or whole:16..128");
    }
}

/// <summary>Laws of the values in a <see cref="SearchRange"/>.</summary>
public enum SearchScale
{
    /// <summary>All numbers between the ends are equally likely.</summary>
    Uniform,

    /// <summary>All logarithms between those of the ends are equally likely, as rates need it.</summary>
    LogUniform,

    /// <summary>All whole numbers from one end to the other are equally likely.</summary>
    Whole,
}

/// <summary>
/// A random search: a number of settings, each drawn from the axes and the ranges of a plan. Every setting is trained with all seeds of
/// the plan.
/// </summary>
/// <param name="Budget">Number of settings.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Ranges">Settings that take numbers from a range.</param>
public sealed record RandomSearch(int Budget, int Seed, params IReadOnlyList<SearchRange> Ranges);

/// <summary>
/// Successive halving on steps (Karnin, Koren and Somekh 2013; Jamieson and Talwalkar 2016): all settings train for a part of the steps,
/// the best go on to the next rung, and the last ones reach the end. A setting is judged by the median of a measure over its seeds. Each
/// rung is judged when all its runs have reached it, so the result does not depend on the number of workers.
/// </summary>
/// <param name="Measure">Name of the measure, as <see cref="RunMeasures"/> names it.</param>
/// <param name="Factor">Factor between the steps of two rungs; one of so many settings is kept.</param>
/// <param name="Rungs">Number of rungs. With 3 rungs and factor 3 they are at 1/9, 1/3 and all of the steps.</param>
public sealed record SuccessiveHalving(string Measure, int Factor = 3, int Rungs = 3)
{
    /// <summary>Step at which a rung is.</summary>
    /// <param name="rung">Number of the rung, from 0.</param>
    /// <param name="steps">Steps of a whole run.</param>
    public int Step(int rung, int steps)
    {
        double part = Math.Pow(Factor, Rungs - 1 - rung);
        return Math.Max(1, (int)Math.Ceiling(steps / part));
    }

    /// <summary>Number of settings that go on after a rung.</summary>
    /// <param name="count">Number of settings in the rung.</param>
    public int Kept(int count) => Math.Max(1, (count + Factor - 1) / Factor);
}
