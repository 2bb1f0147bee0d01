/// What a snapshot takes on disk.
public struct SnapshotUsage: Sendable, Equatable {
    /// Allocated bytes, a file with several names counted once.
    public var bytes: UInt64 = 0
    /// Files, directories and everything else, the top directory left out.
    public var entries: UInt64 = 0

    /// Nothing.
    public init() {}
}
