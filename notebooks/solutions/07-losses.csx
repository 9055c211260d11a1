// exercise: exercise-1
double? answer1 = Math.Exp(4);
Exercise.Answer("07.1", answer1)

// exercise: exercise-2
double? answer2 = Math.Log(9);
Exercise.Answer("07.2", answer2)

// exercise: exercise-3
double? answer3 = -1 - Math.Log(2);
Exercise.Answer("07.3", answer3)

// exercise: exercise-4
double? answer4 = (1 + 0.3) / 2;
Exercise.Answer("07.4", answer4)

// exercise: exercise-5
double? answer5 = Math.Log(2) - 0.33683;
Exercise.Answer("07.5", answer5)
