using System.Text.Json.Serialization;

namespace GanNotebooks.Workbook.Execution;

/// <summary>Generated at build time: reflection would cost a tenth of a second of every notebook's start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChildEvent))]
[JsonSerializable(typeof(ExecuteRequest))]
internal sealed partial class WireJson : JsonSerializerContext;
