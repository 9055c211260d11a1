namespace GanNotebooks.Theory;

/// <summary>How a number was obtained, and so what its error means.</summary>
public enum EstimateMethod
{
    /// <summary>A formula; the error is a rounding allowance.</summary>
    ClosedForm,

    /// <summary>Adaptive quadrature; the error is the rule's own estimate, plus rounding.</summary>
    Quadrature,

    /// <summary>Random sampling; the error is one standard error.</summary>
    MonteCarlo,

    /// <summary>A certified enclosure; the error is half its width and cannot be exceeded.</summary>
    Certified,
}
