// exercise: exercise-1
double? always = Math.Log(0.9) + Math.Log(0.1);
Exercise.Answer("03.1", always)

// exercise: exercise-2
double? needed = 16384 * Math.Pow(Batch(16384, 1).Error / 0.001, 2);
Exercise.Answer("03.2", needed)

// exercise: exercise-3
double? exploited = V.DataTerm(Peaked).Value + Math.Log(1 - 1 / (1 + Math.Exp(-1.0)));
Exercise.Answer("03.3", exploited)

// exercise: exercise-4
double? second = 3 - 1;
Exercise.Answer("03.4", second)

// exercise: exercise-5
double? push = 2 * Quadrature.Default.Expectation(new Gaussian(-1, 1), x => LogSpace.Sigmoid(2 - 2 * x)).Value;
Exercise.Answer("03.5", push)
