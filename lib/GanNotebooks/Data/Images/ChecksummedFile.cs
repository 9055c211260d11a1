namespace GanNotebooks.Data;

/// <summary>A file that is known by name and content.</summary>
/// <param name="Name">Its name, without <c>.gz</c>.</param>
/// <param name="Md5">The MD5 of its uncompressed content, 32 lower-case hexadecimal digits.</param>
public sealed record ChecksummedFile(string Name, string Md5);
