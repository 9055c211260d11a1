namespace GanNotebooks.Live;

/// <summary>What a <see cref="LoopbackServer"/> gives to whoever connects; everything above is refused.</summary>
internal sealed record LoopbackLimits
{
    /// <summary>Open pages at a time.</summary>
    public int Sockets { get; init; } = 8;

    /// <summary>Connections at a time, besides those of open pages.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>The longest text message of a page, and the longest body that it posts, in bytes.</summary>
    public int MessageBytes { get; init; } = 256 << 10;

    /// <summary>The most frames of one message: without a limit, empty ones could go on for ever.</summary>
    public int MessageParts { get; init; } = 1024;

    /// <summary>
    /// Bytes that wait for a page which does not read. From here on senders wait; at twice as many the connection is closed.
    /// </summary>
    public int QueuedBytes { get; init; } = 8 << 20;

    /// <summary>How long one message may take to leave.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a farewell may take.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the head of a request may take.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may stay without a request.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two pings to an open page.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an open page may take to answer a ping.</summary>
    public TimeSpan PongWithin { get; init; } = TimeSpan.FromSeconds(60);
}
