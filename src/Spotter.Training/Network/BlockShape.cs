namespace Spotter.Training.Network;

/// <summary>What a block adds to its result.</summary>
internal enum ResidualKind
{
    None,
    Identity,
    Convolution,
}

/// <summary>Channels, stride in time and residual connection of one block.</summary>
internal readonly record struct BlockShape(int InputChannels, int OutputChannels, int Stride, ResidualKind Residual);
