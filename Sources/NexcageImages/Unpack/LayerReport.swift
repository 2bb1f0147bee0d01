/// What applying a layer did.
public struct LayerReport: Sendable, Equatable {
    /// How many entries the archive had, whiteouts included.
    public internal(set) var entries = 0
    /// Bytes of file content that were written.
    public internal(set) var contentBytes: Int64 = 0
    /// Extended attributes that were left out because a layer may not set them.
    public internal(set) var droppedAttributes = 0
    /// What is odd about the layer, one sentence each; only the first ``warningLimit`` are kept.
    public private(set) var warnings: [String] = []

    /// How many warnings are kept: an archive with a million oddities is not worth the memory.
    public static let warningLimit = 100

    init() {}

    mutating func warn(_ sentence: @autoclosure () -> String) {
        if warnings.count < Self.warningLimit { warnings.append(sentence()) }
    }
}
