namespace GanNotebooks.Theory;

/// <summary>What the generator's samples follow.</summary>
public enum GeneratorSignal
{
    /// <summary>Down log(1 - D): the minimax game. Fades where D is sure of a fake.</summary>
    Saturating,

    /// <summary>Up log D: the same fixed points, strong where D is sure of a fake.</summary>
    NonSaturating,
}
