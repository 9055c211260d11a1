// exercise: exercise-1
double? answer1 = 16 * (32 + 64 + 128);
Exercise.Answer("12.1", answer1)

// exercise: exercise-2
double? answer2 = 0.21 / (1 - 0.4);
Exercise.Answer("12.2", answer2)

// exercise: exercise-3
double Shuffled() => LinearProbe.Fit(images, labels.index_select(0, randperm(100, dtype: int64)),
    test.ToTensor(), test.ToLabelTensor()).Accuracy.Value;
double? answer3 = Enumerable.Range(0, 10).Average(_ => Shuffled());
Exercise.Answer("12.3", answer3)
