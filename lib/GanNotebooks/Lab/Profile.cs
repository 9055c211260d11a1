namespace GanNotebooks;

/// <summary>How much work a notebook does. The cells are the same, the numbers differ.</summary>
public enum Profile
{
    /// <summary>A minute on two CPU cores.</summary>
    Quick,

    /// <summary>The published set-ups and many seeds: hours on a CPU, better on a GPU.</summary>
    Full,
}
