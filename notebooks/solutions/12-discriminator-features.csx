// exercise: exercise-1
double? answer1 = 16 * (32 + 64 + 128);
Exercise.Answer("12.1", answer1)

// exercise: exercise-2
double? answer2 = 0.21 / (1 - 0.4);
Exercise.Answer("12.2", answer2)

// exercise: exercise-3
var shuffled = labels.index_select(0, randperm(100, dtype: int64));
double? answer3 = LinearProbe.Fit(images, shuffled, test.ToTensor(), test.ToLabelTensor()).Accuracy.Value;
Exercise.Answer("12.3", answer3)
