// exercise: exercise-1
double? answer1 = 1 - 3.0 / 5;
Exercise.Answer("15.1", answer1)

// exercise: exercise-2
double? answer2 = Enumerable.Range(29, 20)
    .First(n => LinearAugmentation.ShiftOnCircle(n, 4).Rank() < n);
Exercise.Answer("15.2", answer2)

// exercise: exercise-3
double rows = Enumerable.Range(0, 29).Average(c => Math.Min(c + 7, 28) - Math.Max(c - 7, 0));
double? answer3 = Math.Pow(rows / 28, 2);
Exercise.Answer("15.3", answer3)

// exercise: exercise-4
double? answer4 = 4 * Math.Ceiling(500_000 / 128.0);
Exercise.Answer("15.4", answer4)
