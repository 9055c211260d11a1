namespace GanNotebooks.Training;

/// <summary>Where in a run an update is made.</summary>
/// <param name="Update">Updates that this player made before: the counter of all that is drawn for this one.</param>
/// <param name="Done">Fraction of the run that is done, in [0, 1].</param>
internal readonly record struct StepMoment(long Update, double Done);
