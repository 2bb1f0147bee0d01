internal import Glibc
public import Logging
public import SystemPackage

/// Writes log lines straight to a descriptor: one write(2) a line, so that lines of several processes that append to one
/// file never mix.
public struct DescriptorLogHandler: LogHandler {
    /// The least level that is written.
    public var logLevel: Logger.Level
    /// What every line has.
    public var metadata: Logger.Metadata = [:]
    private let descriptor: FileDescriptor
    private let format: LogFormat

    /// A handler that writes to an open descriptor, which it does not close.
    public init(_ descriptor: FileDescriptor, format: LogFormat, level: Logger.Level) {
        self.descriptor = descriptor
        self.format = format
        logLevel = level
    }

    /// A handler that appends to a file; the file is made if it is missing, and stays open as long as the process.
    public init(appendingTo path: FilePath, format: LogFormat, level: Logger.Level) throws(NexcageError) {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC
        let file = try OwnedDescriptor(
            checking: path.withPlatformString { open($0, flags, 0o644) }, "open log", path.string)
        self.init(file.release(), format: format, level: level)
    }

    /// One entry of ``metadata``.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one line.
    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        var line = format.line(event.level, "\(event.message)", all, at: .now)
        // A log that cannot be written has no place left to complain; the verb itself must not fail for it.
        line.withUTF8 { _ = write(descriptor.rawValue, $0.baseAddress, $0.count) }
    }
}
