namespace GanNotebooks.Experiments;

/// <summary>One quantity of <see cref="RunMeasures"/>: its name, its meaning and the direction that is better.</summary>
/// <param name="Name">Name in <c>measures.json</c> and on the command line, such as <c>reverse-kl</c>.</param>
/// <param name="Title">Name in tables and figures.</param>
/// <param name="HigherIsBetter">Whether a larger value is better; null for a floor, which describes the data and not the run.</param>
/// <param name="Meaning">What is measured, against what, in which unit.</param>
public sealed record RunMeasure(string Name, string Title, bool? HigherIsBetter, string Meaning);
