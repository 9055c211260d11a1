using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Printing;

/// <summary>How Chromium is started without a window, for one page.</summary>
internal static class HeadlessBrowser
{
    private const int DrawingMilliseconds = 30_000;

    /// <summary>The browser of the machine; null when there is none.</summary>
    public static string? Program => SystemChecks.FindBrowser();

    /// <summary>What every start needs. Figures are drawn in virtual time: the browser waits for scripts, not for the clock.</summary>
    /// <param name="profile">A folder of its own, for this start only.</param>
    public static IEnumerable<string> Arguments(string profile)
    {
        yield return "--headless";
        yield return "--disable-gpu";
        yield return "--no-first-run";
        yield return "--disable-background-networking";
        yield return "--disable-sync";
        yield return $"--virtual-time-budget={DrawingMilliseconds}";
        yield return $"--user-data-dir={profile}";
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
            yield return "--no-sandbox"; // Chromium refuses its sandbox to root
    }

    /// <summary>Removes a profile. A process of the browser may still write into it; then the folder stays, and its path is said.</summary>
    public static void Remove(string profile)
    {
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"left behind: {TerminalText.Visible(profile)}");
        }
    }
}
