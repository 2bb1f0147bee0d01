public import NexcageSystem
public import OCISpec
public import SystemPackage

/// A bundle that was read and found valid (runtime-spec, bundle.md).
public struct Bundle: Sendable {
    /// The directory, absolute.
    public let path: FilePath
    /// The root file system, absolute.
    public let root: FilePath
    /// What config.json says.
    public let spec: RuntimeSpec
    /// config.json as it was read: what was found valid is what is run, whatever becomes of the file.
    let document: [UInt8]

    /// config.json may not be larger than this.
    private static let sizeLimit = 16 << 20

    /// The document of the bundle.
    public var configuration: FilePath { path.appending("config.json") }

    /// Reads and validates a bundle; touches nothing.
    ///
    /// - Throws: `notFound` for a missing directory, document or root; `invalid` with line and member for a document that
    ///   does not say what runtime-spec asks for.
    public init(at directory: FilePath) throws(NexcageError) {
        let path = try HostDirectory.absolute(directory)
        self.path = path
        guard HostDirectory.isDirectory(path) else {
            throw NexcageError(.notFound, "bundle \(quoted(path.string)) is not a directory")
        }
        let file = path.appending("config.json")
        let bytes: [UInt8]
        do throws(NexcageError) {
            bytes = try HostFile.read(file, limit: Self.sizeLimit)
        } catch let error where error.code == .notFound {
            throw NexcageError(
                .notFound, "bundle \(quoted(path.string)) has no config.json; make one with nexcage spec")
        }
        do throws(JSONError) {
            spec = try RuntimeSpec.decode(bytes)
            document = bytes
        } catch {
            throw NexcageError(.invalid, "\(quoted(file.string)): \(error)")
        }
        if let violation = spec.validate().first {
            throw NexcageError(.invalid, "\(quoted(file.string)): \(violation)")
        }
        guard let declared = spec.root?.path else {
            throw NexcageError(.invalid, "\(quoted(file.string)): \"root\" is missing (config.md, Root)")
        }
        root = path.pushing(FilePath(declared)).lexicallyNormalized()
        guard HostDirectory.isDirectory(root) else {
            throw NexcageError(.notFound, "root file system \(quoted(root.string)) is not a directory")
        }
    }
}
