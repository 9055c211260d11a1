using GanNotebooks.Data;

namespace GanNotebooks.Workbook.Doctor;

/// <summary>Checks the data sets by reading every byte.</summary>
internal static class DataChecks
{
    public static Diagnosis Digits()
    {
        try
        {
            _ = Mnist.Train();
            _ = Mnist.Test();
            return Diagnosis.Good("MNIST", "70,000 images, checksums match");
        }
        catch (Exception error) when (error is DataFileException or IOException)
        {
            return Diagnosis.Error("MNIST", error.Message, "git checkout -- data/mnist");
        }
    }

    /// <summary>The other files that come with the repository: recorded runs, and a checkpoint of PyTorch.</summary>
    public static Diagnosis Records()
    {
        try
        {
            int records = DataFolder.VerifyRecorded("results");
            _ = DataFolder.VerifyRecorded("pytorch");
            return Diagnosis.Good("records", $"{records} recorded runs and a PyTorch file, checksums match");
        }
        catch (Exception error) when (error is DataFileException or IOException)
        {
            return Diagnosis.Error("records", error.Message, "git checkout -- data");
        }
    }

    public static Diagnosis Fashion()
    {
        const string remedy = "Long runs on garments use it: apt-get install dataset-fashion-mnist, or see data/fashion-mnist/README.md.";
        try
        {
            _ = FashionMnist.Test(); // comes with the repository
            if (!FashionMnist.IsAvailable())
                return Diagnosis.Optional("Fashion-MNIST", "its training set was not found", remedy);
            _ = FashionMnist.Train();
            return Diagnosis.Good("Fashion-MNIST", "70,000 images, checksums match");
        }
        catch (Exception error) when (error is DataFileException or IOException)
        {
            return Diagnosis.Warning("Fashion-MNIST", error.Message, remedy);
        }
    }
}
