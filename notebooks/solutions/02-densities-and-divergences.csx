// exercise: exercise-1
double? coin = -0.5 * Math.Log(4 * 0.9 * 0.1);
Exercise.Answer("02.1", coin)

// exercise: exercise-2
double? cubed = noise.Pdf(2) / 12;
Exercise.Answer("02.2", cubed)

// exercise: exercise-3
double low = 0, high = 6;
while (high - low > 1e-9)
    (low, high) = Jsd((low + high) / 2) < Constants.Log2 / 2 ? ((low + high) / 2, high) : (low, (low + high) / 2);
double? halfWay = low;
Exercise.Answer("02.3", halfWay)

// exercise: exercise-4
double? memory = 1.0 / 50 / 4;
Exercise.Answer("02.4", memory)

// exercise: exercise-5
double? widest = Math.Sqrt(2);
Exercise.Answer("02.5", widest)
