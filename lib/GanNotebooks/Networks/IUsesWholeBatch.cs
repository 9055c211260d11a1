namespace GanNotebooks.Networks;

/// <summary>Marks a layer whose output for a sample depends on the rest of the batch: real and fake samples must not share one pass.</summary>
public interface IUsesWholeBatch
{
}
