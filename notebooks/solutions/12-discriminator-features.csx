// exercise: exercise-1
double? answer1 = 16 * (32 + 64 + 128);
Check.Exercise("numbers in one row", 3584, answer1, 0.5, "4 × 4 for each channel")

// exercise: exercise-2
double? answer2 = 0.3 / (1 - 0.4);
Check.Exercise("left-out residual", 0.5, answer2, 1e-9, "(y − ŷ)/(1 − h)")

// exercise: exercise-3
var shuffled = labels.index_select(0, randperm(100, dtype: int64));
double? answer3 = LinearProbe.Fit(images, shuffled, test.ToTensor(), test.ToLabelTensor()).Accuracy.Value;
Check.Exercise("accuracy with shuffled labels", 0.1, answer3, 0.06, "one in ten; a random linear function is not exactly fair")
