// exercise: exercise-1
double? answer1 = 12_000 * 64 / 60_000.0;
Check.Exercise("passes over the data", 12.8, answer1, 0.01, "steps times batch, over 60,000")

// exercise: exercise-2
double? answer2 = Math.Pow(0.5, 64 / 4000.0);
Check.Exercise("factor of one step", 0.98897, answer2, 1e-4, "half of it after 4000 images")

// exercise: exercise-3
double? answer3 = 64 / 16;
Check.Exercise("side of the smallest picture", 4, answer3, 0, "64, 32, 16, 8, 4")

// exercise: exercise-4
double? answer4 = (3 + 8) / (4 + 8.0);
Check.Exercise("arithmetic with shared fakes / without", 0.9167, answer4, 5e-3, "11 passes instead of 12")
