using System.Reflection;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class NamesTests
{
    [Fact]
    public void TheoryTypes_BesideTorchsStaticUsings_AreNotAmbiguous()
    {
        // Notebooks open this namespace next to System, TorchSharp and "using static TorchSharp.torch" and "using static
        // TorchSharp.torch.nn".
        var torch = typeof(TorchSharp.torch).GetNestedTypes().Concat(typeof(TorchSharp.torch.nn).GetNestedTypes())
            .Select(t => t.Name.Split('`')[0]);
        var members = typeof(TorchSharp.torch).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Concat(typeof(TorchSharp.torch.nn).GetMethods(BindingFlags.Public | BindingFlags.Static)).Select(m => m.Name);
        var ours = typeof(Density).Assembly.GetExportedTypes().Where(t => t.Namespace == typeof(Density).Namespace)
            .Select(t => t.Name.Split('`')[0]);
        string[] opened = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "TorchSharp"];
        var namespaces = new[] { typeof(object), typeof(Console), typeof(Enumerable), typeof(TorchSharp.torch) }
            .SelectMany(t => t.Assembly.GetExportedTypes()).Where(t => opened.Contains(t.Namespace)).Select(t => t.Name.Split('`')[0]);
        Assert.Empty(ours.Intersect(torch.Concat(members).Concat(namespaces)));
    }

    [Fact]
    public void TheoryTypes_BesideTheOtherFolders_HaveNamesOfTheirOwn()
    {
        string[] names = typeof(Density).Assembly.GetExportedTypes().Where(t => !t.IsNested).Select(t => t.Name).ToArray();
        Assert.Empty(names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void TheoryTypes_Members_DoNotMentionTorch()
    {
        var types = typeof(Density).Assembly.GetTypes().Where(t => t.Namespace == typeof(Density).Namespace);
        const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
            | BindingFlags.DeclaredOnly;
        var used = types.SelectMany(t => t.GetFields(Everything).Select(f => f.FieldType)
            .Concat(t.GetMethods(Everything).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))));
        Assert.DoesNotContain(used, t => t.Assembly.GetName().Name == "TorchSharp");
    }
}
