// exercise: exercise-1
double? muchInk = joint[(true, 0)] + joint[(true, 1)];
Exercise.Answer("01.1", muchInk)

// exercise: exercise-2
double? real = 1 / (1 + Math.Exp(3));
Exercise.Answer("01.2", real)

// exercise: exercise-3
double? value = Math.Log(0.9) + Math.Log(0.8);
Exercise.Answer("01.3", value)

// exercise: exercise-4
double? threeTimes = 3.0 / (3 + 1);
Exercise.Answer("01.4", threeTimes)
