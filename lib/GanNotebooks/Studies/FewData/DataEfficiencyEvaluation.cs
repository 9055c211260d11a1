using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>What D knows of its training images and how good G is, at one moment of a run. All images are measured as they are, without
/// augmentation. Plain numbers.</summary>
/// <param name="Step">Number of updates of G so far.</param>
/// <param name="TrainingLogit">Mean logit of D on training images.</param>
/// <param name="HeldOutLogit">Mean logit on test images.</param>
/// <param name="GeneratedLogit">Mean logit on images of the current generator.</param>
/// <param name="TrainingSign">r_t of ADA.</param>
/// <param name="HeldOutShare">r_v of ADA.</param>
/// <param name="Auc">Membership AUC of the logits, training against test images (<see cref="LogitComparison"/>).</param>
/// <param name="AucError">Its standard error.</param>
/// <param name="ToTest">Fréchet distance of the averaged generator's images to all test images.</param>
/// <param name="ToTestError">Its standard error.</param>
/// <param name="ToTraining">Fréchet distance to m training images. Between equal laws it is above 0 and rises as m falls.</param>
/// <param name="ToPool">Fréchet distance to as many test images, m, for comparison.</param>
/// <param name="Preference">Share of the averaged generator's images whose nearest neighbour in pixels, among m training and m test images,
/// is a training image (<see cref="NeighbourPreference"/>).</param>
/// <param name="PreferenceError">Its standard error over the generated images.</param>
/// <param name="Probability">Probability p of the augmentation; 0 without one.</param>
public sealed record DataEfficiencyEvaluation(int Step, double TrainingLogit, double HeldOutLogit, double GeneratedLogit,
    double TrainingSign, double HeldOutShare, double Auc, double AucError, double ToTest, double ToTestError, double ToTraining,
    double ToPool, double Preference, double PreferenceError, double Probability);
