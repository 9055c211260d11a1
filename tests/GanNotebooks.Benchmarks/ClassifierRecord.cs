using GanNotebooks.Data;
using GanNotebooks.Studies;

namespace GanNotebooks.Benchmarks;

/// <summary>Trains the classifiers whose weights are committed below data/pretrained, on one thread; some minutes each.</summary>
internal static class ClassifierRecord
{
    public static void Make(string data, string folder)
    {
        var (train, test) = data switch
        {
            "mnist" => (Mnist.Train(), Mnist.Test()),
            "fashion" => (FashionMnist.Train(), FashionMnist.Test()),
            _ => throw new ArgumentException($"the data are mnist or fashion, not '{data}'", nameof(data)),
        };
        Console.WriteLine($"accuracy {RecordedClassifier.Make(folder, new ClassifierTraining(), train, test, Console.WriteLine)}");
    }
}
