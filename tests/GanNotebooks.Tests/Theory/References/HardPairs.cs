namespace GanNotebooks.Tests.Theory.References;

/// <summary>Forty pairs chosen to be hard, with C(G) to 40 decimals. Made by <see cref="HardPairTests"/>; do not edit the last column.</summary>
public static class HardPairs
{
    public static IReadOnlyList<(string P, string Q, string Criterion)> All { get; } =
        [.. Table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(f => (f[0], f[1], f[2]))];

    // Ratios of scale; heavy tails; singular ends; tiny and inexact weights; far apart; far from 0; narrow overlaps and gaps.
    private const string Table = """
        Gaussian(0, 1) | Gaussian(0, 1000000) | -0.0000432124671142890950126872106573530179
        Gaussian(0, 1) | Gaussian(0.5, 0.000001) | -0.0000386138149812261840190323612745346257
        Laplace(0, 0.000001) | Gaussian(0, 1) | -0.0000919684154333856740765208198168570206
        Laplace(0, 1) | Gaussian(3, 1000000) | -0.0000919684154330258253287375421776749356
        Laplace(0, 0.0001) | Gaussian(0, 1) | -0.0045161313608501603211592935032609817531
        StudentT(1, 0, 0.000001) | StudentT(1, 0, 1) | -0.0039960013333341319102485697156756797355
        StudentT(3, 0, 1) | Laplace(0, 0.0001) | -0.0042239083166371202898350858283513167753
        Uniform(0, 0.000001) | Gaussian(0, 1) | -0.0000062771370808676705530062109394178848
        Uniform(0, 1) | Uniform(0, 1000000) | -0.0000148155110579641074375246153447728852
        Triangular(0, 0.000001, 1) | Gaussian(0, 1) | -0.7229501927967353435476260314631673170797
        StudentT(0.1, 0, 1) | Gaussian(0, 1) | -0.6173254676246816760675274264978646778237
        StudentT(0.1, 0, 1) | Laplace(0, 1) | -0.6866306064990196957658336369407477233817
        StudentT(0.5, 0, 1) | Gaussian(2, 0.5) | -0.4201834826152857474177445163398375875877
        StudentT(1, 0, 1) | StudentT(1, 2, 3) | -1.1471463370214054815437539608521208000065
        StudentT(1, 0, 1) | Laplace(0, 1) | -1.2984538828087751712742902684810052459514
        StudentT(0.1, 0, 1) | Uniform(-1, 1) | -0.4675452432513371090391875591809845325570
        Beta(0.05, 5) | Uniform(0, 1) | -0.2484729952614750368448109450082806545273
        Beta(0.05, 5) | Gaussian(0, 1) | -0.1602212475026558101134765213472324369683
        Beta(0.5, 0.5) | Uniform(0, 1) | -1.3036983040674900734758332680667703218485
        Beta(0.5, 0.5) | Gaussian(0.5, 0.5) | -1.0449335251276533095287601082139907516977
        Beta(0.1, 0.1) | Beta(2, 2) | -0.5953398573622138613114767688964149150953
        Beta(0.5, 3) | Laplace(0, 1) | -0.5560907913825652960160089260976338781342
        Mixture(0.000000001 Gaussian(5, 0.1) + 0.999999999 Gaussian(0, 1)) | Gaussian(0, 1) | -1.3862943611193848574060626889002061483043
        Mixture(0.000000001 Gaussian(0, 1) + 0.999999999 Gaussian(5, 0.1)) | Gaussian(0, 1) | -0.0000283714500615834563506350754555487508
        Mixture(0.3333333333333 Gaussian(-2, 0.5) + 0.3333333333333 Gaussian(0, 0.5) + 0.3333333333333 Gaussian(2, 0.5)) | Gaussian(0, 2) | -1.2565039930951154849273983872502142100569
        Mixture(0.3333333333333 Laplace(-1, 1) + 0.3333333333333 Gaussian(0, 1) + 0.3333333333333 StudentT(3, 1, 1)) | Laplace(0, 2) | -1.3028271792814504088343699077083238263405
        Mixture(0.5 Gaussian(-1, 1) + 0.4999999999991 Gaussian(1, 1)) | Mixture(0.5 Gaussian(-1, 1) + 0.4999999999991 Gaussian(1, 1)) | -1.3862943611198906188344642429163531361510
        Mixture(0.999 Gaussian(0, 1) + 0.001 Gaussian(3.3, 0.001)) | Gaussian(0, 1) | -1.3856398106352497041733411025555680857132
        Mixture(0.99 Laplace(0, 1) + 0.01 Uniform(2.7, 2.7001)) | Laplace(0, 1) | -1.3793633660217160517845932594094116532857
        Gaussian(0, 1) | Gaussian(20, 1) | -0.0000000000000000000000473142793459734949
        Gaussian(0, 1) | Gaussian(50, 1) | 0.0000000000000000000000000000000000000000
        Laplace(0, 1) | Laplace(50, 1) | -0.0000000000436302624192526566276418342446
        Gaussian(100000000, 1) | Gaussian(100000001, 1) | -1.1634513967504182593999906184812326476398
        Laplace(100000000, 1) | Gaussian(100000000, 1) | -1.3424335693528785502523888820273511702358
        Uniform(0, 1) | Uniform(0.9999999, 2) | -0.0000001386294291075492923537245112495846
        Uniform(0, 1) | Triangular(0.9, 1, 3) | -0.0862129157124571435671105891479172891007
        Triangular(0, 1, 2) | Triangular(1.9, 2, 2.1) | -0.0232584352827681709835114200392718461305
        Mixture(0.5 Uniform(0, 1) + 0.5 Uniform(3, 4)) | Mixture(0.5 Uniform(0.5, 1) + 0.5 Uniform(1, 3.5)) | -0.6867799822259496460327782817155543331319
        Gaussian(0, 0.00000001) | Laplace(0, 0.00000001) | -1.3424335693528785502523888820273511702358
        Mixture(0.5 Gaussian(0, 1) + 0.5 StudentT(1, 0, 0.0001)) | StudentT(2, 1, 1) | -0.8100477549242756956639738049823142432188
        """;
}
