namespace ActorJobs.Cli;

/// <summary>The opcodes of Python's pickles, protocols 2 to 5, named as in CPython's <c>pickletools</c>.</summary>
internal enum PickleOpcode : byte
{
    Mark = (byte)'(', Stop = (byte)'.', Pop = (byte)'0', PopMark = (byte)'1', Dup = (byte)'2',
    Proto = 0x80, Frame = 0x95, Memoize = 0x94,
    BinPut = (byte)'q', LongBinPut = (byte)'r', BinGet = (byte)'h', LongBinGet = (byte)'j',
    None = (byte)'N', NewTrue = 0x88, NewFalse = 0x89,
    BinInt = (byte)'J', BinInt1 = (byte)'K', BinInt2 = (byte)'M', Long1 = 0x8a, Long4 = 0x8b, BinFloat = (byte)'G',
    BinUnicode = (byte)'X', ShortBinUnicode = 0x8c, BinUnicode8 = 0x8d,
    EmptyTuple = (byte)')', Tuple = (byte)'t', Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87,
    EmptyList = (byte)']', Append = (byte)'a', Appends = (byte)'e',
    EmptyDict = (byte)'}', SetItem = (byte)'s', SetItems = (byte)'u',

    // known, and refused
    BinString = (byte)'T', ShortBinString = (byte)'U',
    BinBytes = (byte)'B', ShortBinBytes = (byte)'C', BinBytes8 = 0x8e, ByteArray8 = 0x96,
    EmptySet = 0x8f, AddItems = 0x90, FrozenSet = 0x91,
    Global = (byte)'c', StackGlobal = 0x93,
}
